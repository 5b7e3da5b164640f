package dev.gatun.kernel;

/// `A = L Lᵀ` by halves, of which all but the smallest are matrix products.
final class Cholesky {
  private static final int SMALL = 32;

  private Cholesky() {}

  /// Factors the lower triangle in place; what is above it becomes arbitrary.
  ///
  /// @return 0, or the order of the leading part that is not positive definite
  static int factor(Block a) {
    long n = a.rows();
    if (n <= SMALL) {
      return small(a);
    }
    long h = n / 2 / 8 * 8;
    Block corner = a.part(0, 0, h, h);
    Block below = a.part(h, 0, n - h, h);
    Block rest = a.part(h, h, n - h, n - h);
    int info = factor(corner);
    if (info != 0) {
      return info;
    }
    Triangular.solve(corner, false, false, below.t());
    rest.multiply(-1, below, below.t(), 1);
    info = factor(rest);
    return info == 0 ? 0 : info + (int) h;
  }

  private static int small(Block a) {
    int n = (int) a.rows();
    double[][] l = a.loadRows();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = l[i][j];
        for (int p = 0; p < j; p++) {
          sum -= l[i][p] * l[j][p];
        }
        if (j < i) {
          l[i][j] = sum / l[j][j];
        } else if (sum > 0) {
          l[i][i] = Math.sqrt(sum);
        } else {
          return i + 1;
        }
      }
    }
    a.storeRows(l);
    return 0;
  }
}
