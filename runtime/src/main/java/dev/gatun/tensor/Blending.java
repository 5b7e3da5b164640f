package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.BlendKernels;
import dev.gatun.kernel.CopyKernels;
import dev.gatun.kernel.MixedRows;
import dev.gatun.kernel.MixedRows.Cast;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.memory.DType;

/// Bounds, blends and choices: elementwise operations of up to three operands.
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
  record Bound(boolean lower) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor bound) {
      return lower
          ? Elementwise.number("clamp", ArithmeticKernels::maximum, x, bound)
          : Elementwise.number("clamp", ArithmeticKernels::minimum, x, bound);
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
    return Arithmetic.hasScalarKernel(x.dtype, false)
        ? new Clamp(min, max).apply(x)
        : clamp(x, Promotion.wrap(x, min), Promotion.wrap(x, max));
  }

  static Tensor clamp(Tensor x, long min, long max) {
    return Arithmetic.hasScalarKernel(x.dtype, false)
        ? new Clamp(min, max).apply(x)
        : clamp(x, Promotion.wrap(x, min), Promotion.wrap(x, max));
  }

  static Tensor clamp(Tensor x, Tensor min, Tensor max) {
    return new Bound(false).apply(new Bound(true).apply(x, min), max);
  }

  /// `y = a + w (b - a)`
  record Lerp(double weight) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      Arithmetic.same("lerp", a, b);
      return Elementwise.floating("lerp", t -> BlendKernels.lerp(t, weight), a, b);
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
  record LerpWeights() implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      DType dtype = Arithmetic.same("lerp", inputs[0], inputs[1]);
      Arithmetic.same("lerp", inputs[0], inputs[2]);
      if (!dtype.isFloating()) {
        throw Arithmetic.unsupported("lerp", inputs[0], "a floating dtype");
      }
      DType in = Promotion.computed(dtype);
      TernaryRow row = BlendKernels.lerp(in);
      return Elementwise.ternary("lerp", row, dtype, in, inputs[0], inputs[1], inputs[2]);
    }

    @Override
    public String opName() {
      return "lerp";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor w = node.input(2);
      Tensor part =
          switch (i) {
            case 0 -> g.mul(w.neg().add(1));
            case 1 -> g.mul(w);
            default -> g.mul(node.input(1).sub(node.input(0)));
          };
      return Reductions.sumTo(part, node.shape(i));
    }
  }

  /// `y = x + c a b`
  record Addcmul(double c) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... in) {
      DType dtype = Promotion.of(in[0], in[1], in[2]);
      if (dtype == DType.BOOL) {
        throw Arithmetic.unsupported("addcmul", in[0], "numbers");
      }
      Arithmetic.scalar("addcmul", dtype, c);
      DType computed = Promotion.computed(dtype);
      TernaryRow row = ArithmeticKernels.addcmul(computed, c);
      return Elementwise.ternary("addcmul", row, dtype, computed, in[0], in[1], in[2]);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor part = i == 0 ? g : g.mul(node.input(3 - i)).mul(c);
      return Reductions.sumTo(part, node.shape(i));
    }
  }

  /// `y = x + c a / b`
  record Addcdiv(double c) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... in) {
      if (!Promotion.of(in[1], in[2]).isFloating()) {
        throw Arithmetic.unsupported("addcdiv", in[1], "a floating dtype");
      }
      DType dtype = Promotion.of(in[0], in[1], in[2]);
      DType computed = Promotion.computed(dtype);
      TernaryRow row = ArithmeticKernels.addcdiv(computed, c);
      return Elementwise.ternary("addcdiv", row, dtype, computed, in[0], in[1], in[2]);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor a = node.input(1);
      Tensor b = node.input(2);
      Tensor part =
          switch (i) {
            case 0 -> g;
            case 1 -> g.div(b).mul(c);
            default -> g.mul(a.div(b.square())).mul(-c);
          };
      return Reductions.sumTo(part, node.shape(i));
    }
  }

  /// `y = condition ? a : b`
  record Where() implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor condition = inputs[0];
      Tensor a = inputs[1];
      Tensor b = inputs[2];
      if (condition.dtype != DType.BOOL) {
        throw Arithmetic.unsupported("where", condition, "a BOOL condition");
      }
      DType dtype = Promotion.of(a, b);
      long[] shape = Shapes.broadcast("where", a.shape, b.shape);
      Tensor y = Raw.empty("where", dtype, Shapes.broadcast("where", condition.shape, shape));
      Raw.ternary(row(a, b, y), condition, a, b, y);
      return y;
    }

    static TernaryRow row(Tensor a, Tensor b, Tensor y) {
      return MixedRows.of(
          CopyKernels.where(y.dtype.byteSize()),
          new Cast(DType.BOOL, DType.BOOL),
          new Cast(a.dtype, y.dtype),
          new Cast(b.dtype, y.dtype),
          new Cast(y.dtype, y.dtype));
    }

    @Override
    public Saves saves() {
      return Saves.FIRST_INPUT;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor zero = Arithmetic.zeroLike(g);
      Tensor condition = node.input(0);
      Tensor part = i == 1 ? Tensor.where(condition, g, zero) : Tensor.where(condition, zero, g);
      return Reductions.sumTo(part, node.shape(i));
    }
  }

  /// The value of a fill in the dtype of what is filled.
  static Tensor fillValue(String op, Tensor x, Tensor value) {
    if (value.shape.length > 0) {
      throw new ShapeException(
          "%s: the value must be a scalar, got %s; use where()"
              .formatted(op, Shapes.format(value.shape)));
    }
    return value.to(x.dtype);
  }
}
