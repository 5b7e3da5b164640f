package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Running reductions along one dim. A shape is seen as `[outer, size, inner]` around that dim; all
/// operands are contiguous, offsets are elements. Where `inner` is wide, whole rows are combined at
/// a time. `reverse` runs from the end.
///
/// Sums and products of F32 are accumulated in double. Lines along the dim are never cut, so a
/// result does not depend on the number of threads.
public final class ScanKernels {
  /// Below this width columns are walked one by one.
  private static final long NARROW = 16;

  /// Columns that are walked together.
  private static final long BLOCK = RowBuffer.BLOCK;

  /// What is done with each element and the result before it.
  public enum Kind {
    /// `y = y' + x`
    SUM,
    /// `y = y' x`
    PROD,
    /// `y = ln(e^y' + eˣ)`
    LOG_SUM_EXP
  }

  /// The running reduction of one line; strides are bytes.
  @FunctionalInterface
  interface Line {
    void scan(long x, long xs, long y, long ys, long n);
  }

  /// `y = s = s · x` for each column, where `s` are doubles.
  @FunctionalInterface
  interface Step {
    void step(long x, long s, long y, long n);
  }

  private ScanKernels() {}

  /// Running sums, products or sums of exponentials.
  ///
  /// @param kind what runs
  /// @param dtype F32, F64 or, but for exponentials, I64
  /// @param reverse whether from the end
  /// @param outer product of the sizes before the dim
  /// @param size size of the dim
  /// @param inner product of the sizes behind the dim
  /// @param x operand
  /// @param xOffset its first element
  /// @param y result
  /// @param yOffset its first element
  public static void scan(
      Kind kind,
      DType dtype,
      boolean reverse,
      long outer,
      long size,
      long inner,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset) {
    int bytes = dtype.byteSize();
    Lines lines = new Lines(reverse, outer, size, inner, bytes);
    long total = outer * size * inner * bytes;
    try (Addresses addresses = new Addresses()) {
      long px = addresses.read(x, xOffset * bytes, total);
      long py = addresses.write(y, yOffset * bytes, total);
      scan(kind, dtype, lines, px, py);
    }
  }

  private static void scan(Kind kind, DType dtype, Lines lines, long px, long py) {
    long size = lines.size();
    if (lines.inner() < NARROW || kind == Kind.LOG_SUM_EXP) {
      boolean dense = lines.step() == lines.bytes();
      Line line =
          kind == Kind.SUM && dtype == DType.F32 && dense
              ? ScanLoops::sumDenseF32
              : line(kind, dtype);
      lines.each(at -> line.scan(px + at, lines.step(), py + at, lines.step(), size));
    } else if (dtype == DType.F32) {
      Step step = step(kind);
      lines.blocks((at, n) -> wide(step, lines.step(), size, px + at, py + at, n));
    } else {
      BinaryRow row =
          kind == Kind.SUM ? ArithmeticKernels.add(dtype) : ArithmeticKernels.mul(dtype);
      lines.blocks((at, n) -> rows(row, lines.bytes(), lines.step(), size, px + at, py + at, n));
    }
  }

  private static Line line(Kind kind, DType dtype) {
    return switch (dtype) {
      case F32 ->
          switch (kind) {
            case SUM -> ScanLoops::sumF32;
            case PROD -> ScanLoops::prodF32;
            case LOG_SUM_EXP -> ScanLoops::logSumExpF32;
          };
      case F64 ->
          switch (kind) {
            case SUM -> ScanLoops::sumF64;
            case PROD -> ScanLoops::prodF64;
            case LOG_SUM_EXP -> ScanLoops::logSumExpF64;
          };
      case I64 ->
          switch (kind) {
            case SUM -> ScanLoops::sumI64;
            case PROD -> ScanLoops::prodI64;
            case LOG_SUM_EXP -> throw unsupported("scan", dtype);
          };
      case I32, U8, BOOL, BF16, F16 -> throw unsupported("scan", dtype);
    };
  }

  private static Step step(Kind kind) {
    if (kind == Kind.SUM) {
      return Dispatch.vector() ? VectorF32Scans::sum : ScanLoops::sumStep;
    }
    return Dispatch.vector() ? VectorF32Scans::prod : ScanLoops::prodStep;
  }

  /// Rows of F32 side by side, accumulated in doubles.
  private static void wide(Step step, long stride, long size, long x, long y, long n) {
    RowBuffer buffer = RowBuffer.take();
    long s = buffer.address(0);
    CopyKernels.convert(DType.F32, DType.F64).apply(Memory.ALL, x, 4, Memory.ALL, s, 8, n);
    CopyKernels.copy(DType.F32).apply(Memory.ALL, x, 4, Memory.ALL, y, 4, n);
    for (long k = 1; k < size; k++) {
      step.step(x + k * stride, s, y + k * stride, n);
    }
    buffer.release();
  }

  private static void rows(
      BinaryRow row, int bytes, long stride, long size, long x, long y, long n) {
    MemorySegment all = Memory.ALL;
    Moves.copy(bytes).apply(all, x, bytes, all, y, bytes, n);
    for (long k = 1; k < size; k++) {
      long to = y + k * stride;
      row.apply(all, to - stride, bytes, all, x + k * stride, bytes, all, to, bytes, n);
    }
  }

  /// `y = b + a y'`, where `y'` is the result before; 0 before the first.
  ///
  /// @param dtype F32 or F64
  /// @param reverse whether from the end
  /// @param outer product of the sizes before the dim
  /// @param size size of the dim
  /// @param inner product of the sizes behind the dim
  /// @param b summands
  /// @param bOffset the first one
  /// @param a factors
  /// @param aOffset the first one
  /// @param y result
  /// @param yOffset its first element
  public static void recurrence(
      DType dtype,
      boolean reverse,
      long outer,
      long size,
      long inner,
      MemorySegment b,
      long bOffset,
      MemorySegment a,
      long aOffset,
      MemorySegment y,
      long yOffset) {
    int bytes = dtype.byteSize();
    Lines lines = new Lines(reverse, outer, size, inner, bytes);
    long total = outer * size * inner * bytes;
    MemorySegment ba = Workers.alias(b);
    MemorySegment aa = Workers.alias(a);
    MemorySegment ya = Workers.alias(y);
    long pb = Memory.address(ba, bOffset * bytes, total);
    long pa = Memory.address(aa, aOffset * bytes, total);
    long py = Memory.address(ya, yOffset * bytes, total);
    if (dtype == DType.F32) {
      lines.each(at -> ScanLoops.recurrenceF32(pb + at, pa + at, py + at, lines.step(), size));
    } else {
      lines.each(at -> ScanLoops.recurrenceF64(pb + at, pa + at, py + at, lines.step(), size));
    }
  }

  /// Positions of the largest or smallest element up to each one, the last of those that tie. A NaN
  /// is more extreme than any number.
  ///
  /// @param dtype any but BF16 and F16
  /// @param max whether the largest
  /// @param outer product of the sizes before the dim
  /// @param size size of the dim
  /// @param inner product of the sizes behind the dim
  /// @param x operand
  /// @param xOffset its first element
  /// @param y positions along the dim, I64
  /// @param yOffset the first one
  public static void positions(
      DType dtype,
      boolean max,
      long outer,
      long size,
      long inner,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset) {
    int bytes = dtype.byteSize();
    Lines lines = new Lines(false, outer, size, inner, bytes);
    long total = outer * size * inner;
    SortKeys.Order order = max ? SortKeys.Order.ASCENDING : SortKeys.Order.DESCENDING_NAN_LAST;
    SortKeys keys = SortKeys.of(dtype, order);
    try (Addresses addresses = new Addresses()) {
      long px = addresses.read(x, xOffset * bytes, total * bytes);
      long py = addresses.write(y, yOffset * Long.BYTES, total * Long.BYTES);
      if (inner < NARROW) {
        long xs = inner * bytes;
        long ys = inner * Long.BYTES;
        lines.each(at -> positions(keys, px + at, xs, py + at / bytes * 8, ys, size));
      } else {
        lines.blocks(
            (at, n) -> positions(keys, px + at, bytes, inner, size, py + at / bytes * 8, (int) n));
      }
    }
  }

  /// One line, piece by piece.
  private static void positions(SortKeys keys, long x, long xs, long y, long ys, long size) {
    Scratch scratch = Scratch.take();
    long[] line = scratch.ensureLongs((int) BLOCK);
    long best = Long.MIN_VALUE;
    long found = 0;
    for (long from = 0; from < size; from += BLOCK) {
      int n = (int) Math.min(BLOCK, size - from);
      keys.load(x + from * xs, xs, n, line, 0);
      for (int i = 0; i < n; i++) {
        if (line[i] >= best) {
          best = line[i];
          found = from + i;
        }
        Element.i64(Memory.ALL, y + (from + i) * ys, found);
      }
    }
    scratch.release();
  }

  /// Lines side by side.
  private static void positions(
      SortKeys keys, long x, int bytes, long inner, long size, long y, int n) {
    Scratch scratch = Scratch.take();
    long[] line = scratch.ensureLongs(3 * (int) BLOCK);
    int best = (int) BLOCK;
    int found = 2 * (int) BLOCK;
    keys.load(x, bytes, n, line, best);
    Arrays.fill(line, found, found + n, 0);
    for (long k = 0; k < size; k++) {
      keys.load(x + k * inner * bytes, bytes, n, line, 0);
      for (int c = 0; c < n; c++) {
        boolean more = line[c] >= line[best + c];
        line[best + c] = more ? line[c] : line[best + c];
        line[found + c] = more ? k : line[found + c];
      }
      long to = y + k * inner * 8;
      for (int c = 0; c < n; c++) {
        Element.i64(Memory.ALL, to + c * 8L, line[found + c]);
      }
    }
    scratch.release();
  }

  /// The lines along the dim, each by the byte offset of where it begins.
  private record Lines(boolean reverse, long outer, long size, long inner, int bytes) {
    @FunctionalInterface
    interface Body {
      void run(long at);
    }

    @FunctionalInterface
    interface BlockBody {
      void run(long at, long n);
    }

    long step() {
      return (reverse ? -inner : inner) * bytes;
    }

    private long start(long o) {
      return (o * size + (reverse ? size - 1 : 0)) * inner * bytes;
    }

    void each(Body body) {
      long count = outer * inner;
      if (count == 0 || size == 0) {
        return;
      }
      long perTask = Math.max(1, Walk.CHUNK / size);
      Workers.run(
          Math.toIntExact(Math.ceilDiv(count, perTask)),
          t -> {
            long end = Math.min(count, (t + 1) * perTask);
            for (long i = t * perTask; i < end; i++) {
              body.run(start(i / inner) + i % inner * bytes);
            }
          });
    }

    /// Blocks of neighboring lines.
    void blocks(BlockBody body) {
      long across = Math.ceilDiv(inner, BLOCK);
      long count = outer * across;
      if (count == 0 || size == 0) {
        return;
      }
      long perTask = Math.max(1, Walk.CHUNK / (size * Math.min(inner, BLOCK)));
      Workers.run(
          Math.toIntExact(Math.ceilDiv(count, perTask)),
          t -> {
            long end = Math.min(count, (t + 1) * perTask);
            for (long i = t * perTask; i < end; i++) {
              long first = i % across * BLOCK;
              body.run(start(i / across) + first * bytes, Math.min(BLOCK, inner - first));
            }
          });
    }
  }
}
