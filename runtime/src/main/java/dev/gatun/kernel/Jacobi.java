package dev.gatun.kernel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Eigenvalues and singular values by Jacobi's rotations: slower than LAPACK's algorithms, and at
/// least as accurate.
final class Jacobi {
  private static final double EPSILON = Math.ulp(1.0);
  private static final int SWEEPS = 60;

  /// Sweeps after which what is left are rounding errors of larger numbers, which need not become
  /// small in relation to themselves.
  private static final int FINE_SWEEPS = 20;

  /// The square of what counts as nothing beside the whole matrix: far from where squares vanish.
  private static final double NOTHING = 1e-280;

  private Jacobi() {}

  /// Eigenvalues of a symmetric matrix, ascending, each with its vector as a row.
  static final class Eigen {
    final double[] values;
    final double[][] vectors;

    Eigen(double[] values, double[][] vectors) {
      this.values = values;
      this.vectors = vectors;
    }
  }

  /// Singular values, descending, with the vectors as rows: `a = Σ values[i] left[i] right[i]ᵀ`.
  /// Left vectors from `rank` on are to be made up: their values are 0, or as good as that.
  static final class Singular {
    final double[] values;
    final double[][] left;
    final double[][] right;
    final int rank;

    Singular(double[] values, double[][] left, double[][] right, int rank) {
      this.values = values;
      this.left = left;
      this.right = right;
      this.rank = rank;
    }
  }

  static double[][] identity(int n) {
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      rows[i][i] = 1;
    }
    return rows;
  }

  /// Of a symmetric matrix, which is turned until it is diagonal.
  static Eigen eigen(double[][] a) {
    int n = a.length;
    double[][] vectors = identity(n);
    double rounding = EPSILON * Math.sqrt(squares(a)) / n;
    boolean rotated = true;
    for (int sweep = 0; rotated; sweep++) {
      if (sweep == SWEEPS) {
        return new Eigen(new double[0], vectors);
      }
      double floor = sweep < FINE_SWEEPS ? Double.MIN_NORMAL : rounding;
      rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotated |= rotate(a, vectors, p, q, floor);
        }
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> a[i][i]);
    int[] order = order(values, Comparator.naturalOrder());
    return new Eigen(
        Arrays.stream(order).mapToDouble(i -> values[i]).toArray(), picked(vectors, order));
  }

  /// Makes `a[p][q]` 0 by a rotation from both sides.
  private static boolean rotate(double[][] a, double[][] vectors, int p, int q, double floor) {
    double off = a[p][q];
    // Relative to both diagonal elements, which is what they would change by, if not to the matrix.
    double scale = Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q]));
    if (Math.abs(off) <= Math.max(floor, EPSILON * scale)) {
      return false;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * off);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    if (Math.abs(t * off) <= EPSILON * EPSILON * (Math.abs(a[p][p]) + Math.abs(a[q][q]))) {
      a[p][q] = 0;
      a[q][p] = 0;
      return false;
    }
    double c = 1 / Math.hypot(t, 1);
    double s = t * c;
    turn(a[p], a[q], c, s);
    for (double[] row : a) {
      double x = row[p];
      double y = row[q];
      row[p] = c * x - s * y;
      row[q] = s * x + c * y;
    }
    a[p][q] = 0;
    a[q][p] = 0;
    turn(vectors[p], vectors[q], c, s);
    return true;
  }

  private static void turn(double[] x, double[] y, double c, double s) {
    for (int i = 0; i < x.length; i++) {
      double xi = x[i];
      double yi = y[i];
      x[i] = c * xi - s * yi;
      y[i] = s * xi + c * yi;
    }
  }

  /// Of a matrix given by its columns, no more than rows; they are turned until they are
  /// orthogonal.
  ///
  /// @return values, or none when it did not converge
  static Singular singular(double[][] columns) {
    int n = columns.length;
    double[][] right = identity(n);
    double all = squares(columns);
    double floor = NOTHING * all;
    boolean rotated = true;
    for (int sweep = 0; rotated; sweep++) {
      if (sweep == SWEEPS) {
        return new Singular(new double[0], columns, right, 0);
      }
      if (sweep == FINE_SWEEPS) {
        floor = n * EPSILON * n * EPSILON * all;
      }
      rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotated |= orthogonalize(columns, right, p, q, floor);
        }
      }
    }
    double[] norms = Arrays.stream(columns).mapToDouble(Jacobi::norm).toArray();
    int[] order = order(norms, Comparator.reverseOrder());
    double[] values = Arrays.stream(order).mapToDouble(i -> norms[i]).toArray();
    double[][] left = picked(columns, order);
    int rank = 0;
    for (; rank < n && values[rank] * values[rank] > floor; rank++) {
      for (int j = 0; j < left[rank].length; j++) {
        left[rank][j] /= values[rank];
      }
    }
    return new Singular(values, left, picked(right, order), rank);
  }

  private static double squares(double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      sum += dot(row, row);
    }
    return sum;
  }

  /// Leaves columns alone whose squares add up to no more than `floor`.
  private static boolean orthogonalize(
      double[][] columns, double[][] right, int p, int q, double floor) {
    double[] x = columns[p];
    double[] y = columns[q];
    double xx = dot(x, x);
    double yy = dot(y, y);
    double xy = dot(x, y);
    if (Math.min(xx, yy) <= floor || Math.abs(xy) <= EPSILON * Math.sqrt(xx) * Math.sqrt(yy)) {
      return false;
    }
    double zeta = (yy - xx) / (2 * xy);
    double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(zeta, 1));
    double c = 1 / Math.hypot(t, 1);
    turn(x, y, c, c * t);
    turn(right[p], right[q], c, c * t);
    return true;
  }

  /// Rows `from` and later, or such that are 0, become orthogonal to all others and of length 1.
  static void complete(double[][] rows, int from) {
    int n = rows.length == 0 ? 0 : rows[0].length;
    for (int i = from; i < rows.length; i++) {
      double best = 0;
      double[] chosen = rows[i];
      // Some axis keeps at least the average of what is left of all of them.
      double enough = 0.5 * Math.sqrt((double) (n - i) / n);
      for (int axis = 0; axis < n && best < enough; axis++) {
        double[] candidate = new double[n];
        candidate[axis] = 1;
        for (int twice = 0; twice < 2; twice++) {
          for (int j = 0; j < i; j++) {
            Triangular.subtract(candidate, dot(candidate, rows[j]), rows[j]);
          }
        }
        double length = norm(candidate);
        if (length > best) {
          best = length;
          chosen = candidate;
        }
      }
      for (int j = 0; j < n; j++) {
        rows[i][j] = chosen[j] / best;
      }
    }
  }

  private static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static int[] order(double[] values, Comparator<Double> by) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((i, j) -> by.compare(values[i], values[j]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[][] picked(double[][] rows, int[] order) {
    return Arrays.stream(order).mapToObj(i -> rows[i]).toArray(double[][]::new);
  }
}
