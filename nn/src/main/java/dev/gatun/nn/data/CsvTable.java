package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// What a CSV file holds.
///
/// @param columns their names
/// @param values `[rows, columns]`
public record CsvTable(List<String> columns, Tensor values) {
  /// Copies the names.
  public CsvTable {
    columns = List.copyOf(columns);
  }
}
