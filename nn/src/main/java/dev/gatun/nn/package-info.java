/// Modules, layers, losses and initializers, with PyTorch's names and semantics. Uses
/// `dev.gatun.tensor`, `dev.gatun.memory` and `dev.gatun.io` only.
@CheckReturnValue
package dev.gatun.nn;

import com.google.errorprone.annotations.CheckReturnValue;
