package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// One place of an indexing expression, as in NumPy's `x[..., 1:5:2, 3, None, :, rows, mask]`:
///
/// ```java
/// x.at(Index.ellipsis(), Index.slice(1, 5, 2), Index.of(3), Index.newAxis(), Index.all());
/// x.at(Index.of(rows), Index.of(columns)); // x[rows[i], columns[i]]
/// x.put_(0, Index.mask(x.lt(0)));
/// ```
///
/// Numbers, slices, new axes and the ellipsis look at the same memory; tensors and masks copy. What
/// the tensors broadcast to stands where they stood, or in front when something else stood between
/// them. Each kind of place is a record, so that a program can look into an expression.
public sealed interface Index {
  /// One position, whose dimension disappears.
  ///
  /// @param value counted from the back when negative
  record Position(long value) implements Index {}

  /// A range of positions, as Python's `start:end:step`.
  ///
  /// @param start first, counted from the back when negative
  /// @param end excluded, counted from the back when negative
  /// @param step at least 1
  record Slice(long start, long end, long step) implements Index {
    /// Checks the step.
    public Slice {
      if (step < 1) {
        throw new IllegalArgumentException(
            "Index.slice: step must be at least 1: %d; use flip() for the opposite order"
                .formatted(step));
      }
    }
  }

  /// As many whole dimensions as the other places leave.
  record Ellipsis() implements Index {}

  /// A new dimension of size 1.
  record NewAxis() implements Index {}

  /// Positions given by a tensor.
  ///
  /// @param positions I64, I32 or U8, counted from the back when negative
  record Positions(Tensor positions) implements Index {}

  /// The positions where a mask over one or more dimensions is true.
  ///
  /// @param mask BOOL, of the sizes of the dimensions it stands for
  record Mask(Tensor mask) implements Index {}

  /// One position, whose dimension disappears.
  ///
  /// @param position counted from the back when negative
  /// @return the place
  static Index of(long position) {
    return new Position(position);
  }

  /// Several positions, in the order given.
  ///
  /// @param first counted from the back when negative
  /// @param second likewise
  /// @param more likewise
  /// @return the place
  static Index of(long first, long second, long... more) {
    long[] all = new long[more.length + 2];
    all[0] = first;
    all[1] = second;
    System.arraycopy(more, 0, all, 2, more.length);
    return new Positions(Tensor.of(all, all.length));
  }

  /// The positions in a tensor, or where it is true if it is BOOL.
  ///
  /// @param tensor I64, I32, U8 or BOOL
  /// @return the place
  static Index of(Tensor tensor) {
    return tensor.dtype() == DType.BOOL ? new Mask(tensor) : new Positions(tensor);
  }

  /// Where a mask is true.
  ///
  /// @param mask BOOL, of the sizes of the dimensions it stands for
  /// @return the place
  static Index mask(Tensor mask) {
    return new Mask(Masking.mask("Index.mask", mask));
  }

  /// The positions `start` to `end`.
  ///
  /// @param start first, counted from the back when negative
  /// @param end excluded, counted from the back when negative
  /// @return the place
  static Index slice(long start, long end) {
    return new Slice(start, end, 1);
  }

  /// Every `step`-th of the positions `start` to `end`.
  ///
  /// @param start first, counted from the back when negative
  /// @param end excluded, counted from the back when negative
  /// @param step at least 1
  /// @return the place
  static Index slice(long start, long end, long step) {
    return new Slice(start, end, step);
  }

  /// The positions from `start` on: Python's `start:`.
  ///
  /// @param start first, counted from the back when negative
  /// @return the place
  static Index from(long start) {
    return new Slice(start, Long.MAX_VALUE, 1);
  }

  /// The positions before `end`: Python's `:end`.
  ///
  /// @param end excluded, counted from the back when negative
  /// @return the place
  static Index to(long end) {
    return new Slice(0, end, 1);
  }

  /// Every `step`-th position: Python's `::step`.
  ///
  /// @param step at least 1
  /// @return the place
  static Index every(long step) {
    return new Slice(0, Long.MAX_VALUE, step);
  }

  /// A whole dimension: Python's `:`.
  ///
  /// @return the place
  static Index all() {
    return new Slice(0, Long.MAX_VALUE, 1);
  }

  /// As many whole dimensions as the other places leave: Python's `...`.
  ///
  /// @return the place
  static Index ellipsis() {
    return new Ellipsis();
  }

  /// A new dimension of size 1: Python's `None`.
  ///
  /// @return the place
  static Index newAxis() {
    return new NewAxis();
  }
}
