package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/// Segments of sample values for the kernel tests.
final class KernelSamples {
  /// Row lengths around the lane count and around the tiles of the vector loops.
  static final int[] SIZES = sizes();

  static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_NORMAL
  };

  private static final Random RANDOM = new Random(Long.getLong("tests.seed", 42));

  private KernelSamples() {}

  private static int[] sizes() {
    int lanes = VectorF32Arithmetic.SPECIES.length();
    return new int[] {0, 1, lanes - 1, lanes, lanes + 1, 2 * lanes + 3, 1000, 4098};
  }

  /// Elements that every dtype holds more or less: whole numbers and halves around zero.
  static MemorySegment random(Arena arena, DType dtype, long n) {
    MemorySegment segment = arena.allocate(Math.max(1, n * dtype.byteSize()), 64);
    for (long i = 0; i < n; i++) {
      double value = dtype.isFloating() ? RANDOM.nextGaussian() * 4 : RANDOM.nextInt(-9, 10);
      Element.store(dtype, segment, i * dtype.byteSize(), value);
    }
    return Workers.alias(segment);
  }

  /// Random elements with special values strewn in.
  static MemorySegment special(Arena arena, DType dtype, long n) {
    MemorySegment segment = random(arena, dtype, n);
    for (long i = 0; i < n; i += 3) {
      double value = SPECIAL[RANDOM.nextInt(SPECIAL.length)];
      Element.store(dtype, segment, i * dtype.byteSize(), value);
    }
    return Workers.alias(segment);
  }

  static MemorySegment of(Arena arena, DType dtype, double... values) {
    MemorySegment segment = arena.allocate(Math.max(1, values.length * dtype.byteSize()), 64);
    for (int i = 0; i < values.length; i++) {
      Element.store(dtype, segment, (long) i * dtype.byteSize(), values[i]);
    }
    return Workers.alias(segment);
  }

  static MemorySegment empty(Arena arena, DType dtype, long n) {
    return arena.allocate(Math.max(1, n * dtype.byteSize()), 64);
  }

  static MemorySegment copy(Arena arena, MemorySegment source) {
    return arena.allocate(source.byteSize(), 64).copyFrom(source);
  }

  static double get(DType dtype, MemorySegment segment, long i) {
    return Element.asDouble(dtype, segment, i * dtype.byteSize());
  }
}
