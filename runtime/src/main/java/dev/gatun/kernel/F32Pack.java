package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.NR;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Copies blocks of the operands into the order in which [F32Tile] reads them.
final class F32Pack {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;

  private static final VectorSpecies<Integer> INDEX = SPECIES.withLanes(int.class);

  /// Lane pickers that interleave the low and the high halves of two vectors.
  static final IntVector LOW = zip(0);

  static final IntVector HIGH = zip(LANES / 2);

  private F32Pack() {}

  private static IntVector zip(int from) {
    int[] lanes = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = from + i / 2 + (i % 2) * LANES;
    }
    return IntVector.fromArray(INDEX, lanes, 0);
  }

  /// Rows of a block that is stored row by row: `dst[i * stride + p] = src[i][p]`, in whole
  /// vectors, of which the last of a row overlaps the one before or reaches into the next row's
  /// place.
  static void rows(MemorySegment src, long at, long ld, int rows, int k, float[] dst, int stride) {
    boolean whole = ld == k && stride == k;
    int height = whole ? 1 : rows;
    int width = whole ? rows * k : k;
    int full = width - width % LANES;
    int last = width - LANES;
    for (int i = 0; i < height; i++) {
      long from = at + i * ld * BYTES;
      int to = i * stride;
      for (int p = 0; p < full; p += LANES) {
        FloatVector.fromMemorySegment(SPECIES, src, from + (long) p * BYTES, ORDER)
            .intoArray(dst, to + p);
      }
      if (last < 0) {
        VectorMask<Float> mask = F32Tile.first(width);
        FloatVector.fromMemorySegment(SPECIES, src, from, ORDER, mask).intoArray(dst, to);
      } else if (full < width) {
        FloatVector.fromMemorySegment(SPECIES, src, from + (long) last * BYTES, ORDER)
            .intoArray(dst, to + last);
      }
    }
  }

  /// The same from a block that is stored column by column: `dst[i * stride + p] = src[p][i]`.
  static void rowsTransposed(
      MemorySegment src, long at, long ld, int rows, int k, float[] dst, int stride, float[] work) {
    for (int p = 0; p < k; p += LANES) {
      int first = Math.max(0, Math.min(p, k - LANES));
      int height = Math.min(LANES, k - first);
      for (int i = 0; i < rows; i += LANES) {
        int left = Math.max(0, Math.min(i, rows - LANES));
        int width = Math.min(LANES, rows - left);
        long from = at + (first * ld + left) * BYTES;
        transpose(src, from, ld, height, width, dst, left * stride + first, stride, work);
      }
    }
  }

  /// Panels of [F32Tile#NR] columns: `dst[start + (j / NR * k + p) * NR + j % NR] = src[p][j]`.
  static void panels(
      MemorySegment src, long at, long ld, int k, int columns, float[] dst, int start) {
    int full = columns - columns % NR;
    int to = start;
    for (int j = 0; j < full; j += NR) {
      long from = at + (long) j * BYTES;
      for (int p = 0; p < k; p++) {
        FloatVector.fromMemorySegment(SPECIES, src, from, ORDER).intoArray(dst, to);
        FloatVector.fromMemorySegment(SPECIES, src, from + (long) LANES * BYTES, ORDER)
            .intoArray(dst, to + LANES);
        from += ld * BYTES;
        to += NR;
      }
    }
    for (int j = full; j < columns; j += LANES) {
      VectorMask<Float> mask = F32Tile.first(columns - j);
      long from = at + (long) j * BYTES;
      for (int p = 0; p < k; p++) {
        FloatVector.fromMemorySegment(SPECIES, src, from, ORDER, mask)
            .intoArray(dst, to + p * NR + j - full);
        from += ld * BYTES;
      }
    }
  }

  /// The same from a block that is stored column by column: `src[j][p]`.
  static void panelsTransposed(
      MemorySegment src,
      long at,
      long ld,
      int k,
      int columns,
      float[] dst,
      int start,
      float[] work) {
    for (int j = 0; j < columns; j += LANES) {
      int height = Math.min(LANES, columns - j);
      int to = start + j / NR * k * NR + j % NR;
      for (int p = 0; p < k; p += LANES) {
        int first = Math.max(0, Math.min(p, k - LANES));
        int width = Math.min(LANES, k - first);
        long from = at + (j * ld + first) * BYTES;
        transpose(src, from, ld, height, width, dst, to + first * NR, NR, work);
      }
    }
  }

  /// `dst[to + c * stride + r] = src[r][c]` for r < LANES, c < width; what rows from `height` on
  /// count as is not defined. log2(LANES) rounds, each of which interleaves the upper half of the
  /// rows with the lower one.
  private static void transpose(
      MemorySegment src,
      long at,
      long ld,
      int height,
      int width,
      float[] dst,
      int to,
      int stride,
      float[] work) {
    if (width == 16 && LANES == 16) {
      F32Square.transpose(src, at, ld * BYTES, height - 1, dst, to, stride, work);
      return;
    }
    VectorMask<Float> mask = F32Tile.first(width);
    for (int r = 0; r < height; r++) {
      FloatVector.fromMemorySegment(SPECIES, src, at + r * ld * BYTES, ORDER, mask)
          .intoArray(work, r * LANES);
    }
    int in = 0;
    for (int round = 1; round < LANES; round *= 2) {
      int out = LANES * LANES - in;
      zip(work, in, out);
      in = out;
    }
    for (int c = 0; c < width; c++) {
      FloatVector.fromArray(SPECIES, work, in + c * LANES).intoArray(dst, to + c * stride);
    }
  }

  /// One round. The vectors stay inside: handed to another method they may become objects.
  private static void zip(float[] work, int in, int out) {
    int half = LANES / 2;
    for (int r = 0; r < half; r++) {
      var x = FloatVector.fromArray(SPECIES, work, in + r * LANES).reinterpretAsInts();
      var y = FloatVector.fromArray(SPECIES, work, in + (r + half) * LANES).reinterpretAsInts();
      int to = out + 2 * r * LANES;
      LOW.selectFrom(x, y).reinterpretAsFloats().intoArray(work, to);
      HIGH.selectFrom(x, y).reinterpretAsFloats().intoArray(work, to + LANES);
    }
  }

  /// The lower halves of both, interleaved.
  static FloatVector pickLow(FloatVector x, FloatVector y) {
    return LOW.selectFrom(x.reinterpretAsInts(), y.reinterpretAsInts()).reinterpretAsFloats();
  }

  /// The upper halves of both, interleaved.
  static FloatVector pickHigh(FloatVector x, FloatVector y) {
    return HIGH.selectFrom(x.reinterpretAsInts(), y.reinterpretAsInts()).reinterpretAsFloats();
  }
}
