package dev.gatun.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which [Backend] computes in this process, and why. Decided on first use, once.
///
/// | system property | values | default |
/// |---|---|---|
/// | `gatun.backend` | `auto`, `openblas`, `vector`, `scalar` | `auto`: the first that works |
/// | `gatun.threads` | a number of threads from 1 to 1024 | the processors of this JVM |
///
/// Every method throws [IllegalStateException] if a property has another value, or if it names a
/// backend that cannot run here.
public final class Backends {
  /// Holds a failure too, so that every call reports it and not only the first.
  private static final class Holder {
    static final Choice CHOICE = Choice.fromSystem();

    private Holder() {}
  }

  private static final class Threads {
    static final int COUNT =
        threads(System.getProperty("gatun.threads"), Runtime.getRuntime().availableProcessors());

    private Threads() {}
  }

  private Backends() {}

  /// The backend that computes.
  ///
  /// @return the one backend of this process
  public static Backend current() {
    return Holder.CHOICE.current();
  }

  /// How many threads a large operation may use, the calling one included.
  ///
  /// @return at least 1
  public static int threads() {
    if (Threads.COUNT == 0) {
      throw new IllegalStateException(
          "backend: -Dgatun.threads is not a number from 1 to 1024: "
              + System.getProperty("gatun.threads"));
    }
    return Threads.COUNT;
  }

  /// As [#threads()], but 0 where the property is wrong: the log line must not fail.
  static int configuredThreads() {
    return Threads.COUNT;
  }

  /// Whether code on the Vector API may be loaded. True also where [#current()] is OPENBLAS or was
  /// forced to SCALAR.
  ///
  /// @return true if the module is there and the machine has vectors of 128 bits or more
  public static boolean vectorAvailable() {
    return VectorProbe.REASON.isEmpty();
  }

  /// The backends that work here. Asks for OpenBLAS, so this loads it.
  ///
  /// @return from the most to the least preferred, never empty
  public static List<Backend> available() {
    return Choice.available();
  }

  /// One line on a backend: why it runs, why it cannot, or that it was not asked for.
  ///
  /// @param backend which one
  /// @return without a period at its end
  public static String reason(Backend backend) {
    return Holder.CHOICE.reason(backend);
  }

  /// The number that the property asks for, or 0 when it is none.
  static int threads(@Nullable String property, int processors) {
    if (property == null || property.isBlank()) {
      return processors;
    }
    try {
      int threads = Integer.parseInt(property.strip());
      return threads >= 1 && threads <= 1024 ? threads : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
