package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Drives a reduction over all results, over the workers when it is large. The work is cut by the
/// shape alone, so a result does not depend on the number of threads.
final class FoldRun {
  private static final long CHUNK = Walk.CHUNK;

  /// Results that are computed together.
  private static final int BLOCK = 512;

  /// Blocks of columns from which on there is enough to do without cutting their rows too.
  private static final int ENOUGH = 16;

  /// Rows whose part of a block of columns is looked at together: some pages, not more than the
  /// translation of addresses holds.
  private static final long BAND = 128;

  private final Fold fold;
  private final ReducedShape shape;
  private final FoldSource source;
  private final MemorySegment y;
  private final long yo;
  private final int yb;

  /// @param yo byte offset of the first result
  /// @param yb bytes of a result
  FoldRun(Fold fold, ReducedShape shape, FoldSource source, MemorySegment y, long yo, int yb) {
    this.fold = fold;
    this.shape = shape;
    this.source = source;
    this.y = y;
    this.yo = yo;
    this.yb = yb;
  }

  void run() {
    if (shape.outer() * shape.line() == 0) {
      return;
    }
    if (shape.isColumns()) {
      columns();
    } else if (shape.count() >= 2 * CHUNK) {
      longRows();
    } else {
      rows();
    }
  }

  /// Row after row behind each result, several results at a time.
  private void rows() {
    long n = shape.count();
    long outputs = shape.outer() * shape.line();
    long perTask = Math.max(1, CHUNK / Math.max(1, n));
    int tasks = Math.toIntExact(Math.ceilDiv(outputs, perTask));
    Workers.run(tasks, t -> rows(t * perTask, Math.min(outputs, (t + 1) * perTask)));
  }

  private void rows(long from, long to) {
    Scratch scratch = Scratch.take();
    long[] cells = scratch.ensureLongs(fold.cells() * BLOCK);
    for (long o = from; o < to; ) {
      long at = o % shape.line();
      int batch = (int) Math.min(BLOCK, Math.min(to - o, shape.line() - at));
      long start = shape.output(o / shape.line()) + at * shape.lineStride();
      fold.clear(cells, 0, BLOCK, batch);
      rows(start, batch, 0, shape.count(), cells, 0, BLOCK);
      store(o / shape.line(), at, batch, cells, 0, BLOCK);
      o += batch;
    }
    scratch.release();
  }

  /// The elements `from .. to-1` behind each of `batch` results along the line.
  private void rows(long start, int batch, long from, long to, long[] cells, int cell, int plane) {
    long length = shape.rowLength();
    long stride = shape.rowStride();
    for (long i = from; i < to; ) {
      long column = i % length;
      long n = Math.min(length - column, to - i);
      long at = start + shape.row(i / length) + column * stride;
      source.rows(at, shape.lineStride(), batch, stride, n, i, cells, cell, plane);
      i += n;
    }
  }

  /// The many elements of few results are cut into parts.
  private void longRows() {
    long n = shape.count();
    int parts = Math.toIntExact(Math.ceilDiv(n, CHUNK));
    long outputs = shape.outer() * shape.line();
    int tasks = Math.toIntExact(outputs * parts);
    long[] cells = new long[Math.multiplyExact(fold.cells(), tasks)];
    fold.clear(cells, 0, tasks, tasks);
    Workers.run(
        tasks,
        t -> {
          long o = t / parts;
          long from = t % parts * CHUNK;
          long start = shape.output(o / shape.line()) + o % shape.line() * shape.lineStride();
          rows(start, 1, from, Math.min(n, from + CHUNK), cells, t, tasks);
        });
    for (int o = 0; o < outputs; o++) {
      for (int p = 1; p < parts; p++) {
        fold.join(cells, o * parts, cells, o * parts + p, tasks, 1);
      }
      store(o / shape.line(), o % shape.line(), 1, cells, o * parts, tasks);
    }
  }

  /// Blocks of columns; where there are few, cut into parts of rows too.
  private void columns() {
    long blocks = Math.ceilDiv(shape.line(), BLOCK);
    long units = shape.outer() * blocks;
    long rows = shape.count();
    long width = Math.min(shape.line(), BLOCK);
    long perPart = Math.max(CHUNK / width, Math.ceilDiv(rows, ENOUGH));
    int parts = units >= ENOUGH ? 1 : Math.toIntExact(Math.max(1, Math.ceilDiv(rows, perPart)));
    if (parts == 1) {
      long perTask = Math.max(1, CHUNK / Math.max(1, width * rows));
      int tasks = Math.toIntExact(Math.ceilDiv(units, perTask));
      Workers.run(tasks, t -> columns(t * perTask, Math.min(units, (t + 1) * perTask), blocks));
    } else {
      columnParts(units, blocks, parts, perPart);
    }
  }

  private void columns(long from, long to, long blocks) {
    Scratch scratch = Scratch.take();
    long[] cells = scratch.ensureLongs(fold.cells() * BLOCK);
    for (long unit = from; unit < to; unit++) {
      long first = unit % blocks * BLOCK;
      int width = (int) Math.min(BLOCK, shape.line() - first);
      fold.clear(cells, 0, BLOCK, width);
      columns(unit / blocks, first, width, 0, shape.count(), cells, 0, BLOCK);
      store(unit / blocks, first, width, cells, 0, BLOCK);
    }
    scratch.release();
  }

  private void columnParts(long units, long blocks, int parts, long perPart) {
    int tasks = Math.toIntExact(units * parts);
    int plane = tasks * BLOCK;
    long[] cells = new long[fold.cells() * plane];
    fold.clear(cells, 0, plane, plane);
    Workers.run(
        tasks,
        t -> {
          long unit = t / parts;
          long first = unit % blocks * BLOCK;
          int width = (int) Math.min(BLOCK, shape.line() - first);
          long from = t % parts * perPart;
          long to = Math.min(shape.count(), from + perPart);
          columns(unit / blocks, first, width, from, to, cells, t * BLOCK, plane);
        });
    for (int unit = 0; unit < units; unit++) {
      long first = unit % blocks * BLOCK;
      int width = (int) Math.min(BLOCK, shape.line() - first);
      int at = unit * parts * BLOCK;
      for (int p = 1; p < parts; p++) {
        fold.join(cells, at, cells, at + p * BLOCK, plane, width);
      }
      store(unit / blocks, first, width, cells, at, plane);
    }
  }

  /// The elements `from .. to-1` behind each of `width` results along the line.
  private void columns(
      long outer, long first, int width, long from, long to, long[] cells, int cell, int plane) {
    long length = shape.rowLength();
    long stride = shape.rowStride();
    long start = shape.output(outer) + first * shape.lineStride();
    for (long i = from; i < to; ) {
      long row = i % length;
      long n = Math.min(Math.min(length - row, to - i), Math.max(BAND, CHUNK / width));
      long at = start + shape.row(i / length) + row * stride;
      source.columns(at, stride, n, shape.lineStride(), width, i, cells, cell, plane);
      i += n;
    }
  }

  private void store(long outer, long first, int count, long[] cells, int cell, int plane) {
    long at = shape.result(outer) + first * shape.lineResult();
    fold.store(cells, cell, plane, count, y, yo + at * yb, shape.lineResult() * yb);
  }
}
