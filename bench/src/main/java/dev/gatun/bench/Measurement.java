package dev.gatun.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// One line of JMH's result.
///
/// @param row what was done: the method and its parameters but the backend
/// @param column what did it: the backend, or the benchmark's name where it has none
/// @param size the parameter `n`, or 0
/// @param nanos of one operation
/// @param error half of the 99.9 % confidence interval, NaN where there is none
/// @param heapBytes allocated on the Java heap by one operation, NaN where it was not measured
/// @param how JDK, threads, forks and iterations
record Measurement(
    String row,
    String column,
    long size,
    double nanos,
    double error,
    double heapBytes,
    String how) {

  private static final String BACKEND = "backend";
  private static final String THREADS = "-Dgatun.threads=";

  /// Reads one element of the array that JMH writes.
  static Measurement of(Map<?, ?> json) {
    String[] name = text(json, "benchmark").split("\\.", -1);
    Map<?, ?> params = map(json, "params");
    StringBuilder row = new StringBuilder(name[name.length - 1]);
    params.forEach((key, value) -> {
      if (!BACKEND.equals(key)) {
        row.append(' ').append(key).append('=').append(value);
      }
    });
    Object backend = params.get(BACKEND);
    String type = name[name.length - 2].replace("Benchmark", "");
    Map<?, ?> metric = map(json, "primaryMetric");
    double unit = unit(text(metric, "scoreUnit"));
    return new Measurement(
        row.toString(),
        backend == null ? type.toLowerCase(Locale.ROOT) : backend.toString(),
        params.get("n") == null ? 0 : (long) number(params, "n"),
        number(metric, "score") * unit,
        number(metric, "scoreError") * unit,
        heapBytes(map(json, "secondaryMetrics")),
        how(json));
  }

  /// Billions of floating-point operations in a second, of a square product.
  double gflops() {
    return 2.0 * size * size * size / nanos;
  }

  boolean isMatmul() {
    return row.startsWith("matmul");
  }

  private static String how(Map<?, ?> json) {
    String threads = "all";
    if (json.get("jvmArgs") instanceof List<?> arguments) {
      for (Object argument : arguments) {
        // java takes the last one too
        if (argument instanceof String text && text.startsWith(THREADS)) {
          threads = text.substring(THREADS.length());
        }
      }
    }
    return "JDK %s; threads: %s; %.0f fork(s), %.0f × %s after %.0f × %s of warm-up"
        .formatted(
            text(json, "jdkVersion"),
            threads,
            number(json, "forks"),
            number(json, "measurementIterations"),
            text(json, "measurementTime"),
            number(json, "warmupIterations"),
            text(json, "warmupTime"));
  }

  private static double heapBytes(Map<?, ?> metrics) {
    for (Object name : metrics.keySet()) {
      // older versions put a dot before it
      if (name.toString().endsWith("gc.alloc.rate.norm")) {
        return number(map(metrics, name.toString()), "score");
      }
    }
    return Double.NaN;
  }

  private static double unit(String unit) {
    return switch (unit) {
      case "ns/op" -> 1;
      case "us/op" -> 1e3;
      case "ms/op" -> 1e6;
      case "s/op" -> 1e9;
      default ->
          throw new IllegalArgumentException("report: not a time for one operation: " + unit);
    };
  }

  private static Map<?, ?> map(Map<?, ?> json, String name) {
    return json.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Map<?, ?> json, String name) {
    return Objects.requireNonNull(json.get(name), name).toString();
  }

  /// JMH writes numbers, and "NaN" in quotes; parameters are text.
  private static double number(Map<?, ?> json, String name) {
    return Double.parseDouble(text(json, name));
  }
}
