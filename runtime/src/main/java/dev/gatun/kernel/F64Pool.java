package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.kernel.PoolKernels.Problem;
import java.util.Arrays;

/// [PoolKernels] over one plane in F64; operands are addresses.
final class F64Pool {
  private static final int BYTES = Double.BYTES;

  private F64Pool() {}

  /// @param at where indices go, or 0
  static void max(long x, long y, long at, Problem p) {
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
      double max = Double.NEGATIVE_INFINITY;
      for (int i = d.start[od]; i < d.end[od]; i += d.step) {
        for (int j = h.start[oh]; j < h.end[oh]; j += h.step) {
          int row = (i * h.size + j) * w.size;
          for (int k = row + w.start[o]; k < row + w.end[o]; k += w.step) {
            double v = f64(ALL, x + (long) BYTES * k);
            if (v > max || Double.isNaN(v)) {
              max = v;
              best = k;
            }
          }
        }
      }
      f64(ALL, y + (long) BYTES * o, max);
      if (at != 0) {
        i32(ALL, at + 4L * o, best);
      }
    }
  }

  static void average(long x, long y, Problem p) {
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
            sum += f64(ALL, x + (long) BYTES * k);
          }
        }
      }
      double divisor = p.divisor() == 0 ? rows * w.count[o] : p.divisor();
      f64(ALL, y + (long) BYTES * o, sum / divisor);
    }
  }

  static void spread(long g, long dx, Problem p) {
    fill(dx, p.from());
    Scratch scratch = Scratch.take();
    double[] shares = scratch.ensureDoublesA(p.w().size);
    double[] parts = scratch.ensureDoublesB(p.w().outputs());
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
  static void parts(Problem p, double rows, double[] parts) {
    for (int o = 0; o < p.w().outputs(); o++) {
      parts[o] = 1 / (p.divisor() == 0 ? rows * p.w().count[o] : p.divisor());
    }
  }

  private static void share(long g, Windows w, double[] parts, double[] shares) {
    Arrays.fill(shares, 0, w.size, 0);
    for (int o = 0; o < w.outputs(); o++) {
      double share = f64(ALL, g + (long) BYTES * o) * parts[o];
      for (int k = w.start[o]; k < w.end[o]; k++) {
        shares[k] += share;
      }
    }
  }

  /// The shares are the same in all rows of a window.
  private static void addToRows(long dx, Problem p, int od, int oh, double[] shares) {
    Windows d = p.d();
    Windows h = p.h();
    Windows w = p.w();
    for (int i = d.start[od]; i < d.end[od]; i++) {
      for (int j = h.start[oh]; j < h.end[oh]; j++) {
        long row = dx + (long) BYTES * (i * h.size + j) * w.size;
        add(shares, row, w.size);
      }
    }
  }

  private static void add(double[] shares, long row, int n) {
    for (int k = 0; k < n; k++) {
      long at = row + (long) BYTES * k;
      f64(ALL, at, f64(ALL, at) + shares[k]);
    }
  }

  private static void fill(long y, int n) {
    ALL.asSlice(y, (long) BYTES * n).fill((byte) 0);
  }

  static void scatter(long g, int n, long indices, long y, int to) {
    fill(y, to);
    for (int i = 0; i < n; i++) {
      long at = y + (long) BYTES * i32(ALL, indices + 4L * i);
      f64(ALL, at, f64(ALL, at) + f64(ALL, g + (long) BYTES * i));
    }
  }

  static void gather(long x, long indices, long y, int n) {
    for (int i = 0; i < n; i++) {
      f64(ALL, y + (long) BYTES * i, f64(ALL, x + (long) BYTES * i32(ALL, indices + 4L * i)));
    }
  }
}
