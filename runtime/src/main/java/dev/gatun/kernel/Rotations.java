package dev.gatun.kernel;

/// [Jacobi] over memory.
final class Rotations {
  private static final int DIVERGED = 1;

  private Rotations() {}

  /// As [Factorizations#eigh], of one matrix.
  static int eigh(boolean upper, Block a, Block values) {
    double[][] rows = (upper ? a.t() : a).loadRows();
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        rows[j][i] = rows[i][j];
      }
    }
    double scale = scale(rows);
    Jacobi.Eigen eigen = Jacobi.eigen(rows);
    if (eigen.values.length < a.rows()) {
      return DIVERGED;
    }
    for (int i = 0; i < eigen.values.length; i++) {
      eigen.values[i] *= scale;
    }
    a.storeRows(eigen.vectors);
    values.storeRow(0, eigen.values, 0);
    return 0;
  }

  /// As [Factorizations#svd], of one matrix.
  static int svd(boolean vectors, Block a, Block u, Block values, Block vt) {
    boolean wide = a.rows() < a.columns();
    double[][] columns = (wide ? a : a.t()).loadRows();
    double scale = scale(columns);
    Jacobi.Singular x = Jacobi.singular(columns);
    double[] s = x.values;
    if (s.length < columns.length) {
      return DIVERGED;
    }
    for (int i = 0; i < s.length; i++) {
      s[i] *= scale;
    }
    values.storeRow(0, s, 0);
    if (vectors) {
      (wide ? vt : u.t()).storeRows(completed(x.left, x.rank, (wide ? vt : u.t()).rows()));
      (wide ? u.t() : vt).storeRows(completed(x.right, x.right.length, (wide ? u.t() : vt).rows()));
    }
    return 0;
  }

  /// Divides by a power of two near the largest element, so that squares neither overflow nor
  /// vanish.
  private static double scale(double[][] rows) {
    double largest = 0;
    for (double[] row : rows) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    if (largest == 0) {
      return 1;
    }
    double scale = Math.scalb(1.0, Math.getExponent(largest));
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= scale;
      }
    }
    return scale;
  }

  private static double[][] completed(double[][] rows, int from, long count) {
    int length = rows.length == 0 ? (int) count : rows[0].length;
    double[][] all = new double[(int) count][length];
    System.arraycopy(rows, 0, all, 0, Math.min(rows.length, all.length));
    Jacobi.complete(all, from);
    return all;
  }
}
