package dev.gatun.kernel;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;

/// Makes the implementations of [Gemm]; those on the Vector API are loaded only where it is there.
final class Gemms {
  static final Gemm CURRENT = make(Backends.current());

  private Gemms() {}

  static Gemm make(Backend backend) {
    return switch (backend) {
      case OPENBLAS -> new BlasGemm(Blas.load());
      case VECTOR -> {
        if (!Backends.vectorAvailable()) {
          throw new IllegalStateException(
              "gemm: no Vector API; start java with --add-modules jdk.incubator.vector");
        }
        yield new VectorGemm();
      }
      case SCALAR -> new ScalarGemm();
    };
  }
}
