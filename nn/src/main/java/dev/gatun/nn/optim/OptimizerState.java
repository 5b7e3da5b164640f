package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an optimizer remembers, in the structure of PyTorch's `state_dict()`, flattened by dots:
///
/// | name                    | what                                                     |
/// |-------------------------|----------------------------------------------------------|
/// | `state.0.exp_avg`       | a tensor kept for parameter 0                            |
/// | `state.0.step`          | a number kept for parameter 0                            |
/// | `param_groups.0.lr`     | an option of group 0, booleans as 0 and 1                |
/// | `param_groups.0.params.1` | the number of the group's parameter 1 among all of them |
///
/// @param tensors by name; those of [Optimizer#stateDict()] share the optimizer's memory
/// @param numbers by name
public record OptimizerState(Map<String, Tensor> tensors, Map<String, Double> numbers) {
  /// Copies the maps, not the tensors.
  public OptimizerState {
    tensors = new LinkedHashMap<>(tensors);
    numbers = new LinkedHashMap<>(numbers);
  }
}
