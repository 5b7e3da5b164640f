package dev.gatun.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A [Program] for people to read: a line of numbers, then one line for each step in columns.
final class ProgramText {
  private static final String HEADER = "step,operation,inputs,results,kernel,bytes,weights";

  private ProgramText() {}

  static String of(List<Step> steps, long planned, long constants, long weights) {
    long apart =
        steps.stream().flatMap(s -> s.made.stream()).mapToLong(v -> v.storage.byteSize()).sum();
    String numbers =
        "%d steps on %s: %d bytes for results (%d without reuse), %d for constants, %d of weights"
            .formatted(steps.size(), StepKernels.products(), planned, apart, constants, weights);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(HEADER.split(",")));
    for (int i = 0; i < steps.size(); i++) {
      rows.add(row(i, steps.get(i)));
    }
    return Stream.concat(Stream.of(numbers), aligned(rows))
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static List<String> row(int i, Step step) {
    long bytes = step.made.stream().mapToLong(v -> v.storage.byteSize()).sum();
    long weights = step.weights().values().stream().mapToLong(b -> b).sum();
    return List.of(
        Integer.toString(i),
        step.label(),
        Stream.of(step.inputs).map(x -> Shapes.format(x.shape)).collect(Collectors.joining(" ")),
        step.made.stream().map(Value::describe).collect(Collectors.joining(" ")),
        StepKernels.of(step),
        Long.toString(bytes),
        Long.toString(weights));
  }

  /// Words to the left of their columns, numbers to the right.
  private static Stream<String> aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      boolean number = i == 0 || i >= widths.length - 2;
      line.append(i == 0 ? "" : "  ")
          .append(("%" + (number ? "" : "-") + widths[i] + "s").formatted(row.get(i)));
    }
    return line.toString();
  }
}
