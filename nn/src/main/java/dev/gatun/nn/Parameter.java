package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;

/// A tensor that a module trains: a leaf that takes a gradient. It lives in a shared lifetime, so
/// every thread may read it; it is freed with its module or when unreachable.
///
/// One of a [LazyModule] may be uninitialized at first: it has neither values nor a shape, and
/// whatever reads it throws. The first input of its module, or a loaded state, gives it both.
public final class Parameter extends Tensor {
  /// Written last, so that a thread that finds it false finds the values too.
  private volatile boolean uninitialized;

  /// Copies `init` into a shared lifetime.
  ///
  /// @param init the initial values, of a floating dtype
  public Parameter(Tensor init) {
    super(init.detach().shared());
    requiresGrad_(true);
  }

  private Parameter(DType dtype) {
    super(dtype);
    uninitialized = true;
    requiresGrad_(true);
  }

  /// A parameter whose shape is not known yet; PyTorch's `UninitializedParameter`.
  ///
  /// @param dtype of the values to come, a floating one
  /// @return a parameter to be given values by [#materialize]
  public static Parameter uninitialized(DType dtype) {
    return new Parameter(dtype);
  }

  /// {@return whether this has neither values nor a shape yet}
  public boolean isUninitialized() {
    return uninitialized;
  }

  /// Gives an uninitialized parameter its shape, and zeros for values.
  ///
  /// @param shape the size of each dimension
  /// @throws IllegalStateException if it has values already
  public void materialize(long... shape) {
    if (!uninitialized) {
      throw new IllegalStateException("materialize: " + describe() + " has values already");
    }
    try (var _ = Scope.open("materialize")) {
      replace(Tensor.zeros(dtype(), shape).shared());
    }
  }

  /// Becomes `value`, which is nobody else's.
  void replace(Tensor value) {
    become(value);
    uninitialized = false;
  }

  void convert(DType dtype) {
    if (uninitialized) {
      become(new Parameter(dtype));
    } else {
      become(Conversions.shared(this, dtype));
    }
  }

  @Override
  public String describe() {
    return uninitialized ? "uninitialized parameter" : super.describe();
  }

  /// The values as PyTorch prints a parameter.
  @Override
  public String toString() {
    return uninitialized
        ? "<UninitializedParameter>"
        : "Parameter containing:\n" + super.toString();
  }
}
