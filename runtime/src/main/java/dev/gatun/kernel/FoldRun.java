package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/// Drives a reduction over all results, over the workers when it is large. Offsets are bytes.
final class FoldRun {
  private static final long CHUNK = Walk.CHUNK;
  private static final int COLUMN_BLOCK = 512;
  private static final int MAX_ROW_PARTS = 16;

  /// Computes the results `from .. to-1`.
  @FunctionalInterface
  private interface Outputs {
    void compute(MemorySegment x, MemorySegment y, long from, long to);
  }

  private FoldRun() {}

  /// Row after row behind each result; the many elements of few results are cut into parts.
  static void rows(
      Fold fold,
      ReducedShape shape,
      MemorySegment x,
      long xo,
      MemorySegment y,
      long yo,
      int bytes) {
    long n = shape.count();
    if (n >= 2 * CHUNK) {
      parts(fold, shape, x, xo, y, yo, bytes);
      return;
    }
    outputs(
        shape,
        x,
        y,
        (xa, ya, from, to) -> {
          for (long o = from; o < to; o++) {
            long bits = fold.range(shape, xa, xo + shape.output(o), 0, n);
            fold.store().store(ya, yo + o * bytes, bits);
          }
        });
  }

  static void positions(
      ArgFold fold, ReducedShape shape, MemorySegment x, long xo, MemorySegment y, long yo) {
    outputs(
        shape,
        x,
        y,
        (xa, ya, from, to) -> {
          for (long o = from; o < to; o++) {
            long position = fold.first(shape, xa, xo + shape.output(o));
            Element.i64(ya, yo + o * Long.BYTES, position);
          }
        });
  }

  private static void outputs(
      ReducedShape shape, MemorySegment x, MemorySegment y, Outputs outputs) {
    long count = shape.outputs();
    long perTask = Math.max(1, CHUNK / Math.max(1, shape.count()));
    if (count <= perTask) {
      outputs.compute(x, y, 0, count);
      return;
    }
    MemorySegment xa = Workers.alias(x);
    MemorySegment ya = Workers.alias(y);
    Workers.run(
        Math.toIntExact(Math.ceilDiv(count, perTask)),
        t -> outputs.compute(xa, ya, t * perTask, Math.min(count, (t + 1) * perTask)));
  }

  private static void parts(
      Fold fold,
      ReducedShape shape,
      MemorySegment x,
      long xo,
      MemorySegment y,
      long yo,
      int bytes) {
    long n = shape.count();
    int parts = Math.toIntExact(Math.ceilDiv(n, CHUNK));
    long[] bits = new long[Math.toIntExact(shape.outputs() * parts)];
    MemorySegment alias = Workers.alias(x);
    Workers.run(
        bits.length,
        t -> {
          long from = t % parts * CHUNK;
          long base = xo + shape.output(t / parts);
          bits[t] = fold.range(shape, alias, base, from, Math.min(n, from + CHUNK));
        });
    for (int o = 0; o < shape.outputs(); o++) {
      long total = fold.identity();
      for (int p = 0; p < parts; p++) {
        total = fold.combine().applyAsLong(total, bits[o * parts + p]);
      }
      fold.store().store(y, yo + (long) o * bytes, total);
    }
  }

  /// Blocks of columns, cut into parts of rows whose sums are joined afterwards.
  static void columns(
      Fold fold,
      ColumnSums sums,
      ReducedShape shape,
      MemorySegment x,
      long xo,
      MemorySegment y,
      long yo,
      int bytes) {
    int columns = Math.toIntExact(shape.outputs());
    if (columns == 0) {
      return;
    }
    long rows = shape.count();
    int blocks = Math.ceilDiv(columns, COLUMN_BLOCK);
    long smallest = CHUNK / Math.min(columns, COLUMN_BLOCK);
    long perPart = Math.max(smallest, Math.ceilDiv(rows, MAX_ROW_PARTS));
    int parts = Math.toIntExact(Math.ceilDiv(rows, perPart));
    int tasks = blocks * parts;
    double[] into = new double[Math.multiplyExact(parts, columns)];
    MemorySegment xa = tasks > 1 ? Workers.alias(x) : x;
    IntConsumer body =
        t -> {
          int first = t % blocks * COLUMN_BLOCK;
          int width = Math.min(COLUMN_BLOCK, columns - first);
          long row = t / blocks * perPart;
          long base = xo + row * shape.rowStride() + (long) first * bytes;
          int at = t / blocks * columns + first;
          long height = Math.min(perPart, rows - row);
          sums.sum(xa, base, shape.rowStride(), height, width, into, at);
        };
    if (tasks == 1) {
      body.accept(0);
    } else {
      Workers.run(tasks, body);
    }
    for (int c = 0; c < columns; c++) {
      double total = 0;
      for (int p = 0; p < parts; p++) {
        total += into[p * columns + c];
      }
      fold.store().store(y, yo + (long) c * bytes, Double.doubleToRawLongBits(total));
    }
  }
}
