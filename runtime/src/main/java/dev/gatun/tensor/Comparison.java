package dev.gatun.tensor;

import dev.gatun.kernel.ComparisonKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.util.Arrays;

/// What the methods of [ComparisonOps] do. None of it has a gradient.
final class Comparison {
  private Comparison() {}

  /// A number to compare `x` with; integers are in F64: PyTorch's F32 would not tell large ones
  /// apart.
  static Tensor operand(Tensor x, double value) {
    return scalar(x, x.dtype.isFloating() ? x.dtype : DType.F64, value);
  }

  /// A whole number to compare `x` with.
  static Tensor operand(Tensor x, long value) {
    return switch (x.dtype) {
      case F32, F64, BF16, F16 -> scalar(x, x.dtype, (double) value);
      case I32, I64, U8, BOOL -> integer(x, value);
    };
  }

  /// A number that takes part with its own dtype, where that is not the one of `x`.
  private static Tensor scalar(Tensor x, DType dtype, double value) {
    return x.dtype == dtype ? Tensor.scalar(dtype, value) : Creation.full(dtype, value, ones(x));
  }

  /// The same for a whole number, which `x` takes in its dtype where that holds it.
  private static Tensor integer(Tensor x, long value) {
    boolean holds =
        switch (x.dtype) {
          case I32 -> value == (int) value;
          case U8 -> value == (value & 0xff);
          case I64 -> true;
          case BOOL, F32, F64, BF16, F16 -> false;
        };
    return holds ? Promotion.wrap(x, value) : Promotion.scalar(value).view(ones(x));
  }

  /// As many dimensions as `x` has: then a number is no less than a tensor.
  private static long[] ones(Tensor x) {
    long[] shape = new long[x.shape.length];
    Arrays.fill(shape, 1);
    return shape;
  }

  static Tensor isclose(Tensor a, Tensor b, double rtol, double atol, boolean equalNan) {
    if (!(rtol >= 0) || !(atol >= 0)) {
      throw new IllegalArgumentException(
          "isclose: tolerances must not be negative: rtol %s and atol %s".formatted(rtol, atol));
    }
    Arithmetic.same("isclose", a, b);
    Tensor x = a.detach();
    Tensor y = b.detach();
    Tensor close = x.eq(y);
    if (equalNan && x.dtype.isFloating()) {
      close = close.logicalOr(x.ne(x).logicalAnd(y.ne(y)));
    }
    if (!x.dtype.isFloating()) {
      x = x.to(DType.F64);
      y = y.to(DType.F64);
    }
    Tensor allowed = magnitude(y).mul(rtol).add(atol);
    Tensor apart = magnitude(x.sub(y));
    Tensor finite = apart.lt(Double.POSITIVE_INFINITY);
    return close.logicalOr(finite.logicalAnd(apart.le(allowed)));
  }

  private static Tensor magnitude(Tensor x) {
    return x.maximum(x.rsub(0));
  }

  static boolean allclose(Tensor a, Tensor b, double rtol, double atol, boolean equalNan) {
    try (var _ = Scope.open("allclose")) {
      return isclose(a, b, rtol, atol, equalNan).all().item() != 0;
    }
  }

  /// How many elements of a BOOL tensor are true.
  static Tensor count(Tensor x) {
    return x.to(DType.I64).sum();
  }

  static boolean equal(Tensor a, Tensor b) {
    try (var _ = Scope.open("equal")) {
      return a.dtype == b.dtype
          && Arrays.equals(a.shape, b.shape)
          && count(Elementwise.compare("equal", ComparisonKernels::ne, a, b)).itemLong() == 0;
    }
  }
}
