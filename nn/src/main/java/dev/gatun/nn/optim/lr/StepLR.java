package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;

/// Multiplies the rate by `gamma` every `stepSize` epochs.
public final class StepLR extends EpochScheduler {
  private final long stepSize;
  private final double gamma;

  /// With a factor of 0.1.
  ///
  /// @param optimizer whose rates are set
  /// @param stepSize epochs between two changes
  public StepLR(Optimizer optimizer, long stepSize) {
    this(optimizer, stepSize, 0.1);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param stepSize epochs between two changes
  /// @param gamma factor of the rate
  public StepLR(Optimizer optimizer, long stepSize, double gamma) {
    super(optimizer);
    Rates.requirePositive("StepLR: step size", stepSize);
    this.stepSize = stepSize;
    this.gamma = gamma;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    return lastEpoch() == 0 || lastEpoch() % stepSize != 0 ? group.lr() : group.lr() * gamma;
  }

  @Override
  protected double closedForm(ParameterGroup group, int index) {
    return baseLr(index) * Math.pow(gamma, (double) Math.floorDiv(lastEpoch(), stepSize));
  }
}
