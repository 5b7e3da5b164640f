package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A tensor that a module trains: a leaf that takes a gradient. It lives in a shared lifetime, so
/// every thread may read it; it is freed with its module or when unreachable.
public final class Parameter extends Tensor {
  /// Copies `init` into a shared lifetime.
  ///
  /// @param init the initial values, F32 or F64
  public Parameter(Tensor init) {
    super(init.detach().shared());
    requiresGrad_(true);
  }

  /// The values as PyTorch prints a parameter.
  @Override
  public String toString() {
    return "Parameter containing:\n" + super.toString();
  }
}
