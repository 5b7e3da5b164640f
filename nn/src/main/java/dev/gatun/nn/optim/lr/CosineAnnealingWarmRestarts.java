package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.Map;

/// Lets the rate fall to `etaMin` along a cosine, then starts anew (SGDR, Loshchilov and Hutter,
/// arXiv:1608.03983). Each period is `tMult` times as long as the one before:
///
/// ```
/// lr = etaMin + (lr₀ - etaMin) · (1 + cos(π · tCur / tI)) / 2
/// ```
public final class CosineAnnealingWarmRestarts extends EpochScheduler {
  private final long t0;
  private final long tMult;
  private final double etaMin;
  private double tCur;
  private double tI;

  /// With periods of one length, down to 0.
  ///
  /// @param optimizer whose rates are set
  /// @param t0 the length of a period, in epochs
  public CosineAnnealingWarmRestarts(Optimizer optimizer, long t0) {
    this(optimizer, t0, 1, 0);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param t0 the length of the first period, in epochs
  /// @param tMult factor of the length from period to period
  /// @param etaMin the lowest rate
  public CosineAnnealingWarmRestarts(Optimizer optimizer, long t0, long tMult, double etaMin) {
    super(optimizer);
    Rates.requirePositive("CosineAnnealingWarmRestarts: t0", t0);
    Rates.requirePositive("CosineAnnealingWarmRestarts: tMult", tMult);
    this.t0 = t0;
    this.tMult = tMult;
    this.etaMin = etaMin;
    this.tI = t0;
    start();
  }

  @Override
  public void step() {
    if (lastEpoch() < 0) {
      at(0);
    } else {
      tCur++;
      if (tCur >= tI) {
        tCur -= tI;
        tI *= tMult;
      }
    }
    super.step();
  }

  /// Goes to any epoch, or to a part of one after `epoch + batch / batches`; the rate is that of
  /// its place in its period.
  ///
  /// @param epoch not negative
  public void step(double epoch) {
    if (!(epoch >= 0)) {
      throw new IllegalArgumentException(
          "CosineAnnealingWarmRestarts: epoch must not be negative: " + epoch);
    }
    at(epoch);
    super.stepTo((long) Math.floor(epoch));
  }

  @Override
  void stepTo(long epoch) {
    step((double) epoch);
  }

  private void at(double epoch) {
    if (epoch < t0) {
      tI = t0;
      tCur = epoch;
    } else if (tMult == 1) {
      tCur = epoch % t0;
    } else {
      double periods = Math.log(epoch / t0 * (tMult - 1) + 1) / Math.log((double) tMult);
      double factor = Math.pow((double) tMult, Math.floor(periods));
      tCur = epoch - t0 * (factor - 1) / (tMult - 1);
      tI = t0 * factor;
    }
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    return etaMin + (baseLr(index) - etaMin) * (1 + Math.cos(Math.PI * tCur / tI)) / 2;
  }

  @Override
  protected void save(Map<String, Double> state) {
    state.put("T_cur", tCur);
    state.put("T_i", tI);
  }

  @Override
  protected void load(Map<String, Double> state) {
    double current = Rates.get("CosineAnnealingWarmRestarts", state, "T_cur");
    tI = Rates.get("CosineAnnealingWarmRestarts", state, "T_i");
    tCur = current;
  }
}
