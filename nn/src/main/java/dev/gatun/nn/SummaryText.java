package dev.gatun.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// [Summary] as text.
final class SummaryText {
  private static final List<String> HEAD =
      List.of("layer", "output", "parameters", "memory", "FLOPs");

  private SummaryText() {}

  static String of(Summary summary) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    summary.rows().forEach(row -> lines.add(cells(row)));
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    int total = 2 * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    String rule = "-".repeat(total);
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(line(line, widths)).append('\n');
      if (line.equals(HEAD)) {
        text.append(rule).append('\n');
      }
    }
    return text.append(rule).append('\n').append(sums(summary)).toString();
  }

  private static List<String> cells(Summary.Row row) {
    int dot = row.name().lastIndexOf('.');
    String label = row.name().isEmpty() ? "" : row.name().substring(dot + 1) + ": ";
    String again = row.sameAs() == null ? "" : " (same as " + row.sameAs() + ")";
    String often = row.calls() > 1 ? " (called " + row.calls() + " times)" : "";
    return List.of(
        "  ".repeat(row.depth()) + label + row.type() + again + often,
        row.output() == null ? "-" : row.output().toString().replace(" ", ""),
        number(row.parameters()),
        row.bytes() == 0 ? "-" : bytes(row.bytes()),
        number(row.flops()));
  }

  /// The first two columns from the left, numbers from the right.
  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : "  ").append(i < 2 ? cells.get(i) + space : space + cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  private static String sums(Summary summary) {
    long frozen = summary.parameters() - summary.trainable();
    return "parameters: %s (%s)%s\n"
            .formatted(
                grouped(summary.parameters()),
                bytes(summary.parameterBytes()),
                frozen == 0 ? "" : ", frozen: " + grouped(frozen))
        + (summary.bufferBytes() == 0 ? "" : "buffers: " + bytes(summary.bufferBytes()) + "\n")
        + "outputs of layers: %s\n".formatted(bytes(summary.outputBytes()))
        + "FLOPs: %s (%s multiply-adds)"
            .formatted(grouped(summary.flops()), grouped(summary.multiplyAdds()));
  }

  private static String number(long value) {
    return value == 0 ? "-" : grouped(value);
  }

  private static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
