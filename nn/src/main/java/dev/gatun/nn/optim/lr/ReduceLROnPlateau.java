package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Multiplies the rates by `factor` where a metric has not become better for `patience` epochs.
public final class ReduceLROnPlateau implements Scheduler {
  private static final String NAME = "ReduceLROnPlateau";

  private final Optimizer optimizer;
  private final Options options;
  private final List<Double> minLrs;
  private double best;
  private long badEpochs;
  private long cooldownLeft;
  private long lastEpoch;
  private List<Double> lastLr;

  /// With PyTorch's defaults, for a metric that should fall.
  ///
  /// @param optimizer whose rates are set
  public ReduceLROnPlateau(Optimizer optimizer) {
    this(optimizer, Options.of());
  }

  /// With options.
  ///
  /// @param optimizer whose rates are set
  /// @param options when and how to reduce
  public ReduceLROnPlateau(Optimizer optimizer, Options options) {
    this.optimizer = optimizer;
    this.options = options;
    this.minLrs = Rates.perGroup(NAME + ": min lr", optimizer, options.minLr);
    this.best = options.max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    this.lastLr = Rates.of(optimizer);
  }

  /// Notes the metric of an epoch, and reduces the rates when it is time to.
  ///
  /// @param metric such as the loss on held-out data
  public void step(double metric) {
    lastEpoch++;
    if (isBetter(metric)) {
      best = metric;
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (cooldownLeft > 0) {
      cooldownLeft--;
      badEpochs = 0;
    }
    if (badEpochs > options.patience) {
      reduce();
      cooldownLeft = options.cooldown;
      badEpochs = 0;
    }
    lastLr = Rates.of(optimizer);
  }

  private boolean isBetter(double metric) {
    double threshold = options.threshold;
    if (options.relative) {
      return options.max ? metric > best * (threshold + 1) : metric < best * (1 - threshold);
    }
    return options.max ? metric > best + threshold : metric < best - threshold;
  }

  private void reduce() {
    for (int i = 0; i < minLrs.size(); i++) {
      ParameterGroup group = optimizer.groups().get(i);
      double lr = Math.max(group.lr() * options.factor, minLrs.get(i));
      if (group.lr() - lr > options.eps) {
        group.lr(lr);
      }
    }
  }

  @Override
  public List<Double> lastLr() {
    return lastLr;
  }

  /// {@return the best metric so far; infinite before the first}
  public double best() {
    return best;
  }

  @Override
  public Map<String, Double> stateDict() {
    Map<String, Double> state = new LinkedHashMap<>();
    state.put("best", best);
    state.put("num_bad_epochs", (double) badEpochs);
    state.put("cooldown_counter", (double) cooldownLeft);
    state.put("last_epoch", (double) lastEpoch);
    Rates.saveLast(state, lastLr);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Double> state) {
    double bad = Rates.get(NAME, state, "num_bad_epochs");
    double left = Rates.get(NAME, state, "cooldown_counter");
    double epoch = Rates.get(NAME, state, "last_epoch");
    double known = Rates.get(NAME, state, "best");
    lastLr = Rates.loadLast(NAME, state, minLrs.size());
    best = known;
    badEpochs = (long) bad;
    cooldownLeft = (long) left;
    lastEpoch = (long) epoch;
  }

  /// When and how to reduce; [#of()] has PyTorch's defaults.
  ///
  /// @param max whether larger metrics are better
  /// @param factor of the rate, below 1
  /// @param patience epochs without a better metric that are let pass
  /// @param threshold by how much a metric must be better
  /// @param relative whether the threshold is a share of the best metric
  /// @param cooldown epochs after a reduction that do not count
  /// @param minLr the lowest rate, one for all groups or one for each
  /// @param eps the least reduction that is made
  public record Options(
      boolean max,
      double factor,
      long patience,
      double threshold,
      boolean relative,
      long cooldown,
      List<Double> minLr,
      double eps) {
    /// Checks the numbers.
    public Options {
      minLr = List.copyOf(minLr);
      if (!(factor < 1)) {
        throw new IllegalArgumentException(NAME + ": factor must be below 1: " + factor);
      }
    }

    /// For a metric that should fall: a tenth after 10 epochs that are not better by 0.01 %.
    ///
    /// @return the options
    public static Options of() {
      return new Options(false, 0.1, 10, 1e-4, true, 0, List.of(0.0), 1e-8);
    }

    /// Sets `max`.
    ///
    /// @param max whether larger metrics are better
    /// @return changed options
    public Options max(boolean max) {
      return with(to -> to.max = max);
    }

    /// Sets `factor`.
    ///
    /// @param factor of the rate, below 1
    /// @return changed options
    public Options factor(double factor) {
      return with(to -> to.factor = factor);
    }

    /// Sets `patience`.
    ///
    /// @param patience epochs without a better metric that are let pass
    /// @return changed options
    public Options patience(long patience) {
      return with(to -> to.patience = patience);
    }

    /// Sets `threshold`.
    ///
    /// @param threshold by how much a metric must be better
    /// @return changed options
    public Options threshold(double threshold) {
      return with(to -> to.threshold = threshold);
    }

    /// Sets `relative`.
    ///
    /// @param relative whether the threshold is a share of the best metric
    /// @return changed options
    public Options relative(boolean relative) {
      return with(to -> to.relative = relative);
    }

    /// Sets `cooldown`.
    ///
    /// @param cooldown epochs after a reduction that do not count
    /// @return changed options
    public Options cooldown(long cooldown) {
      return with(to -> to.cooldown = cooldown);
    }

    /// Sets `minLr`.
    ///
    /// @param minLr the lowest rate, one for all groups or one for each
    /// @return changed options
    public Options minLr(List<Double> minLr) {
      return with(to -> to.minLr = minLr);
    }

    /// Sets `eps`.
    ///
    /// @param eps the least reduction that is made
    /// @return changed options
    public Options eps(double eps) {
      return with(to -> to.eps = eps);
    }

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(
          to.max, to.factor, to.patience, to.threshold, to.relative, to.cooldown, to.minLr, to.eps);
    }

    /// These while some of them change.
    private final class Draft {
      private boolean max = max();
      private double factor = factor();
      private long patience = patience();
      private double threshold = threshold();
      private boolean relative = relative();
      private long cooldown = cooldown();
      private List<Double> minLr = minLr();
      private double eps = eps();
    }
  }
}
