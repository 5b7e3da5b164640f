package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;

/// A schedule by the number of steps alone. Call [#step()] after the optimizer's, once an epoch or
/// once a batch.
public sealed interface LRScheduler extends Scheduler
    permits EpochScheduler, SequentialLR, ChainedScheduler {
  /// {@return the optimizer whose rates are set}
  Optimizer optimizer();

  /// Sets the rates of the next epoch.
  void step();
}
