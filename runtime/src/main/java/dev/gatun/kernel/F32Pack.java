package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.NR;
import static dev.gatun.kernel.F32Tile.SPECIES;
import static dev.gatun.kernel.F32Tile.STRIDE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
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
  private static final IntVector LOW = zip(0);

  private static final IntVector HIGH = zip(LANES / 2);

  private F32Pack() {}

  private static IntVector zip(int from) {
    int[] lanes = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = from + i / 2 + (i % 2) * LANES;
    }
    return IntVector.fromArray(INDEX, lanes, 0);
  }

  /// Rows of a block that is stored row by row: `dst[i * STRIDE + p] = src[i][p]`.
  static void rows(MemorySegment src, long at, long ld, int rows, int k, float[] dst) {
    for (int i = 0; i < rows; i++) {
      long from = at + i * ld * BYTES;
      MemorySegment.copy(src, ValueLayout.JAVA_FLOAT_UNALIGNED, from, dst, i * STRIDE, k);
    }
  }

  /// The same from a block that is stored column by column: `dst[i * STRIDE + p] = src[p][i]`.
  static void rowsTransposed(
      MemorySegment src, long at, long ld, int rows, int k, float[] dst, float[] work) {
    for (int p = 0; p < k; p += LANES) {
      int height = Math.min(LANES, k - p);
      for (int i = 0; i < rows; i += LANES) {
        int width = Math.min(LANES, rows - i);
        long from = at + (p * ld + i) * BYTES;
        transpose(src, from, ld, height, width, dst, i * STRIDE + p, STRIDE, work);
      }
    }
  }

  /// Panels of [F32Tile#NR] columns: `dst[(j / NR * k + p) * NR + j % NR] = src[p][j]`.
  static void panels(MemorySegment src, long at, long ld, int k, int columns, float[] dst) {
    int full = columns - columns % NR;
    int to = 0;
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
      MemorySegment src, long at, long ld, int k, int columns, float[] dst, float[] work) {
    for (int j = 0; j < columns; j += LANES) {
      int height = Math.min(LANES, columns - j);
      int to = j / NR * k * NR + j % NR;
      for (int p = 0; p < k; p += LANES) {
        int width = Math.min(LANES, k - p);
        long from = at + (j * ld + p) * BYTES;
        transpose(src, from, ld, height, width, dst, to + p * NR, NR, work);
      }
    }
  }

  /// `dst[to + c * stride + r] = src[r][c]` for r < LANES, c < width; rows from `height` on count
  /// as 0. log2(LANES) rounds, each of which interleaves the upper half of the rows with the lower
  /// one.
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
    boolean whole = height == LANES && width == LANES;
    if (whole) {
      for (int r = 0; r < LANES; r++) {
        FloatVector.fromMemorySegment(SPECIES, src, at + r * ld * BYTES, ORDER)
            .intoArray(work, r * LANES);
      }
    } else {
      VectorMask<Float> mask = F32Tile.first(width);
      for (int r = 0; r < height; r++) {
        FloatVector.fromMemorySegment(SPECIES, src, at + r * ld * BYTES, ORDER, mask)
            .intoArray(work, r * LANES);
      }
      Arrays.fill(work, height * LANES, LANES * LANES, 0);
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
