package dev.gatun.nn;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.OptimizerState;
import dev.gatun.nn.optim.lr.Scheduler;
import dev.gatun.tensor.Tensor;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

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

  /// The state of an optimizer: its moments, step counts and options.
  ///
  /// @param optimizer to be saved and loaded
  /// @return its state
  static TrainingState of(Optimizer optimizer) {
    return new TrainingState() {
      @Override
      public Map<String, Tensor> tensors() {
        return optimizer.stateDict().tensors();
      }

      @Override
      public Map<String, Double> numbers() {
        return optimizer.stateDict().numbers();
      }

      @Override
      public void load(Map<String, Tensor> tensors, Map<String, Double> numbers) {
        optimizer.loadStateDict(new OptimizerState(tensors, numbers));
      }
    };
  }

  /// The state of a scheduler: where it is, not how it was made. The rates are the optimizer's and
  /// are saved with that.
  ///
  /// @param scheduler to be saved and loaded
  /// @return its state
  static TrainingState of(Scheduler scheduler) {
    return ofNumbers(scheduler::stateDict, scheduler::loadStateDict);
  }

  /// The state of what has numbers only; they may be infinite or NaN.
  ///
  /// @param save gives the numbers
  /// @param load takes them over
  /// @return its state
  static TrainingState ofNumbers(
      Supplier<Map<String, Double>> save, Consumer<Map<String, Double>> load) {
    return new TrainingState() {
      @Override
      public Map<String, Double> numbers() {
        return save.get();
      }

      @Override
      public void load(Map<String, Tensor> tensors, Map<String, Double> numbers) {
        load.accept(numbers);
      }
    };
  }

  /// The state of what has tensors only, such as an average of weights.
  ///
  /// @param save gives the tensors, such as `average::stateDict`
  /// @param load copies them, such as `average::loadStateDict`
  /// @return its state
  static TrainingState ofTensors(
      Supplier<Map<String, Tensor>> save, Consumer<Map<String, Tensor>> load) {
    return new TrainingState() {
      @Override
      public Map<String, Tensor> tensors() {
        return save.get();
      }

      @Override
      public void load(Map<String, Tensor> tensors, Map<String, Double> numbers) {
        load.accept(tensors);
      }
    };
  }
}
