package dev.gatun.nn.data;

import dev.gatun.memory.DType;
import java.util.List;
import java.util.function.Consumer;

/// How a CSV file is read.
///
/// ```java
/// CsvOptions.standard().separator(';').columns("height", "weight").dtype(DType.F64)
/// ```
///
/// @param separator between two fields, an ASCII character
/// @param header whether the first line names the columns; else they are named `0`, `1`, …
/// @param columns those to read, in this order; empty for all
/// @param dtype F32 or F64
public record CsvOptions(char separator, boolean header, List<String> columns, DType dtype) {
  /// Checks the values.
  public CsvOptions {
    columns = List.copyOf(columns);
    if (separator >= 128 || separator == '"' || separator == '\n' || separator == '\r') {
      throw new IllegalArgumentException(
          "Csv: no separator: character %d; it must be ASCII, no quote and no end of line"
              .formatted((int) separator));
    }
    if (dtype != DType.F32 && dtype != DType.F64) {
      throw new IllegalArgumentException("Csv: dtype must be F32 or F64: " + dtype);
    }
  }

  /// {@return all columns of a file with commas and a header, as F32}
  public static CsvOptions standard() {
    return new CsvOptions(',', true, List.of(), DType.F32);
  }

  /// {@return these with another separator}
  ///
  /// @param character between two fields
  public CsvOptions separator(char character) {
    return with(to -> to.separator = character);
  }

  /// {@return these with or without a header}
  ///
  /// @param present whether the first line names the columns
  public CsvOptions header(boolean present) {
    return with(to -> to.header = present);
  }

  /// {@return these with a selection}
  ///
  /// @param names of the columns to read, in this order
  public CsvOptions columns(String... names) {
    return with(to -> to.columns = List.of(names));
  }

  /// {@return these with another dtype}
  ///
  /// @param type F32 or F64
  public CsvOptions dtype(DType type) {
    return with(to -> to.dtype = type);
  }

  private CsvOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new CsvOptions(to.separator, to.header, to.columns, to.dtype);
  }

  /// These while some of them change.
  private final class Draft {
    private char separator = separator();
    private boolean header = header();
    private List<String> columns = columns();
    private DType dtype = dtype();
  }
}
