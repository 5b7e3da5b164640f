package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.Map;

/// Something beside a module that has to be saved so that training goes on as if it had never
/// stopped: named tensors and named numbers.
public interface TrainingState {
  /// {@return tensors by name; views of the live ones will do}
  default Map<String, Tensor> tensors() {
    return Map.of();
  }

  /// {@return numbers by name, saved exactly}
  default Map<String, Double> numbers() {
    return Map.of();
  }

  /// Takes over what was saved.
  ///
  /// @param tensors to be copied; they end with the call
  /// @param numbers by name
  /// @throws IllegalArgumentException if they do not fit; nothing must be changed then
  void load(Map<String, Tensor> tensors, Map<String, Double> numbers);
}
