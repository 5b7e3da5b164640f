package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of [F32ChannelNorm], over arrays that are longer than what is used of them.
final class VectorF32ChannelNorm {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  private VectorF32ChannelNorm() {}

  /// `(x - mean) slope + shift`; what stands behind the end is overwritten.
  static void line(float[] x, int n, float mean, float slope, float shift) {
    FloatVector b = FloatVector.broadcast(SPECIES, shift);
    FloatVector a = FloatVector.broadcast(SPECIES, slope);
    for (int i = 0; i < n; i += LANES) {
      FloatVector.fromArray(SPECIES, x, i).sub(mean).fma(a, b).intoArray(x, i);
    }
  }

  /// `Σ g (x - mean)`; the products are rounded to F32.
  static double product(float[] x, float[] g, int n, double mean) {
    float near = (float) mean;
    int end = n & -LANES;
    FloatVector rest = FloatVector.fromArray(SPECIES, x, end).sub(near);
    rest = ZERO.blend(rest.mul(FloatVector.fromArray(SPECIES, g, end)), first(n - end));
    Vector<Double> low = rest.convertShape(VectorOperators.F2D, WIDE, 0);
    Vector<Double> high = rest.convertShape(VectorOperators.F2D, WIDE, 1);
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i).sub(near);
      v = v.mul(FloatVector.fromArray(SPECIES, g, i));
      low = low.add(v.convertShape(VectorOperators.F2D, WIDE, 0));
      high = high.add(v.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    return Lanes.sum(low.add(high).reinterpretAsDoubles());
  }

  /// In the place of `g`: `slope g - shift - (x - mean) tilt`.
  static void slope(float[] x, float[] g, int n, float mean, float slope, float shift, float tilt) {
    FloatVector a = FloatVector.broadcast(SPECIES, slope);
    FloatVector b = FloatVector.broadcast(SPECIES, -shift);
    FloatVector c = FloatVector.broadcast(SPECIES, -tilt);
    for (int i = 0; i < n; i += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, x, i).sub(mean);
      FloatVector v = FloatVector.fromArray(SPECIES, g, i);
      z.fma(c, v.fma(a, b)).intoArray(g, i);
    }
  }
}
