package dev.gatun;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;
import dev.gatun.natives.LoadReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Why a backend does not run, and what to do about it.
///
/// @param forced what `-Dgatun.backend` names, empty when it leaves the choice open
/// @param missing one line for each backend that cannot run
record Advice(String forced, Map<Backend, String> missing) {

  static Advice ofSystem() {
    String forced = forcedBySystem();
    // What is forced is never loaded past, so there is nothing to be said of the others.
    return new Advice(forced, forced.isEmpty() ? missingHere() : Map.of());
  }

  static String forcedBySystem() {
    String property = System.getProperty("gatun.backend", "").strip().toLowerCase(Locale.ROOT);
    return property.equals("auto") ? "" : property;
  }

  private static Map<Backend, String> missingHere() {
    List<Backend> available = Backends.available();
    return List.of(Backend.values()).stream()
        .filter(backend -> !available.contains(backend))
        .collect(Collectors.toMap(backend -> backend, Advice::reason));
  }

  private static String reason(Backend backend) {
    return switch (backend) {
      case OPENBLAS -> reason(Blas.report());
      case VECTOR, SCALAR -> Backends.reason(backend);
    };
  }

  /// Why there is no library, and what mends the first candidate, which is the one we bring.
  static String reason(LoadReport report) {
    String fix = report.rejected().isEmpty() ? "" : report.rejected().getFirst().fix();
    return fix.isEmpty() ? report.toString() : report + "; " + fix;
  }

  /// One line for the exception when none of the wanted backends is the one that runs.
  String refusal(List<Backend> wanted, Backend runs) {
    String names = wanted.stream().map(Backend::name).collect(Collectors.joining(" or "));
    return "require: %s is wanted, %s runs: %s".formatted(names, runs, why(wanted, runs));
  }

  private String why(List<Backend> wanted, Backend runs) {
    if (!forced.isEmpty()) {
      return "-Dgatun.backend=%s is set; remove it or set -Dgatun.backend=%s"
          .formatted(forced, flag(wanted.getFirst()));
    }
    for (Backend backend : wanted) {
      if (!missing.containsKey(backend)) {
        return "%s comes before %s; set -Dgatun.backend=%s".formatted(runs, backend, flag(backend));
      }
    }
    return wanted.stream()
        .map(backend -> (wanted.size() > 1 ? backend + ": " : "") + missing.get(backend))
        .collect(Collectors.joining("; "));
  }

  private static String flag(Backend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }
}
