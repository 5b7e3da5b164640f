package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.BlendKernels;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.memory.DType;

/// Bounds and blends: elementwise operations of up to three operands.
final class Blending {
  private Blending() {}

  /// `y = min(max(x, min), max)` of F32 or F64; the slope is 1 at the bounds
  record Clamp(double min, double max) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Raw.unary(BlendKernels.clamp(x.dtype, min, max), x.dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      return Tensor.where(x.ge(min).logicalAnd(x.le(max)), g, Arithmetic.zeroLike(g));
    }
  }

  /// `y = max(x, bound)` or `y = min(x, bound)`; where both are equal `x` has the gradient
  record Bound(boolean lower) implements Pairwise {
    @Override
    public BinaryRow row(DType dtype) {
      return lower ? ArithmeticKernels.maximum(dtype) : ArithmeticKernels.minimum(dtype);
    }

    @Override
    public String opName() {
      return "clamp";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor bound = node.input(1);
      Tensor inside = lower ? x.ge(bound) : x.le(bound);
      return Reductions.sumTo(Tensor.where(inside, g, Arithmetic.zeroLike(g)), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor bound = node.input(1);
      Tensor outside = lower ? x.lt(bound) : x.gt(bound);
      return Reductions.sumTo(Tensor.where(outside, g, Arithmetic.zeroLike(g)), node.shape(1));
    }
  }

  static Tensor clamp(Tensor x, double min, double max) {
    return Scalars.hasScalarKernel(x.dtype, false)
        ? new Clamp(min, max).apply(x)
        : clamp(x, Promotion.wrap(x, min), Promotion.wrap(x, max));
  }

  static Tensor clamp(Tensor x, long min, long max) {
    return Scalars.hasScalarKernel(x.dtype, false)
        ? new Clamp(min, max).apply(x)
        : clamp(x, Promotion.wrap(x, min), Promotion.wrap(x, max));
  }

  static Tensor clamp_(Tensor x, double min, double max) {
    return Scalars.hasScalarKernel(x.dtype, false)
        ? InPlace.unary("clamp_", new Clamp(min, max), BlendKernels.clamp(x.dtype, min, max), x)
        : clamp_(x, Promotion.wrap(x, min), Promotion.wrap(x, max));
  }

  static Tensor clamp_(Tensor x, long min, long max) {
    return Scalars.hasScalarKernel(x.dtype, false)
        ? clamp_(x, (double) min, (double) max)
        : clamp_(x, Promotion.wrap(x, min), Promotion.wrap(x, max));
  }

  static Tensor clamp(Tensor x, Tensor min, Tensor max) {
    return new Between().apply(x, min, max);
  }

  static Tensor clamp_(Tensor x, Tensor min, Tensor max) {
    Promotion.requireCast("clamp_", Promotion.of(x, min, max), x);
    InPlace.requireFits("clamp_", x, min);
    InPlace.requireFits("clamp_", x, max);
    Tensor low = Elementwise.recordable(x, min);
    Tensor high = Elementwise.recordable(x, max);
    return InPlace.through("clamp_", new Between(), x, low, high);
  }

  /// `y = min(max(x, a), b)`; at the bounds `x` has the gradient, beyond crossed ones `b`
  record Between() implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor raised = new Bound(true).forward(inputs[0], inputs[1]);
      return new Bound(false).forward(raised, inputs[2]);
    }

    @Override
    public String opName() {
      return "clamp";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor min = node.input(1);
      Tensor max = node.input(2);
      Tensor taken =
          switch (i) {
            case 0 -> x.ge(min).logicalAnd(x.le(max));
            case 1 -> min.lt(max).logicalAnd(x.lt(min));
            default -> x.gt(max).logicalOr(max.lt(min));
          };
      return Reductions.sumTo(Tensor.where(taken, g, 0), node.shape(i));
    }
  }

  /// `y = a + w (b - a)`
  record Lerp(double weight) implements Pairwise {
    @Override
    public String opName() {
      return "lerp";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return BlendKernels.lerp(dtype, weight);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      Arithmetic.same(op, a, b);
      return Promotion.floating(op, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g.mul(1 - weight), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g.mul(weight), node.shape(1));
    }
  }

  /// `y = a + w (b - a)`, the weights a tensor
  record LerpWeights() implements Threefold {
    @Override
    public String opName() {
      return "lerp";
    }

    @Override
    public TernaryRow row(DType dtype) {
      return BlendKernels.lerp(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b, Tensor c) {
      Arithmetic.same(op, a, b);
      Arithmetic.same(op, a, c);
      return Promotion.floating(op, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return (saved == 2) == (i < 2);
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor part =
          switch (i) {
            case 0 -> g.mul(node.input(2).rsub(1));
            case 1 -> g.mul(node.input(2));
            default -> g.mul(node.input(1).sub(node.input(0)));
          };
      return Reductions.sumTo(part, node.shape(i));
    }
  }

  /// `y = x + value a b`
  record Addcmul(double value) implements Threefold {
    @Override
    public String opName() {
      return "addcmul";
    }

    @Override
    public TernaryRow row(DType dtype) {
      return ArithmeticKernels.addcmul(dtype, value);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b, Tensor c) {
      DType dtype = Promotion.of(a, b, c);
      if (dtype == DType.BOOL) {
        throw Arithmetic.unsupported(op, a, "numbers");
      }
      return Arithmetic.scalar(op, dtype, value);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return i > 0 && saved == 3 - i;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor part = i == 0 ? g : g.mul(node.input(3 - i)).mul(value);
      return Reductions.sumTo(part, node.shape(i));
    }
  }

  /// `y = x + value a / b`
  record Addcdiv(double value) implements Threefold {
    @Override
    public String opName() {
      return "addcdiv";
    }

    @Override
    public TernaryRow row(DType dtype) {
      return ArithmeticKernels.addcdiv(dtype, value);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b, Tensor c) {
      Promotion.floating(op, b, c);
      return Promotion.of(a, b, c);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved > 0 && (i == 2 || (i == 1 && saved == 2));
    }

    /// `g`, `g value / b` and `-g value a / b²`
    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      if (i == 0) {
        return Reductions.sumTo(g, node.shape(0));
      }
      Tensor part = g.div(node.input(2)).mul(value);
      Tensor own = i == 1 ? part : part.mul(node.input(1).div(node.input(2))).neg();
      return Reductions.sumTo(own, node.shape(i));
    }
  }
}
