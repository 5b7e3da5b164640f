package dev.gatun.tensor;

import dev.gatun.kernel.ActivationRows;
import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.Slopes;
import dev.gatun.kernel.UnaryRow;
import org.jspecify.annotations.Nullable;

/// Activations of straight pieces, and the rational ones.
final class Activations {
  private Activations() {}

  /// One whose slope changes at points only.
  interface Straight extends Sloped.Bend {
    Slopes slopes();

    @Override
    default BinaryRow gradient(ActivationRows rows) {
      return rows.slopes(slopes());
    }

    @Override
    default @Nullable Tensor curve(Tensor x) {
      return null;
    }
  }

  /// `y = x` above 0, else `slope x`
  record LeakyRelu(double slope) implements Straight {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.leakyRelu(slope);
    }

    @Override
    public Slopes slopes() {
      return Slopes.above(0, slope);
    }
  }

  /// `y = x` above the threshold, else `value`
  record Threshold(double threshold, double value) implements Straight {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.threshold(threshold, value);
    }

    @Override
    public Slopes slopes() {
      return Slopes.above(threshold, 0);
    }
  }

  /// `y = min(max(x, low), high)`; the slope at the bounds is 0
  record Hardtanh(String opName, double low, double high) implements Straight {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.hardtanh(low, high);
    }

    @Override
    public Slopes slopes() {
      return Slopes.inside(low, high, 1);
    }
  }

  /// `y = min(max(x + 3, 0), 6) / 6`
  record Hardsigmoid() implements Straight {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.hardsigmoid();
    }

    @Override
    public Slopes slopes() {
      return Slopes.inside(-3, 3, 1.0 / 6);
    }
  }

  /// `y = 0` from `-lambda` to `lambda`, else `x`
  record Hardshrink(double lambda) implements Straight {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.hardshrink(lambda);
    }

    @Override
    public Slopes slopes() {
      return Slopes.outside(lambda);
    }
  }

  /// `y = 0` from `-lambda` to `lambda`, else `x` nearer to 0 by `lambda`
  record Softshrink(double lambda) implements Straight {
    Softshrink {
      if (!(lambda >= 0)) {
        throw new IllegalArgumentException("softshrink: lambda must not be negative: " + lambda);
      }
    }

    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.softshrink(lambda);
    }

    @Override
    public Slopes slopes() {
      return Slopes.outside(lambda);
    }
  }

  /// `y = x min(max(x + 3, 0), 6) / 6`
  record Hardswish() implements Sloped.Bend {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.hardswish();
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.hardswishGradient();
    }

    @Override
    public Tensor curve(Tensor x) {
      return x.detach().abs().le(3).to(x.dtype).mul(1.0 / 3);
    }
  }

  /// `y = x / (1 + |x|)`
  record Softsign() implements Sloped.Bend {
    @Override
    public UnaryRow row(ActivationRows rows) {
      return rows.softsign();
    }

    @Override
    public BinaryRow gradient(ActivationRows rows) {
      return rows.softsignGradient();
    }

    @Override
    public Tensor curve(Tensor x) {
      return x.sign().mul(-2).mul(x.abs().add(1).pow(-3));
    }
  }
}
