package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.memory.DType;

/// Elementwise operations of two operands, which broadcast, and of one operand and a number.
final class Arithmetic {
  private Arithmetic() {}

  /// `y = a + b`
  record Add() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return Elementwise.number("add", ArithmeticKernels::add, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(1));
    }
  }

  /// `y = a + alpha b`
  record AddScaled(double alpha) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      scalar("add", Promotion.of(a, b), alpha);
      return Elementwise.number("add", t -> ArithmeticKernels.addScaled(t, alpha), a, b);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(1)).mul(alpha);
    }
  }

  /// `y = a - b`
  record Sub() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      requireNoBool(a, b);
      return Elementwise.number("sub", ArithmeticKernels::sub, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(1)).neg();
    }
  }

  /// `y = a b`
  record Mul() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return Elementwise.number("mul", ArithmeticKernels::mul, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved != i;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g.mul(node.input(1)), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g.mul(node.input(0)), node.shape(1));
    }
  }

  /// `y = a / b`
  record Div() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return Elementwise.fraction("div", ArithmeticKernels::div, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1 || i == 1;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g.div(node.input(1)), node.shape(0));
    }

    /// `-g a / b²`
    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor b = node.input(1);
      return Reductions.sumTo(g.mul(node.input(0).div(b).div(b)).neg(), node.shape(1));
    }
  }

  /// `y = aᵇ`
  record Pow() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return Elementwise.noBool("pow", ArithmeticKernels::pow, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `g b aᵇ⁻¹`, and 0 where `b` is 0.
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor b = node.input(1);
      Tensor slope = g.mul(b.mul(node.input(0).pow(b.sub(1))));
      return Reductions.sumTo(Tensor.where(b.eq(0), zeroLike(slope), slope), node.shape(0));
    }

    /// `g aᵇ ln a`, and 0 where `a` is 0 and `b` is not negative.
    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor a = node.input(0);
      Tensor slope = g.mul(node.output().mul(a.log()));
      Tensor flat = a.eq(0).logicalAnd(node.input(1).ge(0));
      return Reductions.sumTo(Tensor.where(flat, zeroLike(slope), slope), node.shape(1));
    }
  }

  /// `y = max(a, b)` or `y = min(a, b)`; NaN wins. Equal operands share the gradient.
  record Extremum(boolean max) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return max
          ? Elementwise.number("maximum", ArithmeticKernels::maximum, a, b)
          : Elementwise.number("minimum", ArithmeticKernels::minimum, a, b);
    }

    @Override
    public String opName() {
      return max ? "maximum" : "minimum";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return share(node, g, 0);
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return share(node, g, 1);
    }

    private Tensor share(Node node, Tensor g, int i) {
      Tensor own = node.input(i);
      Tensor other = node.input(1 - i);
      Tensor zero = zeroLike(g);
      Tensor tied = Tensor.where(own.eq(other), g.mul(0.5), zero);
      Tensor wins = max ? own.gt(other) : own.lt(other);
      return Reductions.sumTo(Tensor.where(wins, g, tied), node.shape(i));
    }
  }

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
        : new Add().apply(x, Promotion.wrap(x, value));
  }

  static Tensor add(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? new AddScalar(value).apply(x)
        : new Add().apply(x, Promotion.wrap(x, value));
  }

  static Tensor sub(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? new AddScalar(-value).apply(x)
        : new Sub().apply(x, Promotion.wrap(x, value));
  }

  static Tensor sub(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? new AddScalar(-(double) value).apply(x)
        : new Sub().apply(x, Promotion.wrap(x, value));
  }

  static Tensor mul(Tensor x, double value) {
    return hasScalarKernel(x.dtype, false)
        ? new MulScalar(value).apply(x)
        : new Mul().apply(x, Promotion.wrap(x, value));
  }

  static Tensor mul(Tensor x, long value) {
    return hasScalarKernel(x.dtype, isExact(value))
        ? new MulScalar(value).apply(x)
        : new Mul().apply(x, Promotion.wrap(x, value));
  }

  static Tensor pow(Tensor x, double exponent) {
    return hasScalarKernel(x.dtype, false)
        ? new PowScalar(exponent).apply(x)
        : new Pow().apply(x, Promotion.wrap(x, exponent));
  }

  static Tensor pow(Tensor x, long exponent) {
    if (exponent < 0 && !x.dtype.isFloating()) {
      throw new DTypeException(
          "pow: integers have no power %d: %s %s; convert with to(DType)"
              .formatted(exponent, x.dtype, Shapes.format(x.shape)));
    }
    return hasScalarKernel(x.dtype, false)
        ? new PowScalar(exponent).apply(x)
        : new Pow().apply(x, Promotion.wrap(x, exponent));
  }

  /// Truth values have no difference, as in PyTorch: what is meant is another operation.
  static void requireNoBool(Tensor a, Tensor b) {
    if (a.dtype == DType.BOOL || b.dtype == DType.BOOL) {
      throw new DTypeException(
          "sub: not defined for BOOL: %s %s and %s %s; use logicalXor() or logicalNot()"
              .formatted(a.dtype, Shapes.format(a.shape), b.dtype, Shapes.format(b.shape)));
    }
  }

  static Tensor zeroLike(Tensor x) {
    return Tensor.scalar(x.dtype, 0);
  }

  static DType same(String op, Tensor a, Tensor b) {
    if (a.dtype != b.dtype) {
      throw new DTypeException(
          "%s: dtypes differ: %s %s and %s %s; convert one with to(DType)"
              .formatted(op, a.dtype, Shapes.format(a.shape), b.dtype, Shapes.format(b.shape)));
    }
    return a.dtype;
  }

  /// The common dtype, one that arithmetic is done in.
  static DType number(String op, Tensor a, Tensor b) {
    return switch (same(op, a, b)) {
      case F32, F64, I32, I64 -> a.dtype;
      case U8, BOOL, BF16, F16 -> throw unsupported(op, a, "F32, F64, I32 or I64");
    };
  }

  /// The common dtype, one with fractions that arithmetic is done in.
  static DType floating(String op, Tensor a, Tensor b) {
    return switch (same(op, a, b)) {
      case F32, F64 -> a.dtype;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported(op, a, "F32 or F64");
    };
  }

  static DTypeException unsupported(String op, Tensor x, String wanted) {
    return new DTypeException(
        "%s: needs %s, got %s %s; convert with to(DType)"
            .formatted(op, wanted, x.dtype, Shapes.format(x.shape)));
  }

  /// Refuses a fraction where the dtype would silently drop it.
  static DType scalar(String op, DType dtype, double value) {
    if (!dtype.isFloating() && value != Math.rint(value)) {
      throw new DTypeException(
          "%s: %s is not an integer, as dtype %s needs; convert the tensor with to(DType)"
              .formatted(op, value, dtype));
    }
    return dtype;
  }
}
