package dev.gatun.nn.data;

import java.util.PrimitiveIterator;

/// Decides which samples a pass has and in which order: PyTorch's `Sampler`.
public interface Sampler {
  /// {@return how many samples a pass has}
  long size();

  /// Starts a pass. What is random in it is drawn now.
  ///
  /// @return the numbers of the samples
  PrimitiveIterator.OfLong iterator();
}
