package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of [F32LayerNorm], over arrays that are longer than what is used of them.
final class VectorF32LayerNorm {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  private VectorF32LayerNorm() {}

  static double sum(float[] x, int at, int n) {
    int end = n & -LANES;
    FloatVector last = ZERO.blend(FloatVector.fromArray(SPECIES, x, at + end), first(n - end));
    Vector<Double> low = last.convertShape(VectorOperators.F2D, WIDE, 0);
    Vector<Double> high = last.convertShape(VectorOperators.F2D, WIDE, 1);
    for (int i = at; i < at + end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      low = low.add(v.convertShape(VectorOperators.F2D, WIDE, 0));
      high = high.add(v.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    return Lanes.sum(low.add(high).reinterpretAsDoubles());
  }

  /// `Σ (x - mean)²`; the differences are rounded to F32, which their squares hardly notice.
  static double squares(float[] x, int at, int n, double mean) {
    float near = (float) mean;
    int end = n & -LANES;
    FloatVector rest = FloatVector.fromArray(SPECIES, x, at + end).sub(near);
    FloatVector last = ZERO.blend(rest.mul(rest), first(n - end));
    Vector<Double> low = last.convertShape(VectorOperators.F2D, WIDE, 0);
    Vector<Double> high = last.convertShape(VectorOperators.F2D, WIDE, 1);
    for (int i = at; i < at + end; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, i).sub(near);
      FloatVector v = d.mul(d);
      low = low.add(v.convertShape(VectorOperators.F2D, WIDE, 0));
      high = high.add(v.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    double sum = Lanes.sum(low.add(high).reinterpretAsDoubles());
    double off = mean - near;
    return Math.max(0, sum - n * off * off);
  }

  static void normalize(float[] x, int at, int n, float mean, float scale, float[] w, float[] b) {
    int end = n & -LANES;
    for (int c = 0; c < end; c += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      FloatVector y = z.mul(FloatVector.fromArray(SPECIES, w, c));
      y.add(FloatVector.fromArray(SPECIES, b, c)).intoArray(x, at + c);
    }
    FloatVector old = FloatVector.fromArray(SPECIES, x, at + end);
    FloatVector y = old.sub(mean).mul(scale).mul(FloatVector.fromArray(SPECIES, w, end));
    y = y.add(FloatVector.fromArray(SPECIES, b, end));
    old.blend(y, first(n - end)).intoArray(x, at + end);
  }

  /// In the place of `g`: `scale (g w - Σ g w / n - z Σ g w z / n)` with `z = (x - mean) scale`;
  /// the second term only where the mean was taken away.
  static void slope(
      float[] x, float[] g, int at, int n, float mean, float scale, float[] w, boolean centered) {
    int end = n & -LANES;
    FloatVector z = FloatVector.fromArray(SPECIES, x, at + end).sub(mean).mul(scale);
    FloatVector gw = FloatVector.fromArray(SPECIES, g, at + end);
    gw = gw.mul(FloatVector.fromArray(SPECIES, w, end));
    FloatVector sum = ZERO.blend(gw, first(n - end));
    FloatVector product = ZERO.blend(gw.mul(z), first(n - end));
    for (int c = 0; c < end; c += LANES) {
      FloatVector zc = FloatVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      FloatVector gc = FloatVector.fromArray(SPECIES, g, at + c);
      gc = gc.mul(FloatVector.fromArray(SPECIES, w, c));
      sum = sum.add(gc);
      product = gc.fma(zc, product);
    }
    float shift = centered ? Lanes.sum(sum) / n : 0;
    float tilt = Lanes.sum(product) / n;
    for (int c = 0; c < end; c += LANES) {
      FloatVector zc = FloatVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      FloatVector gc = FloatVector.fromArray(SPECIES, g, at + c);
      gc = gc.mul(FloatVector.fromArray(SPECIES, w, c)).sub(shift);
      gc.sub(zc.mul(tilt)).mul(scale).intoArray(g, at + c);
    }
    FloatVector old = FloatVector.fromArray(SPECIES, g, at + end);
    FloatVector d = gw.sub(shift).sub(z.mul(tilt)).mul(scale);
    old.blend(d, first(n - end)).intoArray(g, at + end);
  }

  /// Adds `g (x - mean) scale`.
  static void weigh(float[] x, float[] g, int at, int n, float mean, float scale, float[] sums) {
    for (int c = 0; c < n; c += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      FloatVector v = FloatVector.fromArray(SPECIES, sums, c);
      FloatVector.fromArray(SPECIES, g, at + c).fma(z, v).intoArray(sums, c);
    }
  }
}
