package dev.gatun.demo.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Prints a comparison for people or for programs.
public final class ComparisonWriter {
  private ComparisonWriter() {}

  /// Prints a table: a row for each workload, a pair of columns for each backend.
  ///
  /// @param comparison what was measured
  /// @param out where to print
  public static void table(Comparison comparison, PrintWriter out) {
    Machine machine = comparison.machine();
    out.printf("%s, %d cores, %s%n", machine.cpu(), machine.cores(), machine.os());
    out.printf("Java %s%n%n", machine.java());
    List<String> backends =
        comparison.results().stream().map(Measurement::backend).distinct().toList();
    out.printf("%-24s", "");
    backends.forEach(backend -> out.printf("%24s", backend));
    out.printf("%n%-24s", "median, GFLOP/s");
    comparison.results().stream()
        .collect(
            Collectors.toMap(
                Measurement::backend, Measurement::threads, (a, b) -> a, LinkedHashMap::new))
        .forEach((backend, threads) -> out.printf("%24s", threads + " threads"));
    out.println();
    comparison.results().stream()
        .map(Measurement::workload)
        .distinct()
        .forEach(workload -> row(comparison, workload, backends, out));
    comparison.missing().forEach((backend, why) -> out.printf("%nno %s: %s%n", backend, why));
  }

  private static void row(
      Comparison comparison, String workload, List<String> backends, PrintWriter out) {
    out.printf("%-24s", workload);
    for (String backend : backends) {
      String cell =
          comparison.results().stream()
              .filter(result -> result.workload().equals(workload))
              .filter(result -> result.backend().equals(backend))
              .map(result -> String.format(Locale.ROOT, "%s %9.2f", result.time(), result.gflops()))
              .findFirst()
              .orElse("-");
      out.printf("%24s", cell);
    }
    out.println();
  }

  /// Prints one JSON object with `machine`, `results` and, where a backend is not among them,
  /// `missing`.
  ///
  /// @param comparison what was measured
  /// @param out where to print
  public static void json(Comparison comparison, PrintWriter out) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      machine(comparison.machine(), json);
      json.writeArrayFieldStart("results");
      for (Measurement result : comparison.results()) {
        json.writeStartObject();
        json.writeStringField("workload", result.workload());
        json.writeStringField("backend", result.backend());
        json.writeNumberField("threads", result.threads());
        json.writeNumberField("medianNanos", result.medianNanos());
        json.writeNumberField("gflops", result.gflops());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("missing");
      for (var entry : comparison.missing().entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("compare: writing to memory failed", e);
    }
    out.println(text);
  }

  private static void machine(Machine machine, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("cpu", machine.cpu());
    json.writeNumberField("cores", machine.cores());
    json.writeStringField("os", machine.os());
    json.writeStringField("java", machine.java());
    json.writeEndObject();
  }
}
