package dev.gatun.nn;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;

/// `x` above 0, `a x` elsewhere, element by element, with each `a` drawn from `U(lower, upper)` in
/// training and their mean else (Xu and others, arXiv:1505.00853).
public final class RReLU extends Module {
  private final double lower;
  private final double upper;
  private final boolean inplace;
  private final Generator generator;

  /// With lower 1/8 and upper 1/3, drawing from the process's generator.
  public RReLU() {
    this(1.0 / 8, 1.0 / 3);
  }

  /// Draws from the process's generator.
  ///
  /// @param lower the smallest slope
  /// @param upper the largest slope
  public RReLU(double lower, double upper) {
    this(lower, upper, false, Generator.shared());
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param lower the smallest slope
  /// @param upper the largest slope
  /// @param inplace whether the input is overwritten with the result
  /// @param generator where the slopes are drawn from
  public RReLU(double lower, double upper, boolean inplace, Generator generator) {
    this.lower = lower;
    this.upper = upper;
    this.inplace = inplace;
    this.generator = generator;
  }

  @Override
  public Tensor forward(Tensor x) {
    if (!inplace) {
      return F.rrelu(x, lower, upper, isTraining(), generator);
    }
    return isTraining() ? x.rrelu_(lower, upper, generator) : x.leakyRelu_((lower + upper) / 2);
  }

  @Override
  protected String extraRepr() {
    return "lower=%s, upper=%s%s"
        .formatted(Numbers.python(lower), Numbers.python(upper), inplace ? ", inplace=True" : "");
  }
}
