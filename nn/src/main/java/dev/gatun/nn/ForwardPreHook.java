package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What [Module#call] runs before [Module#forward].
@FunctionalInterface
public interface ForwardPreHook {
  /// Sees the input, and may replace it.
  ///
  /// @param module what is called
  /// @param x its input
  /// @return the input to go on with, or null to leave it
  @Nullable Tensor before(Module module, Tensor x);
}
