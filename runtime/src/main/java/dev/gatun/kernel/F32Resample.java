package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.kernel.ResampleKernels.Table;

/// [ResampleKernels] over one plane in F32; operands are addresses.
final class F32Resample {
  private static final int BYTES = Float.BYTES;

  private F32Resample() {}

  static void plane(Table t, int inner, long from, long to, boolean back) {
    if (inner == 1 && !back) {
      gather(t, from, to);
      return;
    }
    if (inner == 1) {
      scatter(t, from, to);
      return;
    }
    int taps = t.taps();
    for (int o = 0; o < t.outputs(); o++) {
      for (int k = 0; k < taps; k++) {
        long input = (long) t.index()[o * taps + k] * inner * BYTES;
        long output = (long) o * inner * BYTES;
        float weight = (float) t.weight()[o * taps + k];
        if (back) {
          add(from + output, to + input, inner, weight);
        } else if (k == 0) {
          scale(from + input, to + output, inner, weight);
        } else {
          add(from + input, to + output, inner, weight);
        }
      }
    }
  }

  private static void gather(Table t, long x, long y) {
    int taps = t.taps();
    int[] index = t.index();
    double[] weight = t.weight();
    for (int o = 0; o < t.outputs(); o++) {
      float sum = 0;
      for (int k = o * taps; k < o * taps + taps; k++) {
        sum += (float) weight[k] * f32(ALL, x + (long) BYTES * index[k]);
      }
      f32(ALL, y + (long) BYTES * o, sum);
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

  private static void scale(long x, long y, int n, float weight) {
    for (int i = 0; i < n; i++) {
      f32(ALL, y + (long) BYTES * i, weight * f32(ALL, x + (long) BYTES * i));
    }
  }

  private static void add(long x, long y, int n, float weight) {
    for (int i = 0; i < n; i++) {
      long at = y + (long) BYTES * i;
      f32(ALL, at, f32(ALL, at) + weight * f32(ALL, x + (long) BYTES * i));
    }
  }
}
