package dev.gatun.tensor;

import java.util.Arrays;

/// Puts what one tensor is in the place of another, which stays the same object.
final class Replacement {
  private Replacement() {}

  static void apply(Tensor x, Tensor value) {
    x.storage.free();
    value.storage.follow(x.storage);
    boolean reshaped = !Arrays.equals(x.shape, value.shape);
    x.storage = value.storage;
    x.dtype = value.dtype;
    x.shape = value.shape;
    x.strides = value.strides;
    x.offset = value.offset;
    x.numel = value.numel;
    x.contiguous = value.contiguous;
    Gradient gradient = x.gradient;
    if (gradient != null && reshaped) {
      gradient.free();
      x.gradient = null;
    } else if (gradient != null) {
      gradient.convert(x.dtype);
    }
  }
}
