package dev.gatun.kernel;

import org.jspecify.annotations.Nullable;

/// Rows of a table, picked by index and gathered in bags.
///
/// @param index I64, checked
/// @param count how many indices
/// @param starts first index of each bag, then `count`; null where each index is a bag
/// @param padding an index that stands for nothing; -1 for none
/// @param columns elements of a row
public record Bags(
    ElementRun index, long count, long @Nullable [] starts, long padding, int columns) {
  Bags alias() {
    return new Bags(index.alias(), count, starts, padding, columns);
  }

  /// How many bags there are.
  ///
  /// @return their number
  public long bags() {
    return starts == null ? count : starts.length - 1;
  }

  long start(long bag) {
    return starts == null ? bag : starts[(int) bag];
  }

  long at(long i) {
    return Element.i64(index.memory(), index.at(i, Long.BYTES));
  }
}
