package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;

import dev.gatun.kernel.IndexLoops.Loop;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// Indexing along one dim. A shape is seen as `[outer, size, inner]` around that dim; all operands
/// are contiguous, indices are I64.
///
/// Every method returns the flat position of the first index that is negative or not below the
/// dim's size, and then has changed nothing that was there before; or -1 when there is none. What
/// [#gather] writes over is arbitrary then.
public final class IndexKernels {
  /// Rows up to this many bytes are moved by a loop: calling the bulk copy would take longer.
  private static final long SHORT_ROW = 64;

  /// Memory that loops cannot reach by address is copied whole, unless so many times fewer elements
  /// are taken out of it.
  private static final long FEW = 4;

  private static final long CHECKED = 4096;

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
    int bytes = dtype.byteSize();
    if (dim.dense() < dim.indexed() / FEW && !PlainRun.isPlain(x)) {
      return gatherFew(dim, bytes, x, index, y);
    }
    AtomicLong firstBad = new AtomicLong(Long.MAX_VALUE);
    try (PlainRun px = PlainRun.of(x, dim.indexed(), bytes);
        PlainRun pi = PlainRun.of(index, dim.dense(), Long.BYTES);
        PlainRun py = PlainRun.of(y, dim.dense(), bytes)) {
      Loop loop = IndexLoops.gather(bytes);
      inChunks(
          dim.dense(),
          (from, to) -> {
            // While the indices are in the cache; the result is nobody's yet.
            if (IndexLoops.anyBad(pi.address(), from, to, dim.size())) {
              long bad = IndexLoops.firstBad(pi.address(), from, to, dim.size());
              firstBad.accumulateAndGet(bad, Math::min);
            } else {
              gather(loop, dim, bytes, px.address(), pi.address(), py.address(), from, to);
            }
          });
      py.store();
    }
    return firstBad.get() == Long.MAX_VALUE ? -1 : firstBad.get();
  }

  /// The elements `from` to `to` of the result.
  private static void gather(
      Loop loop, IndexedDim dim, int bytes, long x, long index, long y, long from, long to) {
    boolean flat = dim.inner() == 1;
    long n = flat ? dim.k() : dim.inner();
    long step = flat ? 0 : bytes;
    for (long p = from; p < to; ) {
      long r = p / n;
      long column = p % n;
      long m = Math.min(n - column, to - p);
      long row = (flat ? r : r / dim.k()) * dim.size() * dim.inner();
      long start = x + row * bytes + column * step;
      loop.run(start, index + p * 8, y + p * bytes, m, dim.inner() * bytes, step);
      p += m;
    }
  }

  private static long gatherFew(
      IndexedDim dim, int bytes, ElementRun x, ElementRun index, ElementRun y) {
    long bad = firstBad(index, dim.dense(), dim.size());
    if (bad >= 0) {
      return bad;
    }
    for (long p = 0; p < dim.dense(); p++) {
      long i = p % dim.inner();
      long o = p / dim.inner() / dim.k();
      long from = x.at((o * dim.size() + at(index, p)) * dim.inner() + i, bytes);
      MemorySegment.copy(x.memory(), from, y.memory(), y.at(p, bytes), bytes);
    }
    return -1;
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
    ElementRun source = x.alias();
    ElementRun places = index.alias();
    ElementRun result = y.alias();
    inChunks(
        dim.dense(),
        Math.max(1, Walk.CHUNK / dim.inner()) * dim.inner(),
        (from, to) -> {
          for (long r = from / dim.inner(); r < to / dim.inner(); r++) {
            long o = r / dim.k();
            long taken = (o * dim.size() + at(places, r % dim.k())) * dim.inner();
            MemorySegment.copy(
                source.memory(),
                source.at(taken, bytes),
                result.memory(),
                result.at(r * dim.inner(), bytes),
                row);
          }
        });
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
      long n = dim.k();
      inChunks(
          dim.outer() * n,
          (first, last) -> {
            for (long p = first; p < last; ) {
              long m = Math.min(n - p % n, last - p);
              long from = px.address() + p / n * dim.size() * row;
              long at = pi.address() + p % n * Long.BYTES;
              select(piece, from, at, py.address() + p * row, m, row);
              p += m;
            }
          });
      py.store();
    }
  }

  private static void select(int piece, long x, long index, long y, long k, long row) {
    if (row == piece) {
      IndexLoops.gather(piece).run(x, index, y, k, row, 0);
    } else if (piece == Long.BYTES) {
      IndexLoops.rows8(x, index, y, k, row);
    } else {
      IndexLoops.rows(piece, x, index, y, k, row);
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

  /// Checks indices for a caller that goes by them itself.
  ///
  /// @param index I64
  /// @param n how many
  /// @param size what they must be below
  /// @return place of the first bad one, or -1
  public static long check(ElementRun index, long n, long size) {
    return firstBad(index, n, size);
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

  /// A part of a loop over elements.
  @FunctionalInterface
  private interface Range {
    void run(long from, long to);
  }

  private static void inChunks(long n, Range body) {
    inChunks(n, Walk.CHUNK, body);
  }

  /// Over the workers where there is much to do.
  private static void inChunks(long n, long chunk, Range body) {
    if (n < 2 * Walk.CHUNK) {
      body.run(0, n);
    } else {
      int tasks = Math.toIntExact(Math.ceilDiv(n, chunk));
      Workers.run(tasks, t -> body.run(t * chunk, Math.min(n, (t + 1) * chunk)));
    }
  }

  private static long at(ElementRun index, long j) {
    return i64(index.memory(), index.at(j, Long.BYTES));
  }

  /// In plain loops without a way out, which the compiler makes vectors of, until one is bad.
  private static long firstBad(ElementRun index, long n, long size) {
    try (PlainRun run = PlainRun.of(index, n, Long.BYTES)) {
      for (long from = 0; from < n; from += CHECKED) {
        long to = Math.min(n, from + CHECKED);
        if (IndexLoops.anyBad(run.address(), from, to, size)) {
          return IndexLoops.firstBad(run.address(), from, to, size);
        }
      }
    }
    return -1;
  }
}
