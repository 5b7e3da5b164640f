package dev.gatun.nn.data;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads numbers from CSV files (RFC 4180: quoted fields, a quote in them doubled, lines end by LF
/// or CR LF), strictly: every line has as many fields as the first, and every field of a column
/// that is read is a number, `nan` or `inf`. Values go straight to native memory.
public final class Csv {
  private static final int CHUNK = 1 << 16;

  private final CsvScanner scanner;
  private final Path file;
  private final CsvOptions options;
  private final List<String> names = new ArrayList<>();
  private final List<Tensor> full = new ArrayList<>();
  private Tensor chunk;
  private int used;

  private Csv(CsvScanner scanner, Path file, CsvOptions options) {
    this.scanner = scanner;
    this.file = file;
    this.options = options;
    this.chunk = Tensor.empty(options.dtype(), CHUNK);
  }

  /// Reads a whole file with a header and commas as F32.
  ///
  /// @param file the file
  /// @return its columns
  /// @throws IOException if it cannot be read or is no such file; the message has the file, the
  ///   line and the column
  public static CsvTable read(Path file) throws IOException {
    return read(file, CsvOptions.standard());
  }

  /// Reads a whole file. Numbers are rounded to F64, and from there to F32 where that is asked for.
  ///
  /// @param file the file
  /// @param options what is read
  /// @return the columns; the values belong to the current scope
  /// @throws IOException if it cannot be read or is no such file; the message has the file, the
  ///   line and the column
  public static CsvTable read(Path file, CsvOptions options) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        var _ = Scope.open("csv")) {
      return new Csv(new CsvScanner(in, file, options.separator()), file, options).read();
    }
  }

  private CsvTable read() throws IOException {
    if (scanner.atEnd()) {
      throw new IOException("Csv: the file is empty: " + file);
    }
    List<String> first = firstLine();
    int[] places = places();
    int width = options.columns().isEmpty() ? first.size() : options.columns().size();
    double[] row = new double[width];
    long rows = 0;
    if (!options.header()) {
      for (int column = 0; column < first.size(); column++) {
        byte[] text = first.get(column).getBytes(StandardCharsets.UTF_8);
        if (places[column] >= 0) {
          row[places[column]] = number(text, text.length, 1, column);
        }
      }
      append(row);
      rows++;
    }
    while (!scanner.atEnd()) {
      readRow(row, places);
      append(row);
      rows++;
    }
    full.add(chunk.narrow(0, 0, used));
    Tensor values = Tensor.cat(full, 0).keep().view(rows, width);
    return new CsvTable(options.columns().isEmpty() ? names : options.columns(), values);
  }

  private List<String> firstLine() throws IOException {
    List<String> fields = new ArrayList<>();
    CsvScanner.End end;
    do {
      end = scanner.next();
      names.add(options.header() ? scanner.text().strip() : Integer.toString(fields.size()));
      fields.add(scanner.text());
    } while (end == CsvScanner.End.FIELD);
    return fields;
  }

  /// For each column of the file its place in the result, -1 for those left out.
  private int[] places() throws IOException {
    int[] places = new int[names.size()];
    Arrays.fill(places, options.columns().isEmpty() ? 0 : -1);
    if (options.columns().isEmpty()) {
      Arrays.setAll(places, i -> i);
    }
    for (int i = 0; i < options.columns().size(); i++) {
      String wanted = options.columns().get(i);
      int at = names.indexOf(wanted);
      if (at < 0) {
        throw new IOException(
            "Csv: no such column: \"%s\" (%s has %s)".formatted(wanted, file, names));
      }
      if (at != names.lastIndexOf(wanted) || places[at] >= 0) {
        throw new IOException(
            "Csv: a column is there twice: \"%s\" (%s has %s, wanted are %s)"
                .formatted(wanted, file, names, options.columns()));
      }
      places[at] = i;
    }
    return places;
  }

  private void readRow(double[] row, int[] places) throws IOException {
    long line = scanner.line();
    int column = 0;
    CsvScanner.End end;
    do {
      end = scanner.next();
      if (column < places.length && places[column] >= 0) {
        boolean alone = column == 0 && end != CsvScanner.End.FIELD && places.length > 1;
        if (!alone) {
          row[places[column]] = number(scanner.bytes(), scanner.length(), line, column);
        }
      }
      column++;
    } while (end == CsvScanner.End.FIELD);
    if (column != places.length) {
      throw new IOException(
          "Csv: wrong number of fields: %s (line %d has %d, the first %d)"
              .formatted(file, line, scanner.isBlank() && column == 1 ? 0 : column, places.length));
    }
  }

  private double number(byte[] text, int length, long line, int column) throws IOException {
    try {
      return Decimals.parse(text, length);
    } catch (NumberFormatException e) {
      String shown = new String(text, 0, Math.min(length, 40), StandardCharsets.UTF_8);
      throw new IOException(
          "Csv: not a number: \"%s\" (%s, line %d, column %d \"%s\")"
              .formatted(shown, file, line, column + 1, names.get(column)),
          e);
    }
  }

  private void append(double[] row) {
    var memory = chunk.segment();
    for (double value : row) {
      if (used == CHUNK) {
        full.add(chunk);
        chunk = Tensor.empty(options.dtype(), CHUNK);
        memory = chunk.segment();
        used = 0;
      }
      if (options.dtype() == DType.F32) {
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, used++, (float) value);
      } else {
        memory.setAtIndex(ValueLayout.JAVA_DOUBLE, used++, value);
      }
    }
  }
}
