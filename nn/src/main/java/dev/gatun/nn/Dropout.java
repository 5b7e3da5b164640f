package dev.gatun.nn;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;

/// In training, zeroes each element with probability `p` and multiplies the others by `1 / (1 -
/// p)`; in evaluation the identity (Hinton et al., arXiv:1207.0580).
public final class Dropout extends Module {
  private final double p;
  private final Generator generator;

  /// With `p = 0.5`.
  public Dropout() {
    this(0.5);
  }

  /// Draws from the process's generator.
  ///
  /// @param p the probability of an element to be zeroed, 0 to 1
  public Dropout(double p) {
    this(p, Generator.shared());
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param p the probability of an element to be zeroed, 0 to 1
  /// @param generator where the elements to drop are drawn from
  public Dropout(double p, Generator generator) {
    F.requireProbability(p);
    this.p = p;
    this.generator = generator;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.dropout(x, p, isTraining(), generator);
  }

  @Override
  protected String extraRepr() {
    return "p=" + p + ", inplace=False";
  }
}
