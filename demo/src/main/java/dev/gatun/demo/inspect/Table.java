package dev.gatun.demo.inspect;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text in columns: the first to the left, the others as they are told.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final int left;

  /// A table.
  ///
  /// @param left how many columns are aligned to the left
  /// @param titles of the columns
  public Table(int left, String... titles) {
    this.left = left;
    rows.add(List.of(titles));
  }

  /// Adds a row.
  ///
  /// @param cells as many as there are titles
  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  /// Prints all rows.
  ///
  /// @param out where to
  public void print(PrintWriter out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ");
        line.append(i < left ? row.get(i) + space : space + row.get(i));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /// A number of six digits, or a dash for none.
  ///
  /// @param value any
  /// @return its text
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
