/// Schedules of learning rates, PyTorch's `torch.optim.lr_scheduler`. Uses `dev.gatun.nn.optim`
/// only.
@CheckReturnValue
package dev.gatun.nn.optim.lr;

import com.google.errorprone.annotations.CheckReturnValue;
