package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.List;

/// Leads the rate to a constant one, for the averaging of weights (PyTorch's
/// `torch.optim.swa_utils.SWALR`).
public final class SWALR extends EpochScheduler {
  private final List<Double> rates;
  private final long annealEpochs;
  private final boolean cosine;

  /// Along a cosine in 10 epochs.
  ///
  /// @param optimizer whose rates are set
  /// @param swaLr the last rate
  public SWALR(Optimizer optimizer, double swaLr) {
    this(optimizer, List.of(swaLr), 10, true);
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param swaLrs the last rate, one for all groups or one for each
  /// @param annealEpochs epochs on the way
  /// @param cosine whether along a cosine, else in a straight line
  public SWALR(Optimizer optimizer, List<Double> swaLrs, long annealEpochs, boolean cosine) {
    super(optimizer);
    if (annealEpochs < 0) {
      throw new IllegalArgumentException(
          "SWALR: anneal epochs must not be negative: " + annealEpochs);
    }
    this.rates = Rates.perGroup("SWALR: swaLrs", optimizer, swaLrs);
    this.annealEpochs = annealEpochs;
    this.cosine = cosine;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    double last = rates.get(index);
    long step = annealEpochs == 0 ? Math.max(1, stepCount() - 1) : stepCount() - 1;
    double before = way(step - 1);
    double first = before == 1 ? last : (group.lr() - before * last) / (1 - before);
    double now = way(step);
    return last * now + first * (1 - now);
  }

  private double way(long step) {
    double t = Math.max(0, Math.min(1, (double) step / Math.max(1, annealEpochs)));
    return cosine ? (1 - Math.cos(Math.PI * t)) / 2 : t;
  }
}
