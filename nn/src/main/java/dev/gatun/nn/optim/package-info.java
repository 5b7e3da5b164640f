/// Optimizers. Uses `dev.gatun.tensor` and `dev.gatun.memory` only.
@CheckReturnValue
package dev.gatun.nn.optim;

import com.google.errorprone.annotations.CheckReturnValue;
