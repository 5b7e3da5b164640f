package dev.gatun.kernel;

/// `A = P L U` by halves of the columns, of which all but the smallest are matrix products.
final class Lu {
  private static final int SMALL = 16;

  private Lu() {}

  /// Factors in place, where there are at least as many rows as columns; L has a diagonal of ones,
  /// which is not stored. Row `at + i` was exchanged with row `pivots[at + i] - 1`, which is
  /// LAPACK's way to say it.
  ///
  /// @return 0, or the number of the first column, from 1, whose pivot is 0
  static int factor(Block a, int[] pivots, int at) {
    long m = a.rows();
    long n = a.columns();
    if (n <= SMALL) {
      return small(a, pivots, at);
    }
    long h = n / 2 / 8 * 8;
    int info = factor(a.part(0, 0, m, h), pivots, at);
    Block right = a.part(0, h, m, n - h);
    for (int i = 0; i < h; i++) {
      right.swapRows(i, pivots[at + i] - 1 - at);
    }
    Block above = right.part(0, 0, h, n - h);
    Block rest = right.part(h, 0, m - h, n - h);
    Triangular.solve(a.part(0, 0, h, h), false, true, above);
    rest.multiply(-1, a.part(h, 0, m - h, h), above, 1);
    int second = factor(rest, pivots, at + (int) h);
    Block left = a.part(0, 0, m, h);
    for (int i = (int) h; i < n; i++) {
      left.swapRows(i, pivots[at + i] - 1 - at);
    }
    return info != 0 ? info : second != 0 ? second + (int) h : 0;
  }

  private static int small(Block a, int[] pivots, int at) {
    int m = (int) a.rows();
    double[][] columns = a.t().loadRows();
    int info = 0;
    for (int j = 0; j < columns.length; j++) {
      double[] column = columns[j];
      int best = largest(column, j);
      pivots[at + j] = at + best + 1;
      for (double[] c : columns) {
        double kept = c[j];
        c[j] = c[best];
        c[best] = kept;
      }
      double pivot = column[j];
      if (pivot == 0) {
        info = info == 0 ? j + 1 : info;
        continue;
      }
      for (int i = j + 1; i < m; i++) {
        column[i] /= pivot;
      }
      for (int c = j + 1; c < columns.length; c++) {
        double[] other = columns[c];
        double factor = other[j];
        for (int i = j + 1; i < m; i++) {
          other[i] -= factor * column[i];
        }
      }
    }
    a.t().storeRows(columns);
    return info;
  }

  private static int largest(double[] column, int from) {
    int best = from;
    for (int i = from + 1; i < column.length; i++) {
      if (Math.abs(column[i]) > Math.abs(column[best])) {
        best = i;
      }
    }
    return best;
  }
}
