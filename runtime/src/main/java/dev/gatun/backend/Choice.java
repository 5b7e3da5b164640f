package dev.gatun.backend;

import dev.gatun.bindings.Blas;
import dev.gatun.natives.NativeLibraryException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcome of choosing a backend.
///
/// @param chosen the backend, or null when there is only a failure
/// @param reasons one line for each backend
/// @param failure why nothing can run, or null
record Choice(@Nullable Backend chosen, Map<Backend, String> reasons, @Nullable String failure) {

  /// What is known of one backend.
  record Finding(boolean works, String reason) {}

  /// Looks at one backend; OpenBLAS is loaded by that.
  @FunctionalInterface
  interface Probe {
    Finding look(Backend backend);
  }

  private static final String NOT_TRIED = "not tried: ";
  private static final Duration START = Duration.ofSeconds(1);

  static Choice fromSystem() {
    String refused = refusedAccess();
    if (refused != null) {
      return new Choice(null, Map.of(), refused);
    }
    String property = System.getProperty("gatun.backend");
    Choice choice = make(property, Choice::probe);
    Flight.tell(choice);
    if (choice.chosen != null) {
      boolean missed = !choice.missed().isEmpty();
      Thread.ofPlatform().name("gatun-log").daemon(!missed).start(() -> choice.log(missed));
    }
    return choice;
  }

  static List<Backend> available() {
    List<Backend> works = new ArrayList<>();
    for (Backend backend : Backend.values()) {
      try {
        if (probe(backend).works()) {
          works.add(backend);
        }
      } catch (NativeLibraryException e) {
        // a library that was asked for by name and fails is no available backend
      }
    }
    return List.copyOf(works);
  }

  /// Memory of this module is native too, so without it nothing works at all.
  @SuppressWarnings("restricted")
  private static @Nullable String refusedAccess() {
    try {
      MemorySegment _ = MemorySegment.NULL.reinterpret(0);
      return null;
    } catch (IllegalCallerException e) {
      String names =
          Choice.class.getModule().isNamed()
              ? "dev.gatun.natives,dev.gatun.bindings,dev.gatun.runtime"
              : "ALL-UNNAMED";
      return "backend: this JVM refuses native access; start java with --enable-native-access="
          + names;
    }
  }

  static Choice make(@Nullable String property, Probe probe) {
    String asked = property == null || property.isBlank() ? "auto" : property.strip();
    if (asked.equalsIgnoreCase("auto")) {
      return firstThatWorks(probe);
    }
    for (Backend backend : Backend.values()) {
      if (asked.equalsIgnoreCase(backend.name())) {
        return forced(backend, probe);
      }
    }
    return new Choice(
        null,
        Map.of(),
        "backend: -Dgatun.backend is none of auto, openblas, vector, scalar: " + property);
  }

  private static Choice firstThatWorks(Probe probe) {
    Map<Backend, String> reasons = new EnumMap<>(Backend.class);
    Backend chosen = null;
    for (Backend backend : Backend.values()) {
      Finding finding;
      try {
        finding = probe.look(backend);
      } catch (NativeLibraryException e) {
        return new Choice(null, reasons, e.getMessage());
      }
      reasons.put(backend, finding.reason());
      if (chosen == null && finding.works()) {
        chosen = backend;
      }
    }
    return new Choice(chosen, reasons, null);
  }

  private static Choice forced(Backend backend, Probe probe) {
    String flag = "-Dgatun.backend=" + name(backend);
    Map<Backend, String> reasons = new EnumMap<>(Backend.class);
    for (Backend other : Backend.values()) {
      reasons.put(other, NOT_TRIED + flag);
    }
    Finding finding;
    try {
      finding = probe.look(backend);
    } catch (NativeLibraryException e) {
      finding = new Finding(false, String.valueOf(e.getMessage()));
    }
    reasons.put(backend, finding.reason());
    if (finding.works()) {
      return new Choice(backend, reasons, null);
    }
    return new Choice(
        null, reasons, "backend: " + flag + " cannot be satisfied: " + finding.reason());
  }

  private static Finding probe(Backend backend) {
    return switch (backend) {
      case OPENBLAS -> new Finding(Blas.isAvailable(), Blas.report().toString());
      case VECTOR -> {
        String reason = VectorProbe.REASON;
        yield new Finding(reason.isEmpty(), reason.isEmpty() ? "Vector API" : reason);
      }
      case SCALAR -> new Finding(true, "plain Java");
    };
  }

  Backend current() {
    if (chosen == null) {
      throw new IllegalStateException(failure);
    }
    return chosen;
  }

  String reason(Backend backend) {
    return reasons.getOrDefault(backend, failure == null ? "" : failure);
  }

  /// Backends that would have been preferred, and did not work.
  private List<Backend> missed() {
    List<Backend> missed = new ArrayList<>();
    for (Backend backend : Backend.values()) {
      boolean rejected = backend.compareTo(current()) < 0 && !reason(backend).startsWith(NOT_TRIED);
      if (rejected || missesVectors(backend)) {
        missed.add(backend);
      }
    }
    return missed;
  }

  /// The vector code serves every other operation too, so its absence is worth a line.
  private boolean missesVectors(Backend backend) {
    return backend == Backend.VECTOR && chosen == Backend.OPENBLAS && !VectorProbe.REASON.isEmpty();
  }

  /// The JDK's logging takes longer to load than everything else here. Where all is well it waits
  /// until the process has had time to start, and a program that has ended by then is not told.
  private void log(boolean atOnce) {
    try {
      Thread.sleep(atOnce ? Duration.ZERO : START);
    } catch (InterruptedException _) {
      return;
    }
    System.Logger logger = System.getLogger("dev.gatun.backend");
    logger.log(
        Level.INFO,
        "backend {0}, threads {1}: {2}",
        name(current()),
        Integer.toString(Backends.configuredThreads()),
        reason(current()));
    for (Backend backend : missed()) {
      String why = missesVectors(backend) ? VectorProbe.REASON : reason(backend);
      logger.log(Level.INFO, "backend {0} not taken: {1}", name(backend), why);
    }
  }

  private static String name(Backend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }
}
