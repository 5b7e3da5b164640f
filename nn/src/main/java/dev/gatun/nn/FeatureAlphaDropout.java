package dev.gatun.nn;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;

/// [AlphaDropout] of whole channels of `[N, C, *]`.
public final class FeatureAlphaDropout extends Module {
  private final double p;
  private final Generator generator;

  /// With `p = 0.5`.
  public FeatureAlphaDropout() {
    this(0.5);
  }

  /// Draws from the process's generator.
  ///
  /// @param p the probability to be dropped, 0 to 1
  public FeatureAlphaDropout(double p) {
    this(p, Generator.shared());
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param p the probability to be dropped, 0 to 1
  /// @param generator where what to drop is drawn from
  public FeatureAlphaDropout(double p, Generator generator) {
    DropoutFunctions.require("featureAlphaDropout", p);
    this.p = p;
    this.generator = generator;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.featureAlphaDropout(x, p, isTraining(), generator);
  }

  @Override
  protected String extraRepr() {
    return "p=" + Numbers.python(p) + ", inplace=False";
  }
}
