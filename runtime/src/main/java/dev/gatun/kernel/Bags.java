package dev.gatun.kernel;

import org.jspecify.annotations.Nullable;

/// Rows of a table, picked by index and gathered in bags.
public final class Bags {
  private final ElementRun index;
  private final long count;
  private final long @Nullable [] starts;
  private final long padding;
  private final int columns;

  /// Names them; the array is not copied.
  ///
  /// @param index I64, checked
  /// @param count how many indices
  /// @param starts first index of each bag, then the end of the last; null where each index is a
  ///   bag
  /// @param padding an index that stands for nothing; -1 for none
  /// @param columns elements of a row
  public Bags(ElementRun index, long count, long @Nullable [] starts, long padding, int columns) {
    this.index = index;
    this.count = count;
    this.starts = starts;
    this.padding = padding;
    this.columns = columns;
  }

  Bags alias() {
    return new Bags(index.alias(), count, starts, padding, columns);
  }

  /// {@return how many bags there are}
  public long bags() {
    return starts == null ? count : starts.length - 1;
  }

  long count() {
    return count;
  }

  long padding() {
    return padding;
  }

  int columns() {
    return columns;
  }

  long start(long bag) {
    return starts == null ? bag : starts[(int) bag];
  }

  long at(long i) {
    return Element.i64(index.memory(), index.at(i, Long.BYTES));
  }
}
