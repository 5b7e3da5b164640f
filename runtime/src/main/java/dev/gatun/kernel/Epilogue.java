package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What is done to every element of a product once its sum is complete: `act(c + bias)`, with one
/// bias for each column.
///
/// @param bias `n` elements of the product's dtype, one after the other; null for none
/// @param biasOffset where it begins, in elements
/// @param activation what is applied after the bias
public record Epilogue(@Nullable MemorySegment bias, long biasOffset, Activation activation) {
  /// Leaves the product as it is.
  public static final Epilogue NONE = new Epilogue(null, 0, Activation.NONE);

  /// Whether there is nothing to do.
  ///
  /// @return true without bias and activation
  public boolean isNone() {
    return bias == null && activation == Activation.NONE;
  }

  /// The same with memory that workers may use while the caller waits.
  Epilogue forWorkers() {
    return bias == null ? this : new Epilogue(Workers.alias(bias), biasOffset, activation);
  }
}
