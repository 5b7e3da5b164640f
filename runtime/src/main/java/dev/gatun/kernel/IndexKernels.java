package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;

import dev.gatun.kernel.IndexLoops.Loop;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Indexing along one dim. A shape is seen as `[outer, size, inner]` around that dim; all operands
/// are contiguous, indices are I64.
///
/// Every method returns the flat position of the first index that is negative or not below the
/// dim's size, and then has changed nothing; or -1 when there is none.
public final class IndexKernels {
  /// Rows up to this many bytes are moved by a loop: calling the bulk copy would take longer.
  private static final long SHORT_ROW = 64;

  /// Memory that loops cannot reach by address is copied whole, unless so many times fewer elements
  /// are taken out of it.
  private static final long FEW = 4;

  private IndexKernels() {}

  /// `y[o,j,i] = x[o, index[o,j,i], i]`. Every dtype.
  ///
  /// @param dtype dtype of `x` and `y`
  /// @param dim what is indexed
  /// @param x operand `[outer, size, inner]`
  /// @param index indices `[outer, k, inner]`
  /// @param y result `[outer, k, inner]`
  /// @return position of the first bad index, or -1
  public static long gather(
      DType dtype, IndexedDim dim, ElementRun x, ElementRun index, ElementRun y) {
    long bad = firstBad(index, dim.dense(), dim.size());
    if (bad >= 0 || dim.dense() == 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    if (dim.dense() < dim.indexed() / FEW && !PlainRun.isPlain(x)) {
      gatherFew(dim, bytes, x, index, y);
      return -1;
    }
    try (PlainRun px = PlainRun.of(x, dim.indexed(), bytes);
        PlainRun pi = PlainRun.of(index, dim.dense(), Long.BYTES);
        PlainRun py = PlainRun.of(y, dim.dense(), bytes)) {
      Loop loop = IndexLoops.gather(bytes);
      boolean flat = dim.inner() == 1;
      long n = flat ? dim.k() : dim.inner();
      for (long r = 0; r * n < dim.dense(); r++) {
        long dense = r * n;
        long indexed = (flat ? r : r / dim.k()) * dim.size() * dim.inner();
        long from = px.address() + indexed * bytes;
        long to = py.address() + dense * bytes;
        loop.run(from, pi.address() + dense * 8, to, n, dim.inner() * bytes, flat ? 0 : bytes);
      }
      py.store();
    }
    return -1;
  }

  private static void gatherFew(
      IndexedDim dim, int bytes, ElementRun x, ElementRun index, ElementRun y) {
    for (long p = 0; p < dim.dense(); p++) {
      long i = p % dim.inner();
      long o = p / dim.inner() / dim.k();
      long from = x.at((o * dim.size() + at(index, p)) * dim.inner() + i, bytes);
      MemorySegment.copy(x.memory(), from, y.memory(), y.at(p, bytes), bytes);
    }
  }

  /// `y[o, index[o,j,i], i] = how(y[o, index[o,j,i], i], x[o,j,i])`, in the order of `j`.
  ///
  /// @param how what becomes of the two; all but [Scattering#SET] for F32, F64 and I64 alone
  /// @param dtype dtype of `x` and `y`
  /// @param dim what is indexed
  /// @param x operand `[outer, k, inner]`
  /// @param index indices `[outer, k, inner]`
  /// @param y result `[outer, size, inner]`, changed
  /// @return position of the first bad index, or -1
  public static long scatter(
      Scattering how, DType dtype, IndexedDim dim, ElementRun x, ElementRun index, ElementRun y) {
    Loop loop = ScatterLoops.of(how, dtype);
    long bad = firstBad(index, dim.dense(), dim.size());
    if (bad >= 0 || dim.dense() == 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    try (PlainRun px = PlainRun.of(x, dim.dense(), bytes);
        PlainRun pi = PlainRun.of(index, dim.dense(), Long.BYTES);
        PlainRun py = PlainRun.of(y, dim.indexed(), bytes)) {
      boolean flat = dim.inner() == 1;
      long n = flat ? dim.k() : dim.inner();
      for (long r = 0; r * n < dim.dense(); r++) {
        long dense = r * n;
        long indexed = (flat ? r : r / dim.k()) * dim.size() * dim.inner();
        long from = px.address() + dense * bytes;
        long to = py.address() + indexed * bytes;
        loop.run(from, pi.address() + dense * 8, to, n, dim.inner() * bytes, flat ? 0 : bytes);
      }
      py.store();
    }
    return -1;
  }

  /// `y[o,j,:] = x[o, index[j], :]`, row by row. Every dtype.
  ///
  /// @param dtype dtype of `x` and `y`
  /// @param dim what is indexed
  /// @param x operand `[outer, size, inner]`
  /// @param index indices `[k]`
  /// @param y result `[outer, k, inner]`
  /// @return position of the first bad index, or -1
  public static long indexSelect(
      DType dtype, IndexedDim dim, ElementRun x, ElementRun index, ElementRun y) {
    long bad = firstBad(index, dim.k(), dim.size());
    if (bad >= 0 || dim.dense() == 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    long row = dim.inner() * bytes;
    if (row <= SHORT_ROW && PlainRun.isPlain(x) && PlainRun.isPlain(index)) {
      selectShort(dim, bytes, x, index, y);
      return -1;
    }
    for (long o = 0; o < dim.outer(); o++) {
      for (long j = 0; j < dim.k(); j++) {
        long from = x.at((o * dim.size() + at(index, j)) * dim.inner(), bytes);
        long to = y.at((o * dim.k() + j) * dim.inner(), bytes);
        MemorySegment.copy(x.memory(), from, y.memory(), to, row);
      }
    }
    return -1;
  }

  /// Rows of a few elements, in pieces as wide as they divide into.
  private static void selectShort(
      IndexedDim dim, int bytes, ElementRun x, ElementRun index, ElementRun y) {
    try (PlainRun px = PlainRun.of(x, dim.indexed(), bytes);
        PlainRun pi = PlainRun.of(index, dim.k(), Long.BYTES);
        PlainRun py = PlainRun.of(y, dim.dense(), bytes)) {
      long row = dim.inner() * bytes;
      int piece = (int) Math.min(Long.BYTES, Long.lowestOneBit(row));
      for (long o = 0; o < dim.outer(); o++) {
        long from = px.address() + o * dim.size() * row;
        long to = py.address() + o * dim.k() * row;
        if (row == piece) {
          IndexLoops.gather(piece).run(from, pi.address(), to, dim.k(), row, 0);
        } else if (piece == Long.BYTES) {
          IndexLoops.rows8(from, pi.address(), to, dim.k(), row);
        } else {
          IndexLoops.rows(piece, from, pi.address(), to, dim.k(), row);
        }
      }
      py.store();
    }
  }

  /// `y[o, index[j], :] += x[o,j,:]`, in the order of `j`: the backward pass of [#indexSelect].
  ///
  /// @param dtype one that can be added
  /// @param dim what is indexed
  /// @param x summands `[outer, k, inner]`
  /// @param index indices `[k]`
  /// @param y result `[outer, size, inner]`, added to
  /// @return position of the first bad index, or -1
  public static long indexAdd(
      DType dtype, IndexedDim dim, ElementRun x, ElementRun index, ElementRun y) {
    BinaryRow add = ArithmeticKernels.add(dtype);
    long bad = firstBad(index, dim.k(), dim.size());
    if (bad >= 0 || dim.dense() == 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    if (dim.inner() == 1) {
      scatterColumns(ScatterLoops.of(Scattering.ADD, dtype), dim, bytes, x, index, y);
      return -1;
    }
    for (long o = 0; o < dim.outer(); o++) {
      for (long j = 0; j < dim.k(); j++) {
        long from = x.at((o * dim.k() + j) * dim.inner(), bytes);
        long to = y.at((o * dim.size() + at(index, j)) * dim.inner(), bytes);
        add.apply(
            y.memory(), to, bytes, x.memory(), from, bytes, y.memory(), to, bytes, dim.inner());
      }
    }
    return -1;
  }

  /// `y[o, index[j], :] = x[o,j,:]`, in the order of `j`. Every dtype.
  ///
  /// @param dtype dtype of `x` and `y`
  /// @param dim what is indexed
  /// @param x operand `[outer, k, inner]`
  /// @param index indices `[k]`
  /// @param y result `[outer, size, inner]`, changed
  /// @return position of the first bad index, or -1
  public static long indexCopy(
      DType dtype, IndexedDim dim, ElementRun x, ElementRun index, ElementRun y) {
    long bad = firstBad(index, dim.k(), dim.size());
    if (bad >= 0 || dim.dense() == 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    if (dim.inner() == 1) {
      scatterColumns(IndexLoops.set(bytes), dim, bytes, x, index, y);
      return -1;
    }
    UnaryRow copy = CopyKernels.copy(dtype);
    for (long o = 0; o < dim.outer(); o++) {
      for (long j = 0; j < dim.k(); j++) {
        long from = x.at((o * dim.k() + j) * dim.inner(), bytes);
        long to = y.at((o * dim.size() + at(index, j)) * dim.inner(), bytes);
        copy.apply(x.memory(), from, bytes, y.memory(), to, bytes, dim.inner());
      }
    }
    return -1;
  }

  private static void scatterColumns(
      Loop loop, IndexedDim dim, int bytes, ElementRun x, ElementRun index, ElementRun y) {
    try (PlainRun px = PlainRun.of(x, dim.dense(), bytes);
        PlainRun pi = PlainRun.of(index, dim.k(), Long.BYTES);
        PlainRun py = PlainRun.of(y, dim.indexed(), bytes)) {
      for (long o = 0; o < dim.outer(); o++) {
        long from = px.address() + o * dim.k() * bytes;
        loop.run(from, pi.address(), py.address() + o * dim.size() * bytes, dim.k(), bytes, 0);
      }
      py.store();
    }
  }

  /// Positions counted from the front, out of positions that count from the back when negative.
  ///
  /// @param index I64
  /// @param n how many
  /// @param size what they are positions in
  /// @param y I64, the result
  /// @return place of the first that is below `-size` or not below `size`, or -1
  public static long wrap(ElementRun index, long n, long size, ElementRun y) {
    for (long i = 0; i < n; i++) {
      long value = at(index, i);
      if (value < -size || value >= size) {
        return i;
      }
      i64(y.memory(), y.at(i, Long.BYTES), value < 0 ? value + size : value);
    }
    return -1;
  }

  private static long at(ElementRun index, long j) {
    return i64(index.memory(), index.at(j, Long.BYTES));
  }

  private static long firstBad(ElementRun index, long n, long size) {
    MemorySegment memory = index.memory();
    long io = index.at(0, Long.BYTES);
    for (long i = 0; i < n; i++) {
      if (Long.compareUnsigned(i64(memory, io + i * Long.BYTES), size) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
