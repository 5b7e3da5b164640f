package dev.gatun.tensor;

import dev.gatun.kernel.ActivationRows;
import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.UnaryRow;

/// Activations made of exponentials.
final class Swishes {
  /// `α` and the scale of selu, by which activations keep mean 0 and variance 1.
  private static final double SELU_ALPHA = 1.6732632423543772;

  private static final double SELU_SCALE = 1.0507009873554805;

  private Swishes() {}

  /// `y = scale x` above 0, else `alpha (exp(inner x) - 1)`
  record Elu(String opName, double alpha, double scale, double inner) implements Sloped.Bend {
    static Elu elu(double alpha) {
      return new Elu("elu", alpha, 1, 1);
    }

    static Elu selu() {
      return new Elu("selu", SELU_ALPHA * SELU_SCALE, SELU_SCALE, 1);
    }

    static Elu celu(double alpha) {
      if (alpha == 0) {
        throw new IllegalArgumentException("celu: alpha must not be 0");
      }
      return new Elu("celu", alpha, 1, 1 / alpha);
    }

    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.elu(alpha, scale, inner);
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.eluGradient(alpha, scale, inner);
    }

    @Override
    public Tensor curve(Tensor x) {
      Tensor bent = x.mul(inner).exp().mul(alpha * inner * inner);
      return Tensor.where(x.gt(0), Arithmetic.zeroLike(x), bent);
    }
  }

  /// `y = x σ(x)`
  record Silu() implements Sloped.Bend {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.silu();
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.siluGradient();
    }

    /// `σ' (2 + x (1 - 2σ))`
    @Override
    public Tensor curve(Tensor x) {
      Tensor s = x.sigmoid();
      return s.sub(s.square()).mul(x.mul(s.mul(-2).add(1)).add(2));
    }
  }

  /// `y = x tanh(ln(1 + eˣ))`
  record Mish() implements Sloped.Bend {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.mish();
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.mishGradient();
    }

    /// `t' (2 + x (1 - σ - 2 t σ))` with `t` the tanh and `t' = σ (1 - t²)`
    @Override
    public Tensor curve(Tensor x) {
      Tensor s = x.sigmoid();
      Tensor t = x.softplus().tanh();
      Tensor first = s.mul(t.square().neg().add(1));
      return first.mul(x.mul(s.neg().add(1).sub(t.mul(s), 2)).add(2));
    }
  }

  /// `y = ln(1 + exp(beta x)) / beta`, and `y = x` where `beta x` is above the threshold
  record Softplus(double beta, double threshold) implements Sloped.Bend {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.softplus(beta, threshold);
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.softplusGradient(beta, threshold);
    }

    @Override
    public Tensor curve(Tensor x) {
      Tensor scaled = x.mul(beta);
      Tensor s = scaled.sigmoid();
      Tensor bent = s.sub(s.square()).mul(beta);
      return Tensor.where(scaled.gt(threshold), Arithmetic.zeroLike(x), bent);
    }
  }

  /// `y = ln σ(x)`
  record Logsigmoid() implements Sloped.Bend {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.logSigmoid();
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.logSigmoidGradient();
    }

    @Override
    public Tensor curve(Tensor x) {
      Tensor s = x.sigmoid();
      return s.square().sub(s);
    }
  }

  /// `y = x - tanh x`
  record Tanhshrink() implements Sloped.Bend {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.tanhshrink();
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.tanhshrinkGradient();
    }

    @Override
    public Tensor curve(Tensor x) {
      Tensor t = x.tanh();
      return t.sub(t.pow(3)).mul(2);
    }
  }
}
