package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.BinaryRow;
import dev.gatun.memory.DType;

/// Elementwise operations of two operands, which broadcast, and of one operand and a number.
final class Arithmetic {
  private Arithmetic() {}

  /// `y = a + b`
  record Add() implements Pairwise {
    @Override
    public String opName() {
      return "add";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return ArithmeticKernels.add(dtype);
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
  record AddScaled(double alpha) implements Pairwise {
    @Override
    public String opName() {
      return "add";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return ArithmeticKernels.addScaled(dtype, alpha);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      scalar(op, Promotion.of(a, b), alpha);
      return Promotion.of(a, b);
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
  record Sub() implements Pairwise {
    @Override
    public String opName() {
      return "sub";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return ArithmeticKernels.sub(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      requireNoBool(a, b);
      return Promotion.of(a, b);
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
  record Mul() implements Pairwise {
    @Override
    public String opName() {
      return "mul";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return ArithmeticKernels.mul(dtype);
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
  record Div() implements Pairwise {
    @Override
    public String opName() {
      return "div";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return ArithmeticKernels.div(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      return Promotion.fraction(Promotion.of(a, b));
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
  record Pow() implements Pairwise {
    @Override
    public String opName() {
      return "pow";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return ArithmeticKernels.pow(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      return Promotion.noBool(op, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `g b aᵇ⁻¹`, and 0 where `b` is 0.
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor b = node.input(1);
      Tensor slope = g.mul(b.mul(node.input(0).pow(b.add(-1))));
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
  record Extremum(boolean max) implements Pairwise {
    @Override
    public BinaryRow row(DType dtype) {
      return max ? ArithmeticKernels.maximum(dtype) : ArithmeticKernels.minimum(dtype);
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
