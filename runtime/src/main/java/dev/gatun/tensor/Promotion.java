package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Which dtype an operation on several dtypes has: PyTorch's `torch.result_type`.
///
/// There are three categories, BOOL below integers below floating dtypes. Tensors with dimensions
/// decide alone unless a scalar, or a number, is of a higher category; among equals the wider dtype
/// is taken, and F32 for BF16 with F16. A `double` counts as F32 beside integers, a `long` as I64
/// beside BOOL, and both otherwise take the dtype of the tensor they meet.
final class Promotion {
  private Promotion() {}

  static DType of(Tensor a, Tensor b) {
    return a.dtype == b.dtype ? a.dtype : common(a, b);
  }

  static DType of(Tensor a, Tensor b, Tensor c) {
    return a.dtype == b.dtype && a.dtype == c.dtype ? a.dtype : common(a, b, c);
  }

  private static DType common(Tensor... operands) {
    DType dims = null;
    DType scalars = null;
    for (Tensor x : operands) {
      if (x.shape.length > 0) {
        dims = join(dims, x.dtype);
      } else {
        scalars = join(scalars, x.dtype);
      }
    }
    if (dims == null || (scalars != null && category(scalars) > category(dims))) {
      return join(dims, scalars == null ? DType.BOOL : scalars);
    }
    return dims;
  }

  /// The smallest dtype that holds the values of both, more or less.
  static DType join(@Nullable DType a, DType b) {
    if (a == null || a == b) {
      return b;
    }
    if (category(a) != category(b)) {
      return category(a) > category(b) ? a : b;
    }
    return switch (a) {
      case F64 -> DType.F64;
      case F32 -> b == DType.F64 ? b : DType.F32;
      case BF16, F16 -> b == DType.F64 ? b : DType.F32;
      case I64 -> DType.I64;
      case I32 -> b == DType.I64 ? b : DType.I32;
      case U8, BOOL -> b;
    };
  }

  private static int category(DType dtype) {
    return dtype.isFloating() ? 2 : dtype.isInteger() ? 1 : 0;
  }

  /// The same with F32 for integers and BOOL, of operations whose results are fractions.
  static DType fraction(DType dtype) {
    return dtype.isFloating() ? dtype : DType.F32;
  }

  /// The common dtype, of operations that truth values have no part in.
  static DType noBool(String op, Tensor a, Tensor b) {
    DType dtype = of(a, b);
    if (dtype == DType.BOOL) {
      throw Arithmetic.unsupported(op, a, "numbers");
    }
    return dtype;
  }

  /// The common dtype, of operations on fractions alone.
  static DType floating(String op, Tensor a, Tensor b) {
    DType dtype = of(a, b);
    if (!dtype.isFloating()) {
      throw Arithmetic.unsupported(op, a, "a floating dtype");
    }
    return dtype;
  }

  /// The dtype that arithmetic on elements of a dtype is done in; results wrap or round when they
  /// are converted back.
  static DType computed(DType dtype) {
    return switch (dtype) {
      case F32, F64, I32, I64 -> dtype;
      case U8, BOOL -> DType.I32;
      case BF16, F16 -> DType.F32;
    };
  }

  /// The dtype that elements of a dtype are compared in.
  static DType compared(DType dtype) {
    return switch (dtype) {
      case F32, F64, I32, I64, U8, BOOL -> dtype;
      case BF16, F16 -> DType.F32;
    };
  }

  /// A number as the scalar that it is beside `x`.
  static Tensor wrap(Tensor x, double value) {
    return Tensor.scalar(fraction(x.dtype), value);
  }

  /// A whole number as the scalar that it is beside `x`; integers narrower than it wrap.
  static Tensor wrap(Tensor x, long value) {
    return switch (x.dtype) {
      case F32, F64, BF16, F16 -> Tensor.scalar(x.dtype, (double) value);
      case I64, BOOL -> scalar(value);
      case I32, U8 -> Tensor.scalar(x.dtype, (int) value);
    };
  }

  /// A whole number as I64.
  static Tensor scalar(long value) {
    return Creation.of(MemorySegment.ofArray(new long[] {value}), DType.I64, 1, Shapes.SCALAR);
  }

  /// Refuses a result in place that the dtype of the target has no place for.
  static void requireCast(String op, DType result, Tensor target) {
    if (category(result) > category(target.dtype)) {
      throw new DTypeException(
          "%s: a result of %s does not fit %s %s, which is changed in place; use the method without underscore"
              .formatted(op, result, target.dtype, Shapes.format(target.shape)));
    }
  }
}
