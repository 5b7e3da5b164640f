package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;

/// Multiplies the rate by `factor` until epoch `totalIters`.
public final class ConstantLR extends EpochScheduler {
  private final double factor;
  private final long totalIters;

  /// With a third of the rate for 5 epochs.
  ///
  /// @param optimizer whose rates are set
  public ConstantLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 5);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param factor 0 to 1
  /// @param totalIters the first epoch with the full rate
  public ConstantLR(Optimizer optimizer, double factor, long totalIters) {
    super(optimizer);
    if (!(factor >= 0 && factor <= 1)) {
      throw new IllegalArgumentException("ConstantLR: factor must be 0 to 1: " + factor);
    }
    this.factor = factor;
    this.totalIters = totalIters;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    if (lastEpoch() == 0) {
      return group.lr() * factor;
    }
    return lastEpoch() == totalIters ? group.lr() * (1 / factor) : group.lr();
  }

  @Override
  protected double closedForm(ParameterGroup group, int index) {
    return baseLr(index) * (factor + (lastEpoch() >= totalIters ? 1 - factor : 0));
  }
}
