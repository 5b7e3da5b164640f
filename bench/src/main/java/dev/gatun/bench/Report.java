package dev.gatun.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Prints JMH's JSON as Markdown tables, one column for each backend.
public final class Report {
  private static final List<String> COLUMNS = List.of("cblas", "openblas", "vector", "scalar");

  private final List<Measurement> measurements;
  private final List<String> columns;

  private Report(List<Measurement> measurements) {
    this.measurements = measurements;
    Set<String> present = new LinkedHashSet<>(COLUMNS);
    measurements.forEach(m -> present.add(m.column()));
    present.removeIf(c -> measurements.stream().noneMatch(m -> m.column().equals(c)));
    columns = List.copyOf(present);
  }

  /// Prints a report.
  ///
  /// @param arguments the file, and what to call the machine
  /// @throws IOException if the file cannot be read
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: Report RESULTS.json MACHINE");
      System.exit(2);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(markdown(Json.read(Path.of(arguments[0])), arguments[1]));
  }

  static String markdown(Object json, String machine) {
    if (!(json instanceof List<?> results)) {
      throw new IllegalArgumentException("report: not a result of JMH: no array");
    }
    List<Measurement> measurements = new ArrayList<>();
    for (Object result : results) {
      if (result instanceof Map<?, ?> map) {
        measurements.add(Measurement.of(map));
      }
    }
    return new Report(measurements).markdown(machine);
  }

  private String markdown(String machine) {
    StringBuilder text = new StringBuilder(machine).append("; ");
    Set<String> how = new LinkedHashSet<>();
    measurements.forEach(m -> how.add(m.how()));
    text.append(String.join(" / ", how)).append(".\n");
    table(
        text,
        "Time of one operation, ± half of the 99.9 % confidence interval; × is the speed relative"
            + " to the row's first column.",
        _ -> true,
        this::time);
    table(text, "GFLOP/s.", Measurement::isMatmul, m -> digits(m.gflops()));
    table(
        text,
        "Bytes allocated on the Java heap by one operation.",
        m -> !Double.isNaN(m.heapBytes()),
        m -> format("%.0f", m.heapBytes()));
    return text.toString();
  }

  private void table(
      StringBuilder text,
      String title,
      Predicate<Measurement> shown,
      Function<Measurement, String> cell) {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    measurements.stream()
        .filter(shown)
        .forEach(m ->
            rows.computeIfAbsent(m.row(), _ -> new LinkedHashMap<>())
                .put(m.column(), cell.apply(m)));
    if (rows.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append("\n\n| |");
    columns.forEach(column -> text.append(' ').append(column).append(" |"));
    text.append("\n|---|").append("---:|".repeat(columns.size())).append('\n');
    rows.forEach((row, cells) -> {
      text.append("| ").append(row).append(" |");
      columns.forEach(c -> text.append(' ').append(cells.getOrDefault(c, "–")).append(" |"));
      text.append('\n');
    });
  }

  private String time(Measurement m) {
    Measurement first = firstOf(m.row());
    String error = Double.isNaN(m.error()) ? "" : " ± " + duration(m.error());
    String ratio =
        first == null || first.equals(m) ? "" : format(" (×%.2f)", first.nanos() / m.nanos());
    return duration(m.nanos()) + error + ratio;
  }

  private @Nullable Measurement firstOf(String row) {
    for (String column : columns) {
      for (Measurement m : measurements) {
        if (m.row().equals(row) && m.column().equals(column)) {
          return m;
        }
      }
    }
    return null;
  }

  /// In the unit that suits it, with three digits that count.
  ///
  /// @param nanos a time
  /// @return number and unit
  public static String duration(double nanos) {
    if (nanos < 1e3) {
      return digits(nanos) + " ns";
    }
    if (nanos < 1e6) {
      return digits(nanos / 1e3) + " µs";
    }
    return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
  }

  /// Three digits that count.
  private static String digits(double value) {
    return format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
