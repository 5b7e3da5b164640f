package dev.gatun.nn.data;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.function.Supplier;

/// Numbers of samples.
final class Indices {
  private Indices() {}

  @CanIgnoreReturnValue
  static long check(String who, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "%s: index out of range: %d (of %d samples)".formatted(who, index, size));
    }
    return index;
  }

  /// Draws with tensors that are gone afterwards.
  static long[] draw(Supplier<Tensor> drawn) {
    try (var _ = Scope.open("sampler")) {
      return drawn.get().toLongArray();
    }
  }

  static PrimitiveIterator.OfLong each(long[] indices) {
    return Arrays.stream(indices).iterator();
  }

  /// Whether each follows the one before, so that the samples are one view.
  static boolean areConsecutive(long[] indices) {
    for (int i = 1; i < indices.length; i++) {
      if (indices[i] != indices[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }
}
