package dev.gatun.tensor;

import dev.gatun.kernel.ActivationRows;
import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// A function whose gradient is one pass over what it saved, and that of the gradient known too.
interface Sloped extends Op.Unary {
  /// What multiplies a gradient by the slope at a saved value.
  BinaryRow gradient(ActivationRows rows);

  /// How the slope changes with the saved value, null where it does not.
  @Nullable Tensor curve(Tensor saved);

  /// An activation: F32 or F64, its slope is that at the operand.
  interface Bend extends Sloped {
    UnaryRow row(ActivationRows rows);

    @Override
    default Tensor forward(Tensor x) {
      return Raw.unary(row(opName(), x), x.dtype, x);
    }

    /// The kernel for the dtype of `x`.
    ///
    /// @param name of the method, for messages
    default UnaryRow row(String name, Tensor x) {
      DType dtype = Arithmetic.floating(name, x, x);
      return row(ActivationRows.of(name, dtype));
    }

    default Tensor inPlace(Tensor x) {
      String name = opName() + "_";
      return InPlace.unary(name, this, row(name, x), x);
    }

    @Override
    default Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    default Tensor backward(Node node, Tensor g) {
      return new Slope(this).apply(g, node.input(0));
    }
  }

  /// One whose slope is best had from the result.
  interface OfResult extends Sloped {
    @Override
    default Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    default Tensor backward(Node node, Tensor g) {
      return new Slope(this).apply(g, node.output());
    }
  }

  /// `y = a f'(b)`: the slope of a function, applied to a gradient.
  record Slope(Sloped of) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      DType dtype = Arithmetic.floating(opName(), a, b);
      BinaryRow row = of.gradient(ActivationRows.of(opName(), dtype));
      return Raw.binary(opName(), row, dtype, a, b);
    }

    @Override
    public String opName() {
      return of.opName();
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new Slope(of).apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor curve = of.curve(node.input(1));
      return curve == null ? Tensor.zeros(g.dtype, g.shape) : g.mul(node.input(0)).mul(curve);
    }
  }
}
