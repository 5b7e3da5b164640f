package dev.gatun.kernel;

import static dev.gatun.kernel.ReducedWeights.WIDTH;

import dev.gatun.kernel.ReducedWeights.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// [ReducedKernel] without vectors.
record ScalarReduced(Format format) implements ReducedKernel {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  @Override
  public void one(int groups, float[] a, int ao, MemorySegment w, long wo, float[] t) {
    sums(groups, a, ao, w, wo, t, 0);
  }

  @Override
  public void four(
      int groups, float[] a, int a0, int a1, int a2, int a3, MemorySegment w, long wo, float[] t) {
    sums(groups, a, a0, w, wo, t, 0);
    sums(groups, a, a1, w, wo, t, WIDTH);
    sums(groups, a, a2, w, wo, t, 2 * WIDTH);
    sums(groups, a, a3, w, wo, t, 3 * WIDTH);
  }

  private void sums(int groups, float[] a, int ao, MemorySegment w, long wo, float[] t, int to) {
    Arrays.fill(t, to, to + WIDTH, 0);
    for (int g = 0; g < groups; g++) {
      long at = wo + (long) g * WIDTH * Integer.BYTES;
      if (format == Format.BF16) {
        bf16(a[ao + 2 * g], a[ao + 2 * g + 1], w, at, t, to);
      } else {
        int8(a, ao + 4 * g, w, at, t, to);
      }
    }
  }

  private static void bf16(float a0, float a1, MemorySegment w, long at, float[] t, int to) {
    for (int j = 0; j < WIDTH; j++) {
      int pair = w.get(INT, at + j * 4L);
      t[to + j] += a0 * Float.intBitsToFloat(pair << 16) + a1 * high(pair);
    }
  }

  private static float high(int pair) {
    return Float.intBitsToFloat(pair & 0xffff0000);
  }

  private static void int8(float[] a, int ao, MemorySegment w, long at, float[] t, int to) {
    float a0 = a[ao];
    float a1 = a[ao + 1];
    float a2 = a[ao + 2];
    float a3 = a[ao + 3];
    for (int j = 0; j < WIDTH; j++) {
      int four = w.get(INT, at + j * 4L);
      float low = a0 * (four << 24 >> 24) + a1 * (four << 16 >> 24);
      t[to + j] += low + (a2 * (four << 8 >> 24) + a3 * (four >> 24));
    }
  }

  @Override
  public void put(
      float[] t, int from, int width, MemorySegment w, long scale, MemorySegment c, long to) {
    for (int j = 0; j < width; j++) {
      float s = format == Format.INT8 ? w.get(FLOAT, scale + j * 4L) : 1;
      c.set(FLOAT, to + j * 4L, t[from + j] * s);
    }
  }

  @Override
  public void widen(int k, MemorySegment w, long wo, long scale, float[] b, int bo) {
    throw new UnsupportedOperationException("panels of F32 are for vectors");
  }
}
