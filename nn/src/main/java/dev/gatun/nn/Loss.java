package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Compares an output with what it should be.
@FunctionalInterface
public interface Loss {
  /// Computes the loss; it belongs to the current scope.
  ///
  /// @param input the output of a model
  /// @param target what it should be
  /// @return a scalar, or one value each with [Reduction#NONE]
  Tensor forward(Tensor input, Tensor target);
}
