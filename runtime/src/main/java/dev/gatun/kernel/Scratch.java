package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Heap arrays for packed operands, taken for the time of one call. They grow to what was needed.
final class Scratch {
  private static final Slots<Scratch> FREE = new Slots<>(Scratch::new);

  /// The largest tile is 14 rows by two vectors of 64 bytes; transposing takes two blocks of lanes.
  private static final int TILE = 14 * 2 * 16;

  private static final int WORK = 2 * 16 * 16;

  /// A tile outside the heap, where kernels write that otherwise write to C.
  final MemorySegment tile = Arena.ofAuto().allocate(TILE * Float.BYTES, 64);

  /// Elements of a block; five blocks of doubles fit into the first-level cache.
  static final int BLOCK = 768;

  final float[] floatTile = new float[TILE];
  final float[] floatWork = new float[WORK];
  final double[] doubleTile = new double[TILE / 2];
  final double[] doubleWork = new double[WORK / 4];
  float[] floatsA = new float[0];
  float[] floatsB = new float[0];
  double[] doublesA = new double[0];
  double[] doublesB = new double[0];
  float[][] floatRows = new float[0][];
  float[][] floatBlocks = new float[0][];
  double[][] doubleRows = new double[0][];
  double[][] doubleBlocks = new double[0][];
  float[] floatsC = new float[0];
  float[] floatsD = new float[0];
  double[] doublesC = new double[0];
  double[] doublesD = new double[0];
  long[] longs = new long[0];
  int[] ints = new int[0];

  private Scratch() {}

  /// One that nobody else uses; what it holds is arbitrary.
  static Scratch take() {
    return FREE.take();
  }

  void release() {
    FREE.give(this);
  }

  float[] ensureFloatsA(int length) {
    if (floatsA.length < length) {
      floatsA = new float[grown(length)];
    }
    return floatsA;
  }

  float[] ensureFloatsB(int length) {
    if (floatsB.length < length) {
      floatsB = new float[grown(length)];
    }
    return floatsB;
  }

  double[] ensureDoublesA(int length) {
    if (doublesA.length < length) {
      doublesA = new double[grown(length)];
    }
    return doublesA;
  }

  double[] ensureDoublesB(int length) {
    if (doublesB.length < length) {
      doublesB = new double[grown(length)];
    }
    return doublesB;
  }

  float[][] ensureFloatRows(int rows, int columns) {
    int longest = floatRows.length == 0 ? 0 : floatRows[0].length;
    if (floatRows.length < rows || longest < columns) {
      // Never smaller in one direction than before: calls of two shapes would take turns growing.
      floatRows = new float[Math.max(rows, floatRows.length)][Math.max(columns, longest)];
    }
    return floatRows;
  }

  double[][] ensureDoubleRows(int rows, int columns) {
    int longest = doubleRows.length == 0 ? 0 : doubleRows[0].length;
    if (doubleRows.length < rows || longest < columns) {
      // Never smaller in one direction than before: calls of two shapes would take turns growing.
      doubleRows = new double[Math.max(rows, doubleRows.length)][Math.max(columns, longest)];
    }
    return doubleRows;
  }

  /// Arrays of [#BLOCK] elements each, to copy parts of segments to.
  float[][] ensureFloatBlocks(int count) {
    if (floatBlocks.length < count) {
      floatBlocks = new float[count][BLOCK];
    }
    return floatBlocks;
  }

  double[][] ensureDoubleBlocks(int count) {
    if (doubleBlocks.length < count) {
      doubleBlocks = new double[count][BLOCK];
    }
    return doubleBlocks;
  }

  float[] ensureFloatsC(int length) {
    if (floatsC.length < length) {
      floatsC = new float[grown(length)];
    }
    return floatsC;
  }

  float[] ensureFloatsD(int length) {
    if (floatsD.length < length) {
      floatsD = new float[grown(length)];
    }
    return floatsD;
  }

  double[] ensureDoublesC(int length) {
    if (doublesC.length < length) {
      doublesC = new double[grown(length)];
    }
    return doublesC;
  }

  double[] ensureDoublesD(int length) {
    if (doublesD.length < length) {
      doublesD = new double[grown(length)];
    }
    return doublesD;
  }

  long[] ensureLongs(int length) {
    if (longs.length < length) {
      longs = new long[grown(length)];
    }
    return longs;
  }

  int[] ensureInts(int length) {
    if (ints.length < length) {
      ints = new int[grown(length)];
    }
    return ints;
  }

  /// In steps of a power of two, so that sizes which creep up do not allocate each time.
  private static int grown(int length) {
    return length <= 64 ? 64 : Integer.highestOneBit(length - 1) << 1;
  }
}
