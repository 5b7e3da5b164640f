package dev.gatun.nn;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;

/// In training, zeroes each channel of `[N, C, L]` or `[C, L]` with probability `p` and multiplies
/// the others by `1 / (1 - p)`; in evaluation the identity (Tompson et al., arXiv:1411.4280).
public final class Dropout1d extends Module {
  private final double p;
  private final Generator generator;

  /// With `p = 0.5`.
  public Dropout1d() {
    this(0.5);
  }

  /// Draws from the process's generator.
  ///
  /// @param p the probability to be dropped, 0 to 1
  public Dropout1d(double p) {
    this(p, Generator.shared());
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param p the probability to be dropped, 0 to 1
  /// @param generator where what to drop is drawn from
  public Dropout1d(double p, Generator generator) {
    DropoutFunctions.require("dropout1d", p);
    this.p = p;
    this.generator = generator;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.dropout1d(x, p, isTraining(), generator);
  }

  @Override
  protected String extraRepr() {
    return "p=" + Numbers.python(p) + ", inplace=False";
  }
}
