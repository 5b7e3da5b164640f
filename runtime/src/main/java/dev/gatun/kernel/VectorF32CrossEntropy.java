package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;
import static dev.gatun.kernel.VectorF32Exp.normal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of [F32CrossEntropy], over arrays that are longer than what is used of them.
final class VectorF32CrossEntropy {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final FloatVector LOWEST = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);

  private VectorF32CrossEntropy() {}

  static float max(float[] x, int at, int n) {
    int end = n & -LANES;
    FloatVector max = LOWEST.blend(FloatVector.fromArray(SPECIES, x, at + end), first(n - end));
    for (int i = 0; i < end; i += LANES) {
      max = max.max(FloatVector.fromArray(SPECIES, x, at + i));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /// `Σ exp(x - max)`
  static double sum(float[] x, int at, int n, float max) {
    int end = n & -LANES;
    double whole = end > 0 ? wholeSum(x, at, end, max) : 0;
    return end < n ? whole + lastSum(x, at + end, n - end, max) : whole;
  }

  private static double wholeSum(float[] x, int at, int n, float max) {
    DoubleVector total = DoubleVector.zero(WIDE);
    for (int i = at; i < at + n; i += LANES) {
      FloatVector e = normal(FloatVector.fromArray(SPECIES, x, i).sub(max));
      total = total.add(e.convertShape(VectorOperators.F2D, WIDE, 0));
      total = total.add(e.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    return Lanes.sum(total);
  }

  private static double lastSum(float[] x, int at, int n, float max) {
    FloatVector e = normal(FloatVector.fromArray(SPECIES, x, at).sub(max));
    FloatVector inside = FloatVector.zero(SPECIES).blend(e, first(n));
    Vector<Double> low = inside.convertShape(VectorOperators.F2D, WIDE, 0);
    return Lanes.sum(
        low.add(inside.convertShape(VectorOperators.F2D, WIDE, 1)).reinterpretAsDoubles());
  }

  /// `y = scale exp(x - max)`, to the end of the last vector.
  static void exponentials(float[] x, int at, int n, float max, float scale, float[] y) {
    for (int i = at; i < at + n; i += LANES) {
      normal(FloatVector.fromArray(SPECIES, x, i).sub(max)).mul(scale).intoArray(y, i);
    }
  }
}
