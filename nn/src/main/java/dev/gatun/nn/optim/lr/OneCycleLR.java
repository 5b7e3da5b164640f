package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Lets the rate rise to `maxLr` and fall far below its start, and momentum the other way round
/// (Smith and Topin, arXiv:1708.07120). Step it after every batch.
///
/// Momentum is `momentum`, or the first of the `betas`, of the optimizer's options.
public final class OneCycleLR extends EpochScheduler {
  private static final String NAME = "OneCycleLR";

  private final Options options;
  private final List<Phase> phases = new ArrayList<>();
  private final String momentum;

  private record Phase(
      double end, String fromLr, String toLr, String fromMomentum, String toMomentum) {}

  /// With PyTorch's defaults.
  ///
  /// @param optimizer whose rates are set
  /// @param maxLr the highest rate
  /// @param totalSteps the length of the cycle
  public OneCycleLR(Optimizer optimizer, double maxLr, long totalSteps) {
    this(optimizer, Options.of(maxLr, totalSteps));
  }

  /// Sets the rates of step 0.
  ///
  /// @param optimizer whose rates are set
  /// @param options the shape of the cycle
  public OneCycleLR(Optimizer optimizer, Options options) {
    super(optimizer);
    this.options = options;
    this.momentum = options.cycleMomentum ? Cycled.momentum(NAME, optimizer) : "";
    List<Double> maxLrs = Rates.perGroup(NAME + ": max lr", optimizer, options.maxLr);
    for (int i = 0; i < maxLrs.size(); i++) {
      ParameterGroup group = optimizer.groups().get(i);
      double initial = maxLrs.get(i) / options.divFactor;
      group.set("initial_lr", initial).set("max_lr", maxLrs.get(i));
      group.set("min_lr", initial / options.finalDivFactor);
      baseLr(i, initial);
      if (options.cycleMomentum) {
        group.set(momentum, options.maxMomentum);
        group.set("max_momentum", options.maxMomentum).set("base_momentum", options.baseMomentum);
      }
    }
    double rise = options.pctStart * options.totalSteps;
    phases.add(new Phase(rise - 1, "initial_lr", "max_lr", "max_momentum", "base_momentum"));
    if (options.threePhase) {
      double fall = 2 * options.pctStart * options.totalSteps;
      phases.add(new Phase(fall - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum"));
      phases.add(
          new Phase(
              options.totalSteps - 1, "initial_lr", "min_lr", "max_momentum", "max_momentum"));
    } else {
      phases.add(
          new Phase(options.totalSteps - 1, "max_lr", "min_lr", "base_momentum", "max_momentum"));
    }
    start();
  }

  /// @throws IllegalStateException past the last step
  @Override
  public void step() {
    if (lastEpoch() >= options.totalSteps) {
      throw new IllegalStateException(
          NAME + ": no step after the last: " + options.totalSteps + " in all");
    }
    super.step();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    double start = 0;
    int at = 0;
    while (at < phases.size() - 1 && lastEpoch() > phases.get(at).end) {
      start = phases.get(at++).end;
    }
    Phase phase = phases.get(at);
    double share = (lastEpoch() - start) / (phase.end - start);
    if (options.cycleMomentum) {
      group.set(momentum, between(group, phase.fromMomentum, phase.toMomentum, share));
    }
    return between(group, phase.fromLr, phase.toLr, share);
  }

  private double between(ParameterGroup group, String from, String to, double share) {
    double a = group.get(from);
    double b = group.get(to);
    return options.cosine ? b + (a - b) / 2 * (Math.cos(Math.PI * share) + 1) : (b - a) * share + a;
  }

  /// The shape of the cycle; [#of] has PyTorch's defaults.
  ///
  /// @param maxLr the highest rate, one for all groups or one for each
  /// @param totalSteps the length of the cycle
  /// @param pctStart share of the steps in which the rate rises
  /// @param cosine whether along a cosine, else in straight lines
  /// @param cycleMomentum whether momentum goes the other way round
  /// @param baseMomentum the lowest momentum
  /// @param maxMomentum the highest momentum
  /// @param divFactor the highest rate divided by the first
  /// @param finalDivFactor the first rate divided by the last
  /// @param threePhase whether the rate falls as it rose before it falls further
  public record Options(
      List<Double> maxLr,
      long totalSteps,
      double pctStart,
      boolean cosine,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum,
      double divFactor,
      double finalDivFactor,
      boolean threePhase) {
    /// Checks the numbers.
    public Options {
      maxLr = List.copyOf(maxLr);
      Rates.requirePositive(NAME + ": total steps", totalSteps);
      if (!(pctStart >= 0 && pctStart <= 1)) {
        throw new IllegalArgumentException(NAME + ": pctStart must be 0 to 1: " + pctStart);
      }
    }

    /// PyTorch's defaults.
    ///
    /// @param maxLr the highest rate
    /// @param totalSteps the length of the cycle
    /// @return the options
    public static Options of(double maxLr, long totalSteps) {
      return new Options(List.of(maxLr), totalSteps, 0.3, true, true, 0.85, 0.95, 25, 1e4, false);
    }

    /// Sets `maxLr`.
    ///
    /// @param maxLr the highest rate, one for all groups or one for each
    /// @return changed options
    public Options maxLr(List<Double> maxLr) {
      return with(to -> to.maxLr = maxLr);
    }

    /// Sets `pctStart`.
    ///
    /// @param pctStart share of the steps in which the rate rises
    /// @return changed options
    public Options pctStart(double pctStart) {
      return with(to -> to.pctStart = pctStart);
    }

    /// Sets `cosine`.
    ///
    /// @param cosine whether along a cosine, else in straight lines
    /// @return changed options
    public Options cosine(boolean cosine) {
      return with(to -> to.cosine = cosine);
    }

    /// Sets `cycleMomentum`.
    ///
    /// @param cycleMomentum whether momentum goes the other way round
    /// @return changed options
    public Options cycleMomentum(boolean cycleMomentum) {
      return with(to -> to.cycleMomentum = cycleMomentum);
    }

    /// Sets `baseMomentum`.
    ///
    /// @param baseMomentum the lowest momentum
    /// @return changed options
    public Options baseMomentum(double baseMomentum) {
      return with(to -> to.baseMomentum = baseMomentum);
    }

    /// Sets `maxMomentum`.
    ///
    /// @param maxMomentum the highest momentum
    /// @return changed options
    public Options maxMomentum(double maxMomentum) {
      return with(to -> to.maxMomentum = maxMomentum);
    }

    /// Sets `divFactor`.
    ///
    /// @param divFactor the highest rate divided by the first
    /// @return changed options
    public Options divFactor(double divFactor) {
      return with(to -> to.divFactor = divFactor);
    }

    /// Sets `finalDivFactor`.
    ///
    /// @param finalDivFactor the first rate divided by the last
    /// @return changed options
    public Options finalDivFactor(double finalDivFactor) {
      return with(to -> to.finalDivFactor = finalDivFactor);
    }

    /// Sets `threePhase`.
    ///
    /// @param threePhase whether the rate falls as it rose before it falls further
    /// @return changed options
    public Options threePhase(boolean threePhase) {
      return with(to -> to.threePhase = threePhase);
    }

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(
          to.maxLr,
          to.totalSteps,
          to.pctStart,
          to.cosine,
          to.cycleMomentum,
          to.baseMomentum,
          to.maxMomentum,
          to.divFactor,
          to.finalDivFactor,
          to.threePhase);
    }

    /// These while some of them change.
    private final class Draft {
      private List<Double> maxLr = maxLr();
      private long totalSteps = totalSteps();
      private double pctStart = pctStart();
      private boolean cosine = cosine();
      private boolean cycleMomentum = cycleMomentum();
      private double baseMomentum = baseMomentum();
      private double maxMomentum = maxMomentum();
      private double divFactor = divFactor();
      private double finalDivFactor = finalDivFactor();
      private boolean threePhase = threePhase();
    }
  }
}
