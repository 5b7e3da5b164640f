package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Follows one scheduler up to a milestone, then the next one, which begins at its epoch 0.
public final class SequentialLR implements LRScheduler {
  private final Optimizer optimizer;
  private final List<EpochScheduler> schedulers;
  private final List<Integer> milestones;
  private List<Double> lastLr;
  private long lastEpoch;

  /// Sets the rates of the first scheduler's epoch 0.
  ///
  /// @param optimizer of all of the schedulers
  /// @param schedulers at least one
  /// @param milestones the epoch at which each scheduler but the first begins, rising
  @SuppressWarnings("ReferenceEquality") // an optimizer is itself alone
  public SequentialLR(
      Optimizer optimizer, List<? extends EpochScheduler> schedulers, List<Integer> milestones) {
    this.optimizer = optimizer;
    this.schedulers = List.copyOf(schedulers);
    this.milestones = List.copyOf(milestones);
    requireOne("SequentialLR", this.schedulers);
    if (schedulers.getFirst().optimizer() != optimizer) {
      throw new IllegalArgumentException("SequentialLR: the schedulers are of another optimizer");
    }
    if (milestones.size() != schedulers.size() - 1) {
      throw new IllegalArgumentException(
          "SequentialLR: one milestone less than schedulers is needed: %d for %d"
              .formatted(milestones.size(), schedulers.size()));
    }
    for (int i = 1; i < milestones.size(); i++) {
      if (milestones.get(i) <= milestones.get(i - 1)) {
        throw new IllegalArgumentException("SequentialLR: milestones must rise: " + milestones);
      }
    }
    optimizer.groups().forEach(group -> group.lr(group.get("initial_lr")));
    this.schedulers.forEach(EpochScheduler::undo);
    this.schedulers.getFirst().start();
    lastLr = this.schedulers.getFirst().lastLr();
  }

  @SuppressWarnings("ReferenceEquality")
  static void requireOne(String name, List<? extends LRScheduler> schedulers) {
    if (schedulers.isEmpty()) {
      throw new IllegalArgumentException(name + ": no schedulers");
    }
    for (LRScheduler scheduler : schedulers) {
      if (scheduler.optimizer() != schedulers.getFirst().optimizer()) {
        throw new IllegalArgumentException(name + ": the schedulers are of several optimizers");
      }
    }
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public void step() {
    lastEpoch++;
    int current = 0;
    while (current < milestones.size() && milestones.get(current) <= lastEpoch) {
      current++;
    }
    EpochScheduler scheduler = schedulers.get(current);
    if (current > 0 && milestones.get(current - 1) == lastEpoch) {
      scheduler.stepTo(0);
    } else {
      scheduler.step();
    }
    lastLr = scheduler.lastLr();
  }

  @Override
  public List<Double> lastLr() {
    return lastLr;
  }

  @Override
  public Map<String, Double> stateDict() {
    Map<String, Double> state = new LinkedHashMap<>();
    state.put("last_epoch", (double) lastEpoch);
    save(state, schedulers, lastLr);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Double> state) {
    double epoch = Rates.get("SequentialLR", state, "last_epoch");
    lastLr = load("SequentialLR", state, schedulers, lastLr.size());
    lastEpoch = (long) epoch;
  }

  static void save(
      Map<String, Double> state, List<? extends LRScheduler> schedulers, List<Double> lastLr) {
    Rates.saveLast(state, lastLr);
    for (int i = 0; i < schedulers.size(); i++) {
      String prefix = "_schedulers." + i + ".";
      schedulers.get(i).stateDict().forEach((name, value) -> state.put(prefix + name, value));
    }
  }

  /// The rates of the state; those of the schedulers are restored if one refuses theirs.
  static List<Double> load(
      String name, Map<String, Double> state, List<? extends LRScheduler> schedulers, int groups) {
    List<Double> last = Rates.loadLast(name, state, groups);
    List<Map<String, Double>> before = schedulers.stream().map(Scheduler::stateDict).toList();
    try {
      for (int i = 0; i < schedulers.size(); i++) {
        schedulers.get(i).loadStateDict(Rates.part(state, "_schedulers." + i + "."));
      }
    } catch (IllegalArgumentException e) {
      for (int i = 0; i < schedulers.size(); i++) {
        schedulers.get(i).loadStateDict(before.get(i));
      }
      throw e;
    }
    return last;
  }
}
