package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.List;

/// Multiplies the rate by `gamma` at each milestone, and as often as it is listed.
public final class MultiStepLR extends EpochScheduler {
  private final List<Integer> milestones;
  private final double gamma;

  /// With a factor of 0.1.
  ///
  /// @param optimizer whose rates are set
  /// @param milestones epochs, in any order
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones) {
    this(optimizer, milestones, 0.1);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param milestones epochs, in any order
  /// @param gamma factor of the rate
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones, double gamma) {
    super(optimizer);
    this.milestones = List.copyOf(milestones);
    this.gamma = gamma;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    long times = milestones.stream().filter(milestone -> milestone == lastEpoch()).count();
    return times == 0 ? group.lr() : group.lr() * Math.pow(gamma, (double) times);
  }

  @Override
  protected double closedForm(ParameterGroup group, int index) {
    long times = milestones.stream().filter(milestone -> milestone <= lastEpoch()).count();
    return baseLr(index) * Math.pow(gamma, (double) times);
  }
}
