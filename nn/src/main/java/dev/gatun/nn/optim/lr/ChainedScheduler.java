package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Steps several schedulers of one optimizer at once, one after the other.
public final class ChainedScheduler implements LRScheduler {
  private final List<LRScheduler> schedulers;
  private List<Double> lastLr;

  /// Changes nothing yet: the schedulers have set the rates of epoch 0.
  ///
  /// @param schedulers at least one, all of one optimizer
  public ChainedScheduler(List<? extends LRScheduler> schedulers) {
    this.schedulers = List.copyOf(schedulers);
    SequentialLR.requireOne("ChainedScheduler", this.schedulers);
    this.lastLr = Rates.of(optimizer());
  }

  @Override
  public Optimizer optimizer() {
    return schedulers.getFirst().optimizer();
  }

  @Override
  public void step() {
    schedulers.forEach(LRScheduler::step);
    lastLr = Rates.of(optimizer());
  }

  @Override
  public List<Double> lastLr() {
    return lastLr;
  }

  @Override
  public Map<String, Double> stateDict() {
    Map<String, Double> state = new LinkedHashMap<>();
    SequentialLR.save(state, schedulers, lastLr);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Double> state) {
    lastLr = SequentialLR.load("ChainedScheduler", state, schedulers, lastLr.size());
  }
}
