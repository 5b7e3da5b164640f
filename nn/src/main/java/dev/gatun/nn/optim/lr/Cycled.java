package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.OptimizerOptions;
import java.util.Map;

/// Finds the momentum that a schedule changes.
final class Cycled {
  private Cycled() {}

  static String momentum(String scheduler, Optimizer optimizer) {
    OptimizerOptions options = optimizer.defaults();
    Map<String, Double> numbers = options.numbers();
    if (numbers.containsKey("momentum")) {
      return "momentum";
    }
    if (numbers.containsKey("betas.0")) {
      return "betas.0";
    }
    throw new IllegalArgumentException(
        "%s: the optimizer has no momentum: %s; use cycleMomentum(false)"
            .formatted(scheduler, numbers.keySet()));
  }
}
