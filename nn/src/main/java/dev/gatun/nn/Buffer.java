package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;

/// A tensor that a module saves and loads but does not train.
final class Buffer extends Tensor {
  private volatile boolean uninitialized;

  /// @param value in a lifetime of its own
  Buffer(Tensor value) {
    super(value);
  }

  /// One whose shape is not known yet.
  Buffer(DType dtype) {
    super(dtype);
    uninitialized = true;
  }

  boolean isUninitialized() {
    return uninitialized;
  }

  /// Gives an uninitialized buffer its shape, and zeros for values.
  void materialize(long... shape) {
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
      become(new Buffer(dtype));
    } else {
      become(Conversions.shared(this, dtype));
    }
  }

  @Override
  public String describe() {
    return uninitialized ? "uninitialized buffer" : super.describe();
  }

  @Override
  public String toString() {
    return uninitialized ? "<UninitializedBuffer>" : super.toString();
  }
}
