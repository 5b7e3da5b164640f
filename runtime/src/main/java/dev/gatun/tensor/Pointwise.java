package dev.gatun.tensor;

import dev.gatun.kernel.ActivationRows;
import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.UnaryKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;

/// Elementwise operations of one operand.
final class Pointwise {
  private Pointwise() {}

  /// `y = -x`
  record Neg() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.number("neg", x, x);
      return Raw.unary(UnaryKernels.neg(dtype), dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.neg();
    }
  }

  /// `y = |x|`, with slope 0 at 0
  record Abs() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.number("abs", x, x);
      return Raw.unary(UnaryKernels.abs(dtype), dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.mul(node.input(0).sign());
    }
  }

  /// `y = -1, 0 or 1`; its slope is 0
  record Sign() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.number("sign", x, x);
      return Raw.unary(UnaryKernels.sign(dtype), dtype, x);
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

  /// `y = max(x, 0)`, with slope 0 at 0
  record Relu() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.number("relu", x, x);
      return Raw.unary(UnaryKernels.relu(dtype), dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new WherePositive().apply(g, node.output());
    }

    @Override
    public boolean backwardOver(Node node, Tensor g) {
      Tensor y = node.output();
      if (y.dtype != g.dtype || !g.dtype.isFloating() || y.storage == g.storage) {
        return false;
      }
      Raw.binary(ArithmeticKernels.wherePositive(g.dtype), g, y, g);
      return true;
    }
  }

  /// `y = a where b > 0, else 0`: the derivative of relu, applied to a gradient.
  record WherePositive() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      DType dtype = Arithmetic.floating("relu", a, b);
      return Raw.binary("relu", ArithmeticKernels.wherePositive(dtype), dtype, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new WherePositive().apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Tensor.zeros(g.dtype, g.shape);
    }
  }

  /// `y = eˣ`
  record Exp() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Curve.real("exp", x, UnaryKernels::exp);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.mul(node.output());
    }
  }

  /// `y = ln x`
  record Log() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Curve.real("log", x, UnaryKernels::log);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.div(node.input(0));
    }
  }

  /// `y = √x`
  record Sqrt() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Curve.real("sqrt", x, UnaryKernels::sqrt);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.div(node.output().mul(2));
    }
  }

  /// `y = 1 / (1 + e⁻ˣ)`
  record Sigmoid() implements Sloped.OfResult {
    @Override
    public Tensor forward(Tensor x) {
      return Curve.real("sigmoid", x, UnaryKernels::sigmoid);
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.sigmoidGradient();
    }

    @Override
    public Tensor curve(Tensor y) {
      return y.mul(-2).add(1);
    }
  }

  /// `y = tanh x`
  record Tanh() implements Sloped.OfResult {
    @Override
    public Tensor forward(Tensor x) {
      return Curve.real("tanh", x, UnaryKernels::tanh);
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.tanhGradient();
    }

    @Override
    public Tensor curve(Tensor y) {
      return y.mul(-2);
    }
  }

  /// `y = erf x`
  record Erf() implements Op.Unary {
    private static final double SLOPE = 2 / Math.sqrt(Math.PI);

    @Override
    public Tensor forward(Tensor x) {
      return Curve.real("erf", x, UnaryKernels::erf);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g 2/√π e^(-x²)`
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      return g.mul(x.mul(x).neg().exp().mul(SLOPE));
    }
  }

  /// `y = x Φ(x)`, or with `tanh` the approximation of it; one pass forward, one backward.
  record Gelu(boolean tanh) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return floating("gelu", x, tanh ? UnaryKernels::geluTanh : UnaryKernels::gelu);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new GeluGradient(tanh).apply(g, node.input(0));
    }
  }

  /// `y = a f'(b)` with `f` the gelu: its derivative, applied to a gradient.
  record GeluGradient(boolean tanh) implements Op.Binary {
    private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);
    private static final double SLOPE = Math.sqrt(8 / Math.PI);
    private static final double CUBIC = 0.044715 * SLOPE;

    @Override
    public Tensor forward(Tensor a, Tensor b) {
      DType dtype = Arithmetic.floating("gelu", a, b);
      var row = tanh ? UnaryKernels.geluTanhGradient(dtype) : UnaryKernels.geluGradient(dtype);
      return Raw.binary("gelu", row, dtype, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new GeluGradient(tanh).apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor x = node.input(1);
      return g.mul(node.input(0)).mul(tanh ? tanhCurve(x) : curve(x));
    }

    /// `φ(x) (2 - x²)`
    private static Tensor curve(Tensor x) {
      Tensor z = x.mul(x);
      return z.mul(-0.5).exp().mul(DENSITY).mul(z.neg().add(2));
    }

    /// `s' (2u' + x u'') + s'' x u'²` of `f = x s(u)` with the sigmoid `s` and `u = x (SLOPE +
    /// CUBIC x²)`.
    private static Tensor tanhCurve(Tensor x) {
      Tensor z = x.mul(x);
      Tensor s = x.mul(z.mul(CUBIC).add(SLOPE)).sigmoid();
      Tensor first = s.sub(s.mul(s));
      Tensor second = first.mul(s.mul(-2).add(1));
      Tensor du = z.mul(3 * CUBIC).add(SLOPE);
      Tensor linear = du.mul(2).add(z.mul(6 * CUBIC));
      return first.mul(linear).add(second.mul(x).mul(du).mul(du));
    }
  }

  /// `y = 1 / x`
  record Reciprocal() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Curve.real("reciprocal", x, UnaryKernels::reciprocal);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor y = node.output();
      return g.mul(y.mul(y)).neg();
    }
  }

  /// `y = x` in another dtype; the gradient is converted back.
  record To(DType from, DType to) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Raw.copyAs(x, to);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.to(from);
    }
  }

  /// `y = x` in memory of its own, row-major.
  record Copy() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Raw.copy(x);
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

  @FunctionalInterface
  private interface Table {
    UnaryRow row(DType dtype);
  }

  private static Tensor floating(String op, Tensor x, Table kernels) {
    DType dtype = Arithmetic.floating(op, x, x);
    return Raw.unary(kernels.row(dtype), dtype, x);
  }
}
