package dev.gatun.nn.optim;

import java.util.Map;

/// The numbers that an optimizer descends by. Implementations are records of numbers and booleans;
/// each component has PyTorch's name for what is read and set by name: `weightDecay` is
/// `weight_decay`, `beta1` is `betas.0`.
public interface OptimizerOptions {
  /// {@return the learning rate}
  double lr();

  /// All of the numbers by PyTorch's names, booleans as 0 and 1.
  ///
  /// @return a new map in the order of the components
  default Map<String, Double> numbers() {
    return OptionNumbers.of(this);
  }

  /// The same but for one number.
  ///
  /// @param name PyTorch's
  /// @param value checked as the constructor does
  /// @return changed options of the same type
  /// @throws IllegalArgumentException if there is no such number or the value is not allowed
  default OptimizerOptions with(String name, double value) {
    return OptionNumbers.with(this, name, value);
  }

  /// Refuses numbers that do not go together, before the first step.
  ///
  /// @throws IllegalArgumentException which ones
  default void validate() {}
}
