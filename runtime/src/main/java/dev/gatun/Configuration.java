package dev.gatun;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;
import dev.gatun.kernel.VectorWidth;
import dev.gatun.natives.NativeLibrary;
import java.util.Locale;
import java.util.Objects;

/// What decides the last bits of results here, beside the program and its data. Of two processes
/// with equal configurations the results are the same bits, whatever their numbers of threads;
/// others may round differently.
///
/// @param version of this library
/// @param backend what computes matrix products
/// @param vectorBits the width of vectors, 0 without
/// @param openblas version and kernels of the native library, such as `0.3.31 SkylakeX`; empty when
///   another backend runs
/// @param java the feature release of the JVM, whose `Math` is used
/// @param arch the architecture, such as `amd64`
public record Configuration(
    String version, Backend backend, int vectorBits, String openblas, int java, String arch) {

  /// That of this process. Chooses the backend if nothing has done so yet.
  ///
  /// @return the same one during the whole life of a process
  /// @throws IllegalStateException if `-Dgatun.backend` names one that cannot run
  public static Configuration current() {
    Backend backend = Backends.current();
    String openblas = "";
    if (backend == Backend.OPENBLAS) {
      NativeLibrary library = Objects.requireNonNull(Blas.report().library());
      openblas = library.version() + " " + Blas.load().info().coreName();
    }
    return new Configuration(
        Gatun.version(),
        backend,
        backend == Backend.SCALAR ? 0 : VectorWidth.bits(),
        openblas,
        Runtime.version().feature(),
        System.getProperty("os.arch", ""));
  }

  /// The fingerprint, to compare machines by.
  ///
  /// @return equal for equal configurations
  public Fingerprint fingerprint() {
    return Fingerprint.of(toString());
  }

  /// One line, such as `gatun 0.1.0, openblas 0.3.31 SkylakeX, vectors of 512 bits, java 25,
  /// amd64`.
  @Override
  public String toString() {
    String library = openblas.isEmpty() ? "" : " " + openblas;
    return "gatun %s, %s%s, vectors of %d bits, java %d, %s"
        .formatted(
            version, backend.name().toLowerCase(Locale.ROOT), library, vectorBits, java, arch);
  }
}
