package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// The ways in which the same values can lie in memory.
enum Layout {
  /// Row-major, from the start of its memory.
  CONTIGUOUS {
    @Override
    Tensor place(Tensor x) {
      return x.copy();
    }
  },

  /// Column-major; a vector is every second element.
  TRANSPOSED {
    @Override
    Tensor place(Tensor x) {
      if (x.dim() < 2) {
        return x.dim() == 0 ? x.copy() : Tensor.stack(1, x, x).select(1, 1);
      }
      int[] reversed = new int[x.dim()];
      for (int i = 0; i < reversed.length; i++) {
        reversed[i] = reversed.length - 1 - i;
      }
      return x.permute(reversed).copy().permute(reversed);
    }
  },

  /// The middle of a larger tensor.
  SLICED {
    @Override
    Tensor place(Tensor x) {
      long[] shape = x.shape();
      for (int i = 0; i < shape.length; i++) {
        shape[i] += 3;
      }
      Tensor middle = Tensor.full(x.dtype(), x.dtype() == DType.BOOL ? 1 : 77, shape);
      for (int i = 0; i < shape.length; i++) {
        middle = middle.narrow(i, i % 2 + 1, shape[i] - 3);
      }
      return middle.copy_(x);
    }
  };

  /// The values of `x` in this layout, as a leaf.
  abstract Tensor place(Tensor x);
}
