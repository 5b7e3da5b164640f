package dev.gatun.kernel;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;
import dev.gatun.bindings.BlasTriangular;

/// Triangular systems, in place: by OpenBLAS, or by halves of which all but the smallest are matrix
/// products.
final class Triangular {
  /// Up to this order rows are subtracted from each other in arrays.
  private static final int SMALL = 32;

  /// Columns of B that are in arrays at once.
  private static final int WIDTH = 256;

  private Triangular() {}

  /// Solves `T X = B`; X replaces B. Only the triangle of T is read, with `unit` not its diagonal.
  static void solve(Block t, boolean upper, boolean unit, Block b) {
    long n = t.rows();
    if (n == 0 || b.columns() == 0) {
      return;
    }
    if (n <= SMALL) {
      substitute(t, upper, unit, b);
      return;
    }
    if (Backends.current() == Backend.OPENBLAS) {
      library(t, upper, unit, b);
      return;
    }
    long h = n / 2 / 8 * 8;
    Block first = b.part(0, 0, h, b.columns());
    Block second = b.part(h, 0, n - h, b.columns());
    Block corner = t.part(0, 0, h, h);
    Block rest = t.part(h, h, n - h, n - h);
    if (upper) {
      solve(rest, true, unit, second);
      first.multiply(-1, t.part(0, h, h, n - h), second, 1);
      solve(corner, true, unit, first);
    } else {
      solve(corner, false, unit, first);
      second.multiply(-1, t.part(h, 0, n - h, h), first, 1);
      solve(rest, false, unit, second);
    }
  }

  private static void library(Block t, boolean upper, boolean unit, Block b) {
    BlasTriangular blas = Blas.load().triangular();
    // What lies column-major is the transpose of what the library sees: it solves from the right.
    boolean right = !b.isRowMajor();
    boolean transposed = t.isRowMajor() == right;
    boolean storedUpper = upper == t.isRowMajor();
    long m = right ? b.columns() : b.rows();
    long n = right ? b.rows() : b.columns();
    int bytes = t.dtype().byteSize();
    long atT = t.offset() * bytes;
    long atB = b.offset() * bytes;
    if (Elements.isF32(t.dtype())) {
      blas.strsm(
          right,
          storedUpper,
          transposed,
          unit,
          m,
          n,
          t.memory(),
          atT,
          t.ld(),
          b.memory(),
          atB,
          b.ld());
    } else {
      blas.dtrsm(
          right,
          storedUpper,
          transposed,
          unit,
          m,
          n,
          t.memory(),
          atT,
          t.ld(),
          b.memory(),
          atB,
          b.ld());
    }
  }

  private static void substitute(Block t, boolean upper, boolean unit, Block b) {
    int n = (int) t.rows();
    double[][] factors = t.loadRows();
    for (long j = 0; j < b.columns(); j += WIDTH) {
      Block part = b.part(0, j, n, Math.min(WIDTH, b.columns() - j));
      double[][] rows = part.loadRows();
      for (int step = 0; step < n; step++) {
        int i = upper ? n - 1 - step : step;
        for (int p = upper ? i + 1 : 0; p < (upper ? n : i); p++) {
          subtract(rows[i], factors[i][p], rows[p]);
        }
        if (!unit) {
          divide(rows[i], factors[i][i]);
        }
      }
      part.storeRows(rows);
    }
  }

  /// `y = y - factor x`
  static void subtract(double[] y, double factor, double[] x) {
    for (int j = 0; j < y.length; j++) {
      y[j] -= factor * x[j];
    }
  }

  private static void divide(double[] y, double by) {
    for (int j = 0; j < y.length; j++) {
      y[j] /= by;
    }
  }
}
