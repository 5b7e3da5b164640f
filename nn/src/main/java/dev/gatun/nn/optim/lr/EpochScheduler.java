package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A schedule that computes the rate of each group from its last one and the number of the epoch:
/// the base of one's own. A constructor ends with [#start()].
public abstract non-sealed class EpochScheduler implements LRScheduler {
  private final Optimizer optimizer;
  private final List<Double> baseLrs = new ArrayList<>();
  private List<Double> lastLr;
  private long lastEpoch = -1;
  private long stepCount;

  /// Notes the rates that the groups have now as their first ones, `initial_lr`, unless another
  /// scheduler did.
  ///
  /// @param optimizer whose rates are set
  protected EpochScheduler(Optimizer optimizer) {
    this.optimizer = optimizer;
    for (ParameterGroup group : optimizer.groups()) {
      if (!group.has("initial_lr")) {
        group.set("initial_lr", group.lr());
      }
      baseLrs.add(group.get("initial_lr"));
    }
    lastLr = Rates.of(optimizer);
  }

  /// Sets the rates of epoch 0; the last statement of a constructor.
  protected final void start() {
    stepCount = 0;
    step();
  }

  /// The rate of one group in epoch [#lastEpoch()].
  ///
  /// @param group which still has the rate of the epoch before
  /// @param index of the group
  /// @return the new rate
  protected abstract double rate(ParameterGroup group, int index);

  /// The same from the first rate alone, where there is such a formula.
  ///
  /// @param group which still has the rate of the epoch before
  /// @param index of the group
  /// @return the new rate
  protected double closedForm(ParameterGroup group, int index) {
    return rate(group, index);
  }

  @Override
  public void step() {
    stepCount++;
    lastEpoch++;
    set(false);
  }

  /// Goes to an epoch out of order.
  void stepTo(long epoch) {
    stepCount++;
    lastEpoch = epoch;
    set(true);
  }

  private void set(boolean closed) {
    List<ParameterGroup> groups = optimizer.groups();
    for (int i = 0; i < groups.size(); i++) {
      ParameterGroup group = groups.get(i);
      group.lr(closed ? closedForm(group, i) : rate(group, i));
    }
    lastLr = Rates.of(optimizer);
  }

  /// Takes back the step that the constructor did, for a scheduler that comes later.
  void undo() {
    lastEpoch--;
  }

  @Override
  public final Optimizer optimizer() {
    return optimizer;
  }

  /// {@return how often this was stepped since it was made}
  public final long lastEpoch() {
    return lastEpoch;
  }

  /// {@return the number of calls so far, that of the constructor included}
  final long stepCount() {
    return stepCount;
  }

  /// The rate that a group had first.
  ///
  /// @param index of the group
  /// @return its `initial_lr`
  protected final double baseLr(int index) {
    return baseLrs.get(index);
  }

  /// Sets the rate that a group is thought to have had first.
  final void baseLr(int index, double lr) {
    baseLrs.set(index, lr);
  }

  @Override
  public final List<Double> lastLr() {
    return lastLr;
  }

  @Override
  public final Map<String, Double> stateDict() {
    Map<String, Double> state = new LinkedHashMap<>();
    state.put("last_epoch", (double) lastEpoch);
    state.put("_step_count", (double) stepCount);
    for (int i = 0; i < baseLrs.size(); i++) {
      state.put("base_lrs." + i, baseLrs.get(i));
    }
    Rates.saveLast(state, lastLr);
    save(state);
    return state;
  }

  @Override
  public final void loadStateDict(Map<String, Double> state) {
    String name = getClass().getSimpleName();
    List<Double> bases = new ArrayList<>();
    for (int i = 0; i < baseLrs.size(); i++) {
      bases.add(Rates.get(name, state, "base_lrs." + i));
    }
    List<Double> last = Rates.loadLast(name, state, baseLrs.size());
    double epoch = Rates.get(name, state, "last_epoch");
    double count = Rates.get(name, state, "_step_count");
    load(state);
    lastEpoch = (long) epoch;
    stepCount = (long) count;
    baseLrs.clear();
    baseLrs.addAll(bases);
    lastLr = last;
  }

  /// Adds what else changes from step to step to a state.
  ///
  /// @param state by name
  protected void save(Map<String, Double> state) {}

  /// Takes what [#save] added; refuses what is missing before it changes anything.
  ///
  /// @param state by name
  protected void load(Map<String, Double> state) {}
}
