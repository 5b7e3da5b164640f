/// Data sets and their batches. Uses `dev.gatun.tensor` and `dev.gatun.memory` only.
@CheckReturnValue
package dev.gatun.nn.data;

import com.google.errorprone.annotations.CheckReturnValue;
