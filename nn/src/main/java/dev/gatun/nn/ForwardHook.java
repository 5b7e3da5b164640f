package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What [Module#call] runs after [Module#forward].
@FunctionalInterface
public interface ForwardHook {
  /// Sees the output, and may replace it.
  ///
  /// @param module what was called
  /// @param x its input
  /// @param y its output
  /// @return the output to go on with, or null to leave it
  @Nullable Tensor after(Module module, Tensor x, Tensor y);
}
