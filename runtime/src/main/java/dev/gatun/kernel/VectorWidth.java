package dev.gatun.kernel;

import dev.gatun.backend.Backends;

/// How wide this machine's vectors are. Loads the Vector API only where it can be used.
public final class VectorWidth {
  private VectorWidth() {}

  /// The width of the vectors that kernels prefer.
  ///
  /// @return bits, or 0 where the Vector API cannot be used
  public static int bits() {
    return Backends.vectorAvailable() ? VectorF32Arithmetic.SPECIES.vectorBitSize() : 0;
  }
}
