package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.RoundingKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;
import java.util.Locale;

/// Rounding. What rounds to steps has slope 0 everywhere.
final class Roundings {
  private Roundings() {}

  enum Mode {
    FLOOR,
    CEIL,
    ROUND,
    TRUNC;

    UnaryRow row(DType dtype) {
      return switch (this) {
        case FLOOR -> RoundingKernels.floor(dtype);
        case CEIL -> RoundingKernels.ceil(dtype);
        case ROUND -> RoundingKernels.round(dtype);
        case TRUNC -> RoundingKernels.trunc(dtype);
      };
    }
  }

  /// `y` is an integer beside `x`: below, above, nearest or toward 0
  record ToInteger(Mode mode) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return switch (x.dtype) {
        case F32, F64 -> Raw.unary(mode.row(x.dtype), x.dtype, x);
        case I32, I64, U8 -> Raw.copy(x);
        case BOOL, BF16, F16 ->
            throw Arithmetic.unsupported(opName(), x, "F32, F64, I32, I64 or U8");
      };
    }

    @Override
    public String opName() {
      return mode.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return Tensor.zeros(g.dtype, g.shape);
    }
  }

  /// `y = round(x 10ᵈ) / 10ᵈ`
  record ToDecimals(int decimals) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Arithmetic.floating(opName(), x, x);
      Tensor y = Raw.emptyLike(x);
      round(x, y);
      return y;
    }

    void round(Tensor x, Tensor y) {
      Tensor ten = Tensor.scalar(x.dtype, Math.pow(10, Math.abs(decimals)));
      var up = ArithmeticKernels.mul(x.dtype);
      var down = ArithmeticKernels.div(x.dtype);
      Raw.binary(decimals < 0 ? down : up, x, ten, y);
      Raw.unary(RoundingKernels.round(x.dtype), y, y);
      Raw.binary(decimals < 0 ? up : down, y, ten, y);
    }

    @Override
    public String opName() {
      return "round";
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return Tensor.zeros(g.dtype, g.shape);
    }
  }

  /// `y = x - trunc(x)`
  record Frac() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating("frac", x, x);
      return Raw.unary(RoundingKernels.frac(dtype), dtype, x);
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
}
