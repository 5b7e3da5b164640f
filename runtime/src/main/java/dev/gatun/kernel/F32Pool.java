package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.kernel.PoolKernels.Problem;
import java.util.Arrays;

/// [PoolKernels] over one plane in F32; operands are addresses.
final class F32Pool {
  private static final int BYTES = Float.BYTES;

  private F32Pool() {}

  /// @param at where indices go, or 0
  static void max(long x, long y, long at, Problem p) {
    if (Dispatch.vector() && VectorF32Pool.fits(p)) {
      VectorF32Pool.max(x, y, at, p);
      return;
    }
    long to = y;
    long index = at;
    for (int od = 0; od < p.d().outputs(); od++) {
      for (int oh = 0; oh < p.h().outputs(); oh++) {
        maxRow(x, to, index, p, od, oh);
        to += (long) BYTES * p.w().outputs();
        index += at == 0 ? 0 : 4L * p.w().outputs();
      }
    }
  }

  private static void maxRow(long x, long y, long at, Problem p, int od, int oh) {
    Windows d = p.d();
    Windows h = p.h();
    Windows w = p.w();
    for (int o = 0; o < w.outputs(); o++) {
      int best = (d.start[od] * h.size + h.start[oh]) * w.size + w.start[o];
      float max = Float.NEGATIVE_INFINITY;
      for (int i = d.start[od]; i < d.end[od]; i += d.step) {
        for (int j = h.start[oh]; j < h.end[oh]; j += h.step) {
          int row = (i * h.size + j) * w.size;
          for (int k = row + w.start[o]; k < row + w.end[o]; k += w.step) {
            float v = f32(ALL, x + (long) BYTES * k);
            if (v > max || Float.isNaN(v)) {
              max = v;
              best = k;
            }
          }
        }
      }
      f32(ALL, y + (long) BYTES * o, max);
      if (at != 0) {
        i32(ALL, at + 4L * o, best);
      }
    }
  }

  static void average(long x, long y, Problem p) {
    if (p.to() == 1 && p.isWhole()) {
      double sum =
          Dispatch.vector() ? VectorF32Folds.total(x, p.from()) : F32Folds.sum(x, p.from());
      double divisor = p.divisor() == 0 ? p.from() : p.divisor();
      f32(ALL, y, (float) (sum / divisor));
      return;
    }
    if (Dispatch.vector() && VectorF32Pool.fits(p)) {
      VectorF32Pool.average(x, y, p);
      return;
    }
    long to = y;
    for (int od = 0; od < p.d().outputs(); od++) {
      for (int oh = 0; oh < p.h().outputs(); oh++) {
        averageRow(x, to, p, od, oh);
        to += (long) BYTES * p.w().outputs();
      }
    }
  }

  private static void averageRow(long x, long y, Problem p, int od, int oh) {
    Windows d = p.d();
    Windows h = p.h();
    Windows w = p.w();
    double rows = (double) d.count[od] * h.count[oh];
    for (int o = 0; o < w.outputs(); o++) {
      double sum = 0;
      for (int i = d.start[od]; i < d.end[od]; i++) {
        for (int j = h.start[oh]; j < h.end[oh]; j++) {
          int row = (i * h.size + j) * w.size;
          for (int k = row + w.start[o]; k < row + w.end[o]; k++) {
            sum += f32(ALL, x + (long) BYTES * k);
          }
        }
      }
      double divisor = p.divisor() == 0 ? rows * w.count[o] : p.divisor();
      f32(ALL, y + (long) BYTES * o, (float) (sum / divisor));
    }
  }

  /// Of each window of a row that stands in an array behind its padding.
  static void largest(float[] row, Windows w, long y) {
    for (int o = 0; o < w.outputs(); o++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int k = w.padding + w.start[o]; k < w.padding + w.end[o]; k += w.step) {
        max = Math.max(max, row[k]);
      }
      f32(ALL, y + (long) BYTES * o, max);
    }
  }

  static void largest(float[] row, int[] places, Windows w, long y, long index) {
    for (int o = 0; o < w.outputs(); o++) {
      int best = w.padding + w.start[o];
      for (int k = best + w.step; k < w.padding + w.end[o]; k += w.step) {
        best = isTaken(row[k], places[k], row[best], places[best]) ? k : best;
      }
      f32(ALL, y + (long) BYTES * o, row[best]);
      i32(ALL, index + 4L * o, places[best]);
    }
  }

  /// Of equals the one that stands first in the plane is taken, of NaN the last.
  private static boolean isTaken(float v, int place, float max, int best) {
    return v > max
        || (v == max && place < best)
        || (Float.isNaN(v) && (!Float.isNaN(max) || place > best));
  }

  static void sum(float[] row, float[] shares, Windows w, long y) {
    for (int o = 0; o < w.outputs(); o++) {
      double sum = 0;
      for (int k = w.padding + w.start[o]; k < w.padding + w.end[o]; k++) {
        sum += row[k];
      }
      f32(ALL, y + (long) BYTES * o, (float) (sum * shares[o]));
    }
  }

  static void spread(long g, long dx, Problem p) {
    fill(dx, p.from());
    Scratch scratch = Scratch.take();
    float[] shares = scratch.ensureFloatsA(p.w().size + VectorF32Pool.SLACK);
    float[] parts = scratch.ensureFloatsB(p.w().outputs() + VectorF32Pool.SLACK);
    long from = g;
    double last = 0;
    for (int od = 0; od < p.d().outputs(); od++) {
      for (int oh = 0; oh < p.h().outputs(); oh++) {
        double rows = (double) p.d().count[od] * p.h().count[oh];
        if (rows != last) {
          parts(p, rows, parts);
          last = rows;
        }
        share(from, p.w(), parts, shares);
        addToRows(dx, p, od, oh, shares);
        from += (long) BYTES * p.w().outputs();
      }
    }
    scratch.release();
  }

  /// What an element of each window of a row has as its part of the mean.
  static void parts(Problem p, double rows, float[] parts) {
    for (int o = 0; o < p.w().outputs(); o++) {
      parts[o] = (float) (1 / (p.divisor() == 0 ? rows * p.w().count[o] : p.divisor()));
    }
  }

  private static void share(long g, Windows w, float[] parts, float[] shares) {
    Arrays.fill(shares, 0, w.size, 0);
    for (int o = 0; o < w.outputs(); o++) {
      float share = f32(ALL, g + (long) BYTES * o) * parts[o];
      for (int k = w.start[o]; k < w.end[o]; k++) {
        shares[k] += share;
      }
    }
  }

  /// The shares are the same in all rows of a window.
  private static void addToRows(long dx, Problem p, int od, int oh, float[] shares) {
    Windows d = p.d();
    Windows h = p.h();
    Windows w = p.w();
    for (int i = d.start[od]; i < d.end[od]; i++) {
      for (int j = h.start[oh]; j < h.end[oh]; j++) {
        long row = dx + (long) BYTES * (i * h.size + j) * w.size;
        if (Dispatch.vector()) {
          VectorF32Pool.add(shares, row, w.size);
        } else {
          add(shares, row, w.size);
        }
      }
    }
  }

  private static void add(float[] shares, long row, int n) {
    for (int k = 0; k < n; k++) {
      long at = row + (long) BYTES * k;
      f32(ALL, at, f32(ALL, at) + shares[k]);
    }
  }

  private static void fill(long y, int n) {
    ALL.asSlice(y, (long) BYTES * n).fill((byte) 0);
  }

  static void scatter(long g, int n, long indices, long y, int to) {
    fill(y, to);
    for (int i = 0; i < n; i++) {
      long at = y + (long) BYTES * i32(ALL, indices + 4L * i);
      f32(ALL, at, f32(ALL, at) + f32(ALL, g + (long) BYTES * i));
    }
  }

  static void gather(long x, long indices, long y, int n) {
    for (int i = 0; i < n; i++) {
      f32(ALL, y + (long) BYTES * i, f32(ALL, x + (long) BYTES * i32(ALL, indices + 4L * i)));
    }
  }
}
