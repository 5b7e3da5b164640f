package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// A reduction of elements that lie one after the other in plain [Memory], given by address.
///
/// What is known of a result so far are a few cells of 64 bits, each a double or a long. The cells
/// of neighboring results lie side by side, the further cells of a result `plane` apart.
sealed interface Fold permits ValueFold, ArgFold, MomentFold {
  /// How many cells a result has.
  int cells();

  /// Bytes of an element.
  int bytes();

  /// Makes the cells those of no elements.
  void clear(long[] into, int at, int plane, int count);

  /// Adds `n` elements, at least 1, to each of `count` results, those of the next one `rowStride`
  /// bytes on. They are at position `first` and on of those behind a result.
  void rows(long x, long rowStride, int count, long n, long first, long[] into, int at, int plane);

  /// Adds `rows` elements, `rowStride` bytes apart, to each of `columns` results, those of the next
  /// one right behind. They are at position `first` and on of those behind a result.
  void columns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane);

  /// Adds what is known of later elements of the same results.
  void join(long[] into, int at, long[] from, int fromAt, int plane, int count);

  /// Writes results, `ys` bytes apart.
  void store(long[] from, int at, int plane, int count, MemorySegment y, long yo, long ys);
}
