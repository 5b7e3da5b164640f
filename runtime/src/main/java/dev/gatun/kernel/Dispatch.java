package dev.gatun.kernel;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;

/// Whether the vector versions of the row kernels run, decided once.
final class Dispatch {
  private static final boolean VECTOR =
      Backends.vectorAvailable()
          && Backends.current() != Backend.SCALAR
          && VectorF32Arithmetic.SPECIES.length() >= 4;

  private Dispatch() {}

  static boolean vector() {
    return VECTOR;
  }
}
