package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Elementwise loops in which an operand runs along another dim than the result: read in place it
/// would be gathered element by element. Tile by tile such operands are turned into a buffer that
/// stays in the cache, and the rows of the tile read from there.
final class TurnedTiles {
  /// Elements below which the tiles are not worth their set-up.
  private static final long LEAST = 1024;

  /// The length of a row in a tile, and the bytes of one in the operand.
  private static final int LENGTH = 128;

  private static final int ACROSS_BYTES = 128;

  // A little more than a power of two apart, rows do not fall into the same cache sets.
  private static final int PITCH = ACROSS_BYTES + 16;
  private static final int ROOM = LENGTH * PITCH;
  private static final Slots<MemorySegment> BUFFERS =
      new Slots<>(() -> Arena.ofAuto().allocate(2L * ROOM + ACROSS_BYTES * 16, 64));

  /// One row: where its operands are, their strides in bytes, and its length.
  @FunctionalInterface
  interface Row {
    void apply(MemorySegment[] operands, long[] offsets, long[] strides, long n);
  }

  private final Walk walk;
  private final int across;
  private final int[] bytes;
  private final MemorySegment[] operands;
  private final Row row;

  private TurnedTiles(Walk walk, int across, int[] bytes, MemorySegment[] operands, Row row) {
    this.walk = walk;
    this.across = across;
    this.bytes = bytes;
    this.operands = operands;
    this.row = row;
  }

  /// Whether a walk is long enough; [#run] finds out whether it has to be turned.
  static boolean pay(Walk walk) {
    return walk.elements() >= LEAST;
  }

  /// Runs the loop if an operand has to be turned; the memory must be usable by every thread if the
  /// walk is large.
  ///
  /// @param bytes of an element of each operand and, last, of the result
  /// @param operands likewise
  /// @return false, and nothing done, where none has
  static boolean run(Walk walk, int[] bytes, MemorySegment[] operands, Row row) {
    int result = bytes.length - 1;
    if (walk.rowStride(result) != bytes[result]) {
      return false;
    }
    for (int k = 0; k < result; k++) {
      int across = Transposition.across(walk, k, bytes[k]);
      if (across >= 0) {
        int side = ACROSS_BYTES / Arrays.stream(bytes).max().orElseThrow();
        TurnedTiles tiles = new TurnedTiles(walk, across, bytes, operands, row);
        new Planes(walk, across, side).run(tiles::run);
        return true;
      }
    }
    return false;
  }

  /// The tiles of some rows of one of the planes.
  private void run(long[] starts, long rows) {
    MemorySegment[] segments = operands.clone();
    MemorySegment[] buffers = new MemorySegment[bytes.length];
    for (int k = 0; k < bytes.length - 1; k++) {
      if (isTurned(k)) {
        buffers[k] = BUFFERS.take();
        segments[k] = Memory.ALL;
      }
    }
    for (long i = 0; i < walk.size(walk.dims() - 1); i += LENGTH) {
      tile(starts, i, rows, segments, buffers);
    }
    for (MemorySegment buffer : buffers) {
      if (buffer != null) {
        BUFFERS.give(buffer);
      }
    }
  }

  private boolean isTurned(int operand) {
    return walk.stride(operand, across) == bytes[operand]
        && walk.rowStride(operand) != bytes[operand]
        && walk.rowStride(operand) != 0;
  }

  private void tile(
      long[] starts, long i, long rows, MemorySegment[] segments, MemorySegment[] buffers) {
    long n = Math.min(LENGTH, walk.size(walk.dims() - 1) - i);
    long[] offsets = new long[starts.length];
    long[] strides = new long[starts.length];
    long[] steps = new long[starts.length];
    for (int k = 0; k < starts.length; k++) {
      offsets[k] = starts[k] + i * walk.rowStride(k);
      strides[k] = walk.rowStride(k);
      steps[k] = walk.stride(k, across);
      if (buffers[k] != null) {
        steps[k] = n * bytes[k] + 16;
        offsets[k] = turn(k, offsets[k], n, rows, steps[k], buffers[k]);
        strides[k] = bytes[k];
      }
    }
    for (long r = 0; r < rows; r++) {
      row.apply(segments, offsets, strides, n);
      for (int k = 0; k < offsets.length; k++) {
        offsets[k] += steps[k];
      }
    }
  }

  /// Reads `n` lines of `rows` elements and turns them.
  ///
  /// @return the address of the first row, the others `pitch` bytes apart
  private long turn(int k, long from, long n, long rows, long pitch, MemorySegment buffer) {
    for (long i = 0; i < n; i++) {
      long line = from + i * walk.rowStride(k);
      MemorySegment.copy(operands[k], line, buffer, i * PITCH, rows * bytes[k]);
    }
    long turned = buffer.address() + ROOM;
    Transposition.turn(bytes[k], buffer.address(), PITCH, turned, pitch, n, rows);
    return turned;
  }
}
