package dev.gatun.tensor;

import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;

/// An elementwise function of one operand whose derivative is an expression of the operand or of
/// the result. Integers and BOOL are converted to F32 first.
interface Curve extends Op.Unary {
  @FunctionalInterface
  interface Table {
    UnaryRow row(DType dtype);
  }

  /// The kernel of F32 or F64.
  UnaryRow row(DType dtype);

  /// A function with fractions in its result, of any dtype that [#asReal] takes.
  static Tensor real(String op, Tensor x, Table kernels) {
    Tensor v = asReal(op, x);
    UnaryRow row = kernels.row(v.dtype);
    if (v.dtype == x.dtype) {
      return Raw.unary(row, v.dtype, v);
    }
    Raw.unary(row, v, v);
    return v;
  }

  /// `x`, or a copy of it in F32 where it has integers.
  static Tensor asReal(String op, Tensor x) {
    return switch (x.dtype) {
      case F32, F64 -> x;
      case I32, I64, U8, BOOL -> {
        Tensor v = Raw.empty(op, DType.F32, x.shape);
        Raw.copy(x, v);
        yield v;
      }
      case BF16, F16 -> throw Arithmetic.unsupported(op, x, "F32, F64, I32, I64, U8 or BOOL");
    };
  }

  @Override
  default Tensor forward(Tensor x) {
    return real(opName(), x, this::row);
  }

  /// One whose derivative is best had from the operand.
  interface OfOperand extends Curve {
    Tensor slope(Tensor x);

    @Override
    default Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    default Tensor backward(Node node, Tensor g) {
      return g.mul(slope(node.input(0)));
    }
  }

  /// One whose derivative is best had from the result.
  interface OfResult extends Curve {
    Tensor slope(Tensor y);

    @Override
    default Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    default Tensor backward(Node node, Tensor g) {
      return g.mul(slope(node.output()));
    }
  }
}
