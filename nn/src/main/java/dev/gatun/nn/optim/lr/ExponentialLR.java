package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;

/// Multiplies the rate by `gamma` every epoch.
public final class ExponentialLR extends EpochScheduler {
  private final double gamma;

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param gamma factor of the rate
  public ExponentialLR(Optimizer optimizer, double gamma) {
    super(optimizer);
    this.gamma = gamma;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    return lastEpoch() == 0 ? group.lr() : group.lr() * gamma;
  }

  @Override
  protected double closedForm(ParameterGroup group, int index) {
    return baseLr(index) * Math.pow(gamma, (double) lastEpoch());
  }
}
