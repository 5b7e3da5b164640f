package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The product by plain loops. Rows of B are copied into arrays of their own, and two rows of C are
/// updated from four of them at a time: loops over arrays at one common index are what the compiler
/// makes vectors of.
final class F64Loops {
  private static final ValueLayout.OfDouble ELEMENT = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final int BYTES = Double.BYTES;
  private static final int KC = 128;
  private static final int NC = 256;

  private F64Loops() {}

  /// Computes rows i0 to i1 and columns j0 to j1 of the product.
  static void block(Product x, long i0, long i1, long j0, long j1) {
    Scratch scratch = Scratch.take();
    boolean inPlace = EpiloguePass.isBiasAndRelu(x.epilogue());
    for (long j = j0; j < j1; j += NC) {
      int columns = (int) Math.min(NC, j1 - j);
      for (long p = 0; p < x.k(); p += KC) {
        int k = (int) Math.min(KC, x.k() - p);
        int quads = (k + 3) / 4;
        double[][] rows = scratch.ensureDoubleRows(4 * quads + 3, columns);
        copyB(x, p, j, k, columns, rows);
        for (int r = k; r < 4 * quads; r++) {
          Arrays.fill(rows[r], 0, columns, 0);
        }
        double beta = p == 0 ? x.beta() : 1;
        boolean last = inPlace && p + k == x.k();
        for (long i = i0; i < i1; i += 2) {
          twoRows(x, i, i + 1 < i1, p, k, j, columns, beta, last, rows, scratch);
        }
      }
    }
    if (!inPlace) {
      EpiloguePass.apply(DType.F64, x, i0, i1, j0, j1);
    }
    scratch.release();
  }

  private static void copyB(Product x, long p, long j, int k, int columns, double[][] rows) {
    MemorySegment b = x.b();
    if (!x.transB()) {
      for (int r = 0; r < k; r++) {
        MemorySegment.copy(b, ELEMENT, x.atB(p + r, j) * BYTES, rows[r], 0, columns);
      }
      return;
    }
    for (int q = 0; q < columns; q++) {
      long at = x.atB(p, j + q) * BYTES;
      for (int r = 0; r < k; r++) {
        rows[r][q] = b.get(ELEMENT, at + (long) r * BYTES);
      }
    }
  }

  private static void twoRows(
      Product x,
      long i,
      boolean two,
      long p,
      int k,
      long j,
      int columns,
      double beta,
      boolean last,
      double[][] rows,
      Scratch scratch) {
    int spare = (k + 3) / 4 * 4;
    double[] c0 = rows[spare];
    double[] c1 = rows[spare + 1];
    Arrays.fill(c0, 0, columns, 0);
    Arrays.fill(c1, 0, columns, 0);
    double[] a = scratch.doubleTile;
    for (int r = 0; r < k; r += 4) {
      for (int q = 0; q < 4; q++) {
        boolean inside = r + q < k;
        a[q] = inside ? element(x, i, p + r + q) : 0;
        a[4 + q] = inside && two ? element(x, i + 1, p + r + q) : 0;
      }
      update(c0, c1, a, rows[r], rows[r + 1], rows[r + 2], rows[r + 3], columns);
    }
    add(x, i, j, columns, beta, last, c0, rows[spare + 2]);
    if (two) {
      add(x, i + 1, j, columns, beta, last, c1, rows[spare + 2]);
    }
  }

  private static double element(Product x, long i, long p) {
    return x.a().get(ELEMENT, x.atA(i, p) * BYTES);
  }

  private static void update(
      double[] c0,
      double[] c1,
      double[] a,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      int columns) {
    double a0 = a[0];
    double a1 = a[1];
    double a2 = a[2];
    double a3 = a[3];
    double d0 = a[4];
    double d1 = a[5];
    double d2 = a[6];
    double d3 = a[7];
    for (int j = 0; j < columns; j++) {
      c0[j] = c0[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
      c1[j] = c1[j] + d0 * b0[j] + d1 * b1[j] + d2 * b2[j] + d3 * b3[j];
    }
  }

  private static void add(
      Product x,
      long i,
      long j,
      int columns,
      double beta,
      boolean last,
      double[] sums,
      double[] old) {
    MemorySegment c = x.c();
    double alpha = x.alpha();
    long at = x.atC(i, j) * BYTES;
    if (beta == 0) {
      for (int q = 0; q < columns; q++) {
        sums[q] = alpha * sums[q];
      }
    } else {
      MemorySegment.copy(c, ELEMENT, at, old, 0, columns);
      for (int q = 0; q < columns; q++) {
        sums[q] = beta * old[q] + alpha * sums[q];
      }
    }
    if (last) {
      finish(x.epilogue(), j, columns, sums, old);
    }
    MemorySegment.copy(sums, 0, c, ELEMENT, at, columns);
  }

  /// Bias and relu; `spare` is overwritten.
  private static void finish(Epilogue e, long j, int columns, double[] sums, double[] spare) {
    MemorySegment bias = e.bias();
    if (bias != null) {
      MemorySegment.copy(bias, ELEMENT, (e.biasOffset() + j) * BYTES, spare, 0, columns);
      for (int q = 0; q < columns; q++) {
        sums[q] = sums[q] + spare[q];
      }
    }
    if (e.activation() == Activation.RELU) {
      for (int q = 0; q < columns; q++) {
        sums[q] = Math.max(sums[q], 0);
      }
    }
  }
}
