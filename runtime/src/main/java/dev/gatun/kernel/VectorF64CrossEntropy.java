package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.first;
import static dev.gatun.kernel.VectorF64Exp.small;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/// Vector loops of [F64CrossEntropy], over arrays that are longer than what is used of them.
final class VectorF64CrossEntropy {
  private static final int LANES = SPECIES.length();
  private static final DoubleVector LOWEST =
      DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);

  private VectorF64CrossEntropy() {}

  static double max(double[] x, int at, int n) {
    int end = n & -LANES;
    DoubleVector max = LOWEST.blend(DoubleVector.fromArray(SPECIES, x, at + end), first(n - end));
    for (int i = 0; i < end; i += LANES) {
      max = max.max(DoubleVector.fromArray(SPECIES, x, at + i));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /// `Σ exp(x - max)`
  static double sum(double[] x, int at, int n, double max) {
    int end = n & -LANES;
    double whole = end > 0 ? wholeSum(x, at, end, max) : 0;
    return end < n ? whole + lastSum(x, at + end, n - end, max) : whole;
  }

  private static double wholeSum(double[] x, int at, int n, double max) {
    DoubleVector total = DoubleVector.zero(SPECIES);
    for (int i = at; i < at + n; i += LANES) {
      total = total.add(small(DoubleVector.fromArray(SPECIES, x, i).sub(max)));
    }
    return Lanes.sum(total);
  }

  private static double lastSum(double[] x, int at, int n, double max) {
    DoubleVector e = small(DoubleVector.fromArray(SPECIES, x, at).sub(max));
    return Lanes.sum(DoubleVector.zero(SPECIES).blend(e, first(n)));
  }

  /// `y = scale exp(x - max)`, to the end of the last vector.
  static void exponentials(double[] x, int at, int n, double max, double scale, double[] y) {
    for (int i = at; i < at + n; i += LANES) {
      small(DoubleVector.fromArray(SPECIES, x, i).sub(max)).mul(scale).intoArray(y, i);
    }
  }
}
