package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;

/// Lets the rate fall to 0 in `totalIters` epochs: `lr = lr₀ · (1 - epoch / totalIters)^power`.
public final class PolynomialLR extends EpochScheduler {
  private final long totalIters;
  private final double power;

  /// In a straight line.
  ///
  /// @param optimizer whose rates are set
  /// @param totalIters the first epoch with a rate of 0
  public PolynomialLR(Optimizer optimizer, long totalIters) {
    this(optimizer, totalIters, 1);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param totalIters the first epoch with a rate of 0
  /// @param power 1 is a straight line
  public PolynomialLR(Optimizer optimizer, long totalIters, double power) {
    super(optimizer);
    Rates.requirePositive("PolynomialLR: total iterations", totalIters);
    this.totalIters = totalIters;
    this.power = power;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    if (lastEpoch() == 0 || lastEpoch() > totalIters) {
      return group.lr();
    }
    double now = 1 - (double) lastEpoch() / totalIters;
    double before = 1 - (double) (lastEpoch() - 1) / totalIters;
    return group.lr() * Math.pow(now / before, power);
  }

  @Override
  protected double closedForm(ParameterGroup group, int index) {
    double rest = 1 - (double) Math.min(totalIters, lastEpoch()) / totalIters;
    return baseLr(index) * Math.pow(rest, power);
  }
}
