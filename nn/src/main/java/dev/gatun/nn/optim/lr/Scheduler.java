package dev.gatun.nn.optim.lr;

import java.util.List;
import java.util.Map;

/// Changes the learning rates of an optimizer's groups as training goes on.
public interface Scheduler {
  /// {@return the rate of each group since the last step}
  List<Double> lastLr();

  /// What changes from step to step, by PyTorch's names, lists flattened by dots: `last_epoch`,
  /// `base_lrs.0`. What the constructor is given is not in it.
  ///
  /// @return a new map
  Map<String, Double> stateDict();

  /// Goes on where the scheduler was that made `state`. The rates themselves are the optimizer's
  /// and come with its own state.
  ///
  /// @param state of a scheduler made in the same way
  /// @throws IllegalArgumentException if a number is missing; nothing was changed then
  void loadStateDict(Map<String, Double> state);
}
