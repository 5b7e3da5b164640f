package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/// Lets the rate go up and down between two bounds, and momentum the other way round (Smith,
/// arXiv:1506.01186). Step it after every batch.
///
/// Momentum is `momentum`, or the first of the `betas`, of the optimizer's options; PyTorch 1.13
/// refuses the latter.
public final class CyclicLR extends EpochScheduler {
  private static final String NAME = "CyclicLR";

  private final Options options;
  private final List<Double> maxLrs;
  private final String momentum;
  private final double total;
  private final double ratio;

  /// With PyTorch's defaults.
  ///
  /// @param optimizer whose rates are set
  /// @param baseLr the lowest rate
  /// @param maxLr the highest rate
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr) {
    this(optimizer, Options.of(baseLr, maxLr));
  }

  /// Sets the rates of step 0.
  ///
  /// @param optimizer whose rates are set
  /// @param options the shape of the cycles
  public CyclicLR(Optimizer optimizer, Options options) {
    super(optimizer);
    this.options = options;
    this.momentum = options.cycleMomentum ? Cycled.momentum(NAME, optimizer) : "";
    this.maxLrs = Rates.perGroup(NAME + ": max lr", optimizer, options.maxLr);
    List<Double> lowest = Rates.perGroup(NAME + ": base lr", optimizer, options.baseLr);
    for (int i = 0; i < lowest.size(); i++) {
      baseLr(i, lowest.get(i));
    }
    this.total = (double) options.stepSizeUp + options.stepSizeDown;
    this.ratio = options.stepSizeUp / total;
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    double cycle = Math.floor(1 + lastEpoch() / total);
    double x = 1 + lastEpoch() / total - cycle;
    double height = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    double scale = options.scale.applyAsDouble(options.perCycle ? cycle : lastEpoch());
    if (options.cycleMomentum) {
      double range = (options.maxMomentum - options.baseMomentum) * height;
      group.set(momentum, options.maxMomentum - range * scale);
    }
    double low = baseLr(index);
    return low + (maxLrs.get(index) - low) * height * scale;
  }

  /// The shape of the cycles; [#of] has PyTorch's defaults.
  ///
  /// @param baseLr the lowest rate, one for all groups or one for each
  /// @param maxLr the highest rate, one for all groups or one for each
  /// @param stepSizeUp steps in which the rate rises
  /// @param stepSizeDown steps in which it falls
  /// @param scale factor of the height of a cycle
  /// @param perCycle whether `scale` is given the number of the cycle from 1 on, else that of the
  ///   step
  /// @param cycleMomentum whether momentum goes the other way round
  /// @param baseMomentum the lowest momentum
  /// @param maxMomentum the highest momentum
  public record Options(
      List<Double> baseLr,
      List<Double> maxLr,
      long stepSizeUp,
      long stepSizeDown,
      DoubleUnaryOperator scale,
      boolean perCycle,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum) {
    /// Checks the numbers.
    public Options {
      baseLr = List.copyOf(baseLr);
      maxLr = List.copyOf(maxLr);
      Rates.requirePositive(NAME + ": steps up", stepSizeUp);
      Rates.requirePositive(NAME + ": steps down", stepSizeDown);
    }

    /// PyTorch's defaults: triangles of one height, 2000 steps up and down.
    ///
    /// @param baseLr the lowest rate
    /// @param maxLr the highest rate
    /// @return the options
    public static Options of(double baseLr, double maxLr) {
      return new Options(List.of(baseLr), List.of(maxLr), 2000, 2000, _ -> 1, true, true, 0.8, 0.9);
    }

    /// Halves the height from cycle to cycle, PyTorch's mode `triangular2`.
    ///
    /// @return changed options
    public Options triangular2() {
      return scale(cycle -> 1 / Math.pow(2, cycle - 1)).perCycle(true);
    }

    /// Multiplies the height by `gamma` from step to step, PyTorch's mode `exp_range`.
    ///
    /// @param gamma the factor
    /// @return changed options
    public Options expRange(double gamma) {
      return scale(step -> Math.pow(gamma, step)).perCycle(false);
    }

    /// Sets `baseLr`.
    ///
    /// @param baseLr the lowest rate, one for all groups or one for each
    /// @return changed options
    public Options baseLr(List<Double> baseLr) {
      return with(to -> to.baseLr = baseLr);
    }

    /// Sets `maxLr`.
    ///
    /// @param maxLr the highest rate, one for all groups or one for each
    /// @return changed options
    public Options maxLr(List<Double> maxLr) {
      return with(to -> to.maxLr = maxLr);
    }

    /// Sets `stepSizeUp`.
    ///
    /// @param stepSizeUp steps in which the rate rises
    /// @return changed options
    public Options stepSizeUp(long stepSizeUp) {
      return with(to -> to.stepSizeUp = stepSizeUp);
    }

    /// Sets `stepSizeDown`.
    ///
    /// @param stepSizeDown steps in which it falls
    /// @return changed options
    public Options stepSizeDown(long stepSizeDown) {
      return with(to -> to.stepSizeDown = stepSizeDown);
    }

    /// Sets `scale`.
    ///
    /// @param scale factor of the height of a cycle
    /// @return changed options
    public Options scale(DoubleUnaryOperator scale) {
      return with(to -> to.scale = scale);
    }

    /// Sets `perCycle`.
    ///
    /// @param perCycle whether `scale` is given the number of the cycle from 1 on, else that of the
    /// @return changed options
    public Options perCycle(boolean perCycle) {
      return with(to -> to.perCycle = perCycle);
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

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(
          to.baseLr,
          to.maxLr,
          to.stepSizeUp,
          to.stepSizeDown,
          to.scale,
          to.perCycle,
          to.cycleMomentum,
          to.baseMomentum,
          to.maxMomentum);
    }

    /// These while some of them change.
    private final class Draft {
      private List<Double> baseLr = baseLr();
      private List<Double> maxLr = maxLr();
      private long stepSizeUp = stepSizeUp();
      private long stepSizeDown = stepSizeDown();
      private DoubleUnaryOperator scale = scale();
      private boolean perCycle = perCycle();
      private boolean cycleMomentum = cycleMomentum();
      private double baseMomentum = baseMomentum();
      private double maxMomentum = maxMomentum();
    }
  }
}
