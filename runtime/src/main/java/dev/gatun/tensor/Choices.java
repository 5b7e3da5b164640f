package dev.gatun.tensor;

import dev.gatun.kernel.CopyKernels;
import dev.gatun.kernel.MixedRows;
import dev.gatun.kernel.MixedRows.Cast;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.memory.DType;

/// Choices by a condition.
final class Choices {
  private Choices() {}

  /// `y = condition ? a : b`
  record Where() implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor condition = inputs[0];
      Tensor a = inputs[1];
      Tensor b = inputs[2];
      requireCondition("where", condition);
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

  /// `y = mask ? value : x` of one dtype, the value a scalar
  record MaskedFill() implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      return new Where().forward(inputs[1], inputs[2], inputs[0]);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor mask = node.input(1);
      Tensor part = i == 0 ? g.maskedFill(mask, 0) : Tensor.where(mask, g, 0);
      return Reductions.sumTo(part, node.shape(i));
    }
  }

  static Tensor maskedFill(Tensor x, Tensor mask, Tensor value) {
    return new Where().apply(mask, fillValue("maskedFill", x, value), x);
  }

  static Tensor maskedFill_(Tensor x, Tensor mask, Tensor given) {
    Tensor value = fillValue("maskedFill_", x, given);
    requireCondition("maskedFill_", mask);
    InPlace.requireFits("maskedFill_", x, mask);
    TernaryRow row = Where.row(value, x, x);
    return InPlace.apply(
        "maskedFill_",
        new MaskedFill(),
        () -> Raw.ternary(row, InPlace.apart(x, mask), InPlace.apart(x, value), x, x),
        x,
        mask,
        value);
  }

  private static void requireCondition(String op, Tensor condition) {
    if (condition.dtype != DType.BOOL) {
      throw Arithmetic.unsupported(op, condition, "a BOOL condition");
    }
  }

  /// The value of a fill in the dtype of what is filled.
  private static Tensor fillValue(String op, Tensor x, Tensor value) {
    if (value.shape.length > 0) {
      throw new ShapeException(
          "%s: the value must be a scalar, got %s; use where()"
              .formatted(op, Shapes.format(value.shape)));
    }
    return value.to(x.dtype);
  }
}
