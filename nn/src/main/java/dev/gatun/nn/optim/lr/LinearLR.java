package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;

/// Multiplies the rate by a factor that goes from `startFactor` to `endFactor` in a straight line.
public final class LinearLR extends EpochScheduler {
  private final double startFactor;
  private final double endFactor;
  private final long totalIters;

  /// From a third to the full rate in 5 epochs.
  ///
  /// @param optimizer whose rates are set
  public LinearLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 1, 5);
  }

  /// To the full rate.
  ///
  /// @param optimizer whose rates are set
  /// @param startFactor above 0, at most 1
  /// @param totalIters the first epoch with the full rate
  public LinearLR(Optimizer optimizer, double startFactor, long totalIters) {
    this(optimizer, startFactor, 1, totalIters);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param startFactor above 0, at most 1
  /// @param endFactor 0 to 1
  /// @param totalIters the first epoch with the last factor
  public LinearLR(Optimizer optimizer, double startFactor, double endFactor, long totalIters) {
    super(optimizer);
    if (!(startFactor > 0 && startFactor <= 1)) {
      throw new IllegalArgumentException(
          "LinearLR: start factor must be above 0 and at most 1: " + startFactor);
    }
    if (!(endFactor >= 0 && endFactor <= 1)) {
      throw new IllegalArgumentException("LinearLR: end factor must be 0 to 1: " + endFactor);
    }
    Rates.requirePositive("LinearLR: total iterations", totalIters);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    if (lastEpoch() == 0) {
      return group.lr() * startFactor;
    }
    if (lastEpoch() > totalIters) {
      return group.lr();
    }
    double way = endFactor - startFactor;
    return group.lr() * (1 + way / (totalIters * startFactor + (lastEpoch() - 1) * way));
  }

  @Override
  protected double closedForm(ParameterGroup group, int index) {
    double way = endFactor - startFactor;
    return baseLr(index) * (startFactor + way * Math.min(totalIters, lastEpoch()) / totalIters);
  }
}
