package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.kernel.ResampleKernels.Table;

/// [ResampleKernels] over one plane in F32; operands are addresses.
final class F32Resample {
  private static final int BYTES = Float.BYTES;

  private F32Resample() {}

  static void plane(Table t, int inner, long from, long to, boolean back) {
    if (inner == 1 && back) {
      scatter(t, from, to);
    } else if (inner == 1) {
      gather(t, from, to);
    } else if (back) {
      sharesOfRows(t, inner, from, to);
    } else {
      sumsOfRows(t, inner, from, to);
    }
  }

  private static void sumsOfRows(Table t, int inner, long from, long to) {
    int taps = t.taps();
    long row = (long) inner * BYTES;
    for (int o = 0; o < t.outputs(); o++) {
      long y = to + o * row;
      long x = from + t.index()[o * taps] * row;
      float a = (float) t.weight()[o * taps];
      if (taps == 1) {
        ALL.asSlice(y, row).copyFrom(ALL.asSlice(x, row));
        continue;
      }
      pair(x, a, from + t.index()[o * taps + 1] * row, (float) t.weight()[o * taps + 1], y, inner);
      for (int k = 2; k < taps; k++) {
        add(from + t.index()[o * taps + k] * row, y, inner, (float) t.weight()[o * taps + k]);
      }
    }
  }

  private static void sharesOfRows(Table t, int inner, long from, long to) {
    int taps = t.taps();
    long row = (long) inner * BYTES;
    for (int o = 0; o < t.outputs(); o++) {
      for (int k = o * taps; k < o * taps + taps; k++) {
        add(from + o * row, to + t.index()[k] * row, inner, (float) t.weight()[k]);
      }
    }
  }

  private static void gather(Table t, long x, long y) {
    int taps = t.taps();
    int[] index = t.index();
    double[] weight = t.weight();
    for (int o = 0; o < t.outputs(); o++) {
      long to = y + (long) BYTES * o;
      if (taps == 1) {
        f32(ALL, to, f32(ALL, x + (long) BYTES * index[o]));
        continue;
      }
      if (taps == 2) {
        float low = (float) weight[2 * o] * f32(ALL, x + (long) BYTES * index[2 * o]);
        float high = (float) weight[2 * o + 1] * f32(ALL, x + (long) BYTES * index[2 * o + 1]);
        f32(ALL, to, low + high);
        continue;
      }
      float sum = 0;
      for (int k = o * taps; k < o * taps + taps; k++) {
        sum += (float) weight[k] * f32(ALL, x + (long) BYTES * index[k]);
      }
      f32(ALL, to, sum);
    }
  }

  private static void scatter(Table t, long g, long dx) {
    int taps = t.taps();
    int[] index = t.index();
    double[] weight = t.weight();
    for (int o = 0; o < t.outputs(); o++) {
      float v = f32(ALL, g + (long) BYTES * o);
      for (int k = o * taps; k < o * taps + taps; k++) {
        long at = dx + (long) BYTES * index[k];
        f32(ALL, at, f32(ALL, at) + (float) weight[k] * v);
      }
    }
  }

  /// `y = a x + b z`
  private static void pair(long x, float a, long z, float b, long y, int n) {
    int done = Dispatch.vector() ? VectorF32Resample.pair(x, a, z, b, y, n) : 0;
    for (int i = done; i < n; i++) {
      long at = (long) BYTES * i;
      f32(ALL, y + at, a * f32(ALL, x + at) + b * f32(ALL, z + at));
    }
  }

  /// `y += weight x`
  private static void add(long x, long y, int n, float weight) {
    int done = Dispatch.vector() ? VectorF32Resample.add(x, y, n, weight) : 0;
    for (int i = done; i < n; i++) {
      long at = (long) BYTES * i;
      f32(ALL, y + at, f32(ALL, y + at) + weight * f32(ALL, x + at));
    }
  }
}
