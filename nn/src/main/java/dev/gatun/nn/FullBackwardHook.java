package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What runs when a backward has found the gradients of a module that was called by [Module#call].
///
/// Both gradients belong to the pass: `copy()` or `keep()` them to have them for longer, and do not
/// change them in place.
@FunctionalInterface
public interface FullBackwardHook {
  /// Sees the gradients, and may replace that of the input.
  ///
  /// @param module what was called
  /// @param gradInput gradient with respect to its input; null where the input needs none
  /// @param gradOutput gradient with respect to its output
  /// @return the gradient of the input to go on with, in its shape and dtype, or null to leave it
  @Nullable Tensor backward(Module module, @Nullable Tensor gradInput, Tensor gradOutput);
}
