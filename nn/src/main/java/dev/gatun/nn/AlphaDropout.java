package dev.gatun.nn;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;

/// In training, drops each element with probability `p` to a value that, with a factor and a term
/// for all, leaves mean 0 and variance 1 as they are; in evaluation the identity (Klambauer et al.,
/// arXiv:1706.02515).
public final class AlphaDropout extends Module {
  private final double p;
  private final Generator generator;

  /// With `p = 0.5`.
  public AlphaDropout() {
    this(0.5);
  }

  /// Draws from the process's generator.
  ///
  /// @param p the probability to be dropped, 0 to 1
  public AlphaDropout(double p) {
    this(p, Generator.shared());
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param p the probability to be dropped, 0 to 1
  /// @param generator where what to drop is drawn from
  public AlphaDropout(double p, Generator generator) {
    DropoutFunctions.require("alphaDropout", p);
    this.p = p;
    this.generator = generator;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.alphaDropout(x, p, isTraining(), generator);
  }

  @Override
  protected String extraRepr() {
    return "p=" + Numbers.python(p) + ", inplace=False";
  }
}
