package dev.gatun.demo.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The same workloads on every backend that runs here.
///
/// @param machine what it was measured on
/// @param results all measurements, backend by backend
/// @param missing why a backend is not among the results, by its name
public record Comparison(Machine machine, List<Measurement> results, Map<String, String> missing) {
  private static final List<String> BACKENDS = List.of("openblas", "vector", "scalar");

  /// Measures every backend, one after another, each in a JVM of its own.
  ///
  /// @param quick whether to skip the large sizes and the repetitions, to test the machinery only
  /// @return what was measured
  /// @throws IOException if no backend could be measured
  public static Comparison measure(boolean quick) throws IOException {
    List<Measurement> results = new ArrayList<>();
    Map<String, String> missing = new TreeMap<>();
    for (String backend : BACKENDS) {
      MeasuringProcess.Outcome outcome = MeasuringProcess.run(backend, quick);
      results.addAll(outcome.measurements());
      if (!outcome.complaint().isEmpty()) {
        missing.put(backend, outcome.complaint());
      }
    }
    if (results.isEmpty()) {
      throw new IOException("no backend could be measured: " + missing);
    }
    return new Comparison(
        Machine.here(), List.copyOf(results), Collections.unmodifiableMap(missing));
  }
}
