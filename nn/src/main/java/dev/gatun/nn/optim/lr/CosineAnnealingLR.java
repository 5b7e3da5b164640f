package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;

/// Lets the rate fall to `etaMin` and rise again along a cosine (Loshchilov and Hutter,
/// arXiv:1608.03983), without restarts:
///
/// ```
/// lr = etaMin + (lr₀ - etaMin) · (1 + cos(π · epoch / tMax)) / 2
/// ```
public final class CosineAnnealingLR extends EpochScheduler {
  private final long tMax;
  private final double etaMin;

  /// Down to 0.
  ///
  /// @param optimizer whose rates are set
  /// @param tMax half a period, in epochs
  public CosineAnnealingLR(Optimizer optimizer, long tMax) {
    this(optimizer, tMax, 0);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param tMax half a period, in epochs
  /// @param etaMin the lowest rate
  public CosineAnnealingLR(Optimizer optimizer, long tMax, double etaMin) {
    super(optimizer);
    Rates.requirePositive("CosineAnnealingLR: tMax", tMax);
    this.tMax = tMax;
    this.etaMin = etaMin;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    long epoch = lastEpoch();
    if (epoch == 0) {
      return group.lr();
    }
    if (stepCount() == 1 && epoch > 0) {
      return closedForm(group, index);
    }
    if ((epoch - 1 - tMax) % (2 * tMax) == 0) {
      return group.lr() + (baseLr(index) - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
    }
    return (1 + Math.cos(Math.PI * epoch / tMax))
            / (1 + Math.cos(Math.PI * (epoch - 1) / tMax))
            * (group.lr() - etaMin)
        + etaMin;
  }

  @Override
  protected double closedForm(ParameterGroup group, int index) {
    double cosine = Math.cos(Math.PI * lastEpoch() / tMax);
    return etaMin + (baseLr(index) - etaMin) * (1 + cosine) / 2;
  }
}
