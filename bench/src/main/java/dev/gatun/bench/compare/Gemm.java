package dev.gatun.bench.compare;

import java.util.Arrays;

/// A product of row-major matrices.
///
/// @param m rows of the first and of the product
/// @param k columns of the first, rows of the second
/// @param n columns of the second and of the product
/// @param doubles whether in F64 instead of F32
public record Gemm(int m, int k, int n, boolean doubles) implements Workload {
  /// Up to here every row is checked: in doubles, that takes as long as many repetitions.
  private static final long FULLY_CHECKED = 256L * 256 * 256;

  /// Above, every 13th row: no block of a kernel has that size, so each of its rows comes up.
  private static final int STRIDE = 13;

  @Override
  public String name() {
    String shape = isSquare() ? Integer.toString(n) : m + "x" + k + "x" + n;
    return (doubles ? "gemm-f64 " : "gemm ") + shape;
  }

  /// Whether it belongs into a plot over the size.
  ///
  /// @return whether both matrices are square
  public boolean isSquare() {
    return m == n && k == n;
  }

  /// Whether slow code does it within a second or so.
  ///
  /// @return whether it is not larger than 1024×1024×1024
  public boolean isModest() {
    return (long) m * k * n <= 1L << 30;
  }

  /// Floating-point operations.
  ///
  /// @return multiplications and additions
  public double flops() {
    return 2.0 * m * k * n;
  }

  /// The first matrix.
  ///
  /// @return `[m,k]`
  public float[] a() {
    return Inputs.uniform(1, m * k, 1);
  }

  /// The second matrix.
  ///
  /// @return `[k,n]`
  public float[] b() {
    return Inputs.uniform(2, k * n, 1);
  }

  @Override
  public Group group() {
    return Group.GEMM;
  }

  @Override
  public void check(double[] got) {
    Inputs.requireLength(name(), got, m * n);
    float[] a = a();
    float[] b = b();
    int stride = (long) m * k * n <= FULLY_CHECKED ? 1 : STRIDE;
    double[] row = new double[n];
    double[] sum = new double[n];
    for (int i = 0; i < m; i += stride) {
      System.arraycopy(got, i * n, row, 0, n);
      Arrays.fill(sum, 0);
      for (int p = 0; p < k; p++) {
        addScaled(a[i * k + p], b, p * n, sum);
      }
      Inputs.requireClose(name() + ", row " + i, row, sum, doubles ? 1e-13 : 1e-5);
    }
  }

  private static void addScaled(double factor, float[] x, int from, double[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += factor * x[from + j];
    }
  }
}
