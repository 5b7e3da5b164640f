package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;

/// Arithmetic of a tensor and a number.
final class Scalars {
  private Scalars() {}

  /// `y = x + c`
  record AddScalar(double c) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Raw.unary(ArithmeticKernels.addScalar(x.dtype, c), x.dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g;
    }
  }

  /// `y = c x`
  record MulScalar(double c) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Raw.unary(ArithmeticKernels.mulScalar(x.dtype, c), x.dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.mul(c);
    }
  }

  /// `y = xᵖ`
  record PowScalar(double p) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Raw.unary(ArithmeticKernels.powScalar(x.dtype, p), x.dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return p == 0 ? g.mul(0) : g.mul(node.input(0).pow(p - 1).mul(p));
    }
  }

  /// Whether the kernels of one operand and a number take numbers of this kind with the dtype.
  static boolean hasScalarKernel(DType dtype, boolean whole) {
    return switch (dtype) {
      case F32, F64 -> true;
      case I32, I64 -> whole;
      case U8, BOOL, BF16, F16 -> false;
    };
  }

  /// Whether a `double` is exactly this number.
  static boolean isExact(long value) {
    return value == (long) (double) value && value != Long.MAX_VALUE;
  }

  static Tensor add(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? new AddScalar(value).apply(x)
        : new Arithmetic.Add().apply(x, Promotion.wrap(x, value));
  }

  static Tensor add(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? new AddScalar(value).apply(x)
        : new Arithmetic.Add().apply(x, Promotion.wrap(x, value));
  }

  static Tensor sub(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? new AddScalar(-value).apply(x)
        : new Arithmetic.Sub().apply(x, Promotion.wrap(x, value));
  }

  static Tensor sub(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? new AddScalar(-(double) value).apply(x)
        : new Arithmetic.Sub().apply(x, Promotion.wrap(x, value));
  }

  static Tensor mul(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? new MulScalar(value).apply(x)
        : new Arithmetic.Mul().apply(x, Promotion.wrap(x, value));
  }

  static Tensor mul(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? new MulScalar(value).apply(x)
        : new Arithmetic.Mul().apply(x, Promotion.wrap(x, value));
  }

  static Tensor pow(Tensor x, double exponent) {
    return hasScalarKernel(x.dtype, false)
        ? new PowScalar(exponent).apply(x)
        : new Arithmetic.Pow().apply(x, Promotion.wrap(x, exponent));
  }

  static Tensor pow(Tensor x, long exponent) {
    requirePower("pow", x, exponent);
    return hasScalarKernel(x.dtype, false)
        ? new PowScalar(exponent).apply(x)
        : new Arithmetic.Pow().apply(x, Promotion.wrap(x, exponent));
  }

  private static void requirePower(String op, Tensor x, long exponent) {
    if (exponent < 0 && !x.dtype.isFloating()) {
      throw new DTypeException(
          "%s: integers have no power %d: %s %s; convert with to(DType)"
              .formatted(op, exponent, x.dtype, Shapes.format(x.shape)));
    }
  }

  static Tensor add_(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? InPlace.unary("add_", new AddScalar(value), summand(x, value), x)
        : new Arithmetic.Add().inPlace("add_", x, Promotion.wrap(x, value));
  }

  static Tensor add_(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? InPlace.unary("add_", new AddScalar(value), summand(x, (double) value), x)
        : new Arithmetic.Add().inPlace("add_", x, Promotion.wrap(x, value));
  }

  private static UnaryRow summand(Tensor x, double value) {
    return ArithmeticKernels.addScalar(x.dtype, value);
  }

  private static UnaryRow factor(Tensor x, double value) {
    return ArithmeticKernels.mulScalar(x.dtype, value);
  }

  static Tensor sub_(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? InPlace.unary("sub_", new AddScalar(-value), summand(x, -value), x)
        : new Arithmetic.Sub().inPlace("sub_", x, Promotion.wrap(x, value));
  }

  static Tensor sub_(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? InPlace.unary("sub_", new AddScalar(-(double) value), summand(x, -(double) value), x)
        : new Arithmetic.Sub().inPlace("sub_", x, Promotion.wrap(x, value));
  }

  static Tensor mul_(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? InPlace.unary("mul_", new MulScalar(value), factor(x, value), x)
        : new Arithmetic.Mul().inPlace("mul_", x, Promotion.wrap(x, value));
  }

  static Tensor mul_(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? InPlace.unary("mul_", new MulScalar(value), factor(x, (double) value), x)
        : new Arithmetic.Mul().inPlace("mul_", x, Promotion.wrap(x, value));
  }

  static Tensor pow_(Tensor x, double exponent) {
    return hasScalarKernel(x.dtype, false)
        ? InPlace.unary(
            "pow_", new PowScalar(exponent), ArithmeticKernels.powScalar(x.dtype, exponent), x)
        : new Arithmetic.Pow().inPlace("pow_", x, Promotion.wrap(x, exponent));
  }

  static Tensor pow_(Tensor x, long exponent) {
    requirePower("pow_", x, exponent);
    return x.dtype.isFloating()
        ? pow_(x, (double) exponent)
        : new Arithmetic.Pow().inPlace("pow_", x, Promotion.wrap(x, exponent));
  }
}
