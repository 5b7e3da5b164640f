package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.first;

import jdk.incubator.vector.DoubleVector;

/// Vector loops of [F64LayerNorm], over arrays that are longer than what is used of them.
final class VectorF64LayerNorm {
  private static final int LANES = SPECIES.length();
  private static final DoubleVector ZERO = DoubleVector.zero(SPECIES);

  private VectorF64LayerNorm() {}

  static double sum(double[] x, int at, int n) {
    int end = n & -LANES;
    DoubleVector last = ZERO.blend(DoubleVector.fromArray(SPECIES, x, at + end), first(n - end));
    DoubleVector sum = last;
    for (int i = at; i < at + end; i += LANES) {
      sum = sum.add(DoubleVector.fromArray(SPECIES, x, i));
    }
    return Lanes.sum(sum);
  }

  /// `Σ (x - mean)²`
  static double squares(double[] x, int at, int n, double mean) {
    int end = n & -LANES;
    DoubleVector rest = DoubleVector.fromArray(SPECIES, x, at + end).sub(mean);
    DoubleVector sum = ZERO.blend(rest.mul(rest), first(n - end));
    for (int i = at; i < at + end; i += LANES) {
      DoubleVector d = DoubleVector.fromArray(SPECIES, x, i).sub(mean);
      sum = d.fma(d, sum);
    }
    return Lanes.sum(sum);
  }

  static void normalize(
      double[] x, int at, int n, double mean, double scale, double[] w, double[] b) {
    int end = n & -LANES;
    for (int c = 0; c < end; c += LANES) {
      DoubleVector z = DoubleVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      DoubleVector y = z.mul(DoubleVector.fromArray(SPECIES, w, c));
      y.add(DoubleVector.fromArray(SPECIES, b, c)).intoArray(x, at + c);
    }
    DoubleVector old = DoubleVector.fromArray(SPECIES, x, at + end);
    DoubleVector y = old.sub(mean).mul(scale).mul(DoubleVector.fromArray(SPECIES, w, end));
    y = y.add(DoubleVector.fromArray(SPECIES, b, end));
    old.blend(y, first(n - end)).intoArray(x, at + end);
  }

  /// In the place of `g`: `scale (g w - Σ g w / n - z Σ g w z / n)` with `z = (x - mean) scale`;
  /// the second term only where the mean was taken away.
  static void slope(
      double[] x,
      double[] g,
      int at,
      int n,
      double mean,
      double scale,
      double[] w,
      boolean centered) {
    int end = n & -LANES;
    DoubleVector z = DoubleVector.fromArray(SPECIES, x, at + end).sub(mean).mul(scale);
    DoubleVector gw = DoubleVector.fromArray(SPECIES, g, at + end);
    gw = gw.mul(DoubleVector.fromArray(SPECIES, w, end));
    DoubleVector sum = ZERO.blend(gw, first(n - end));
    DoubleVector product = ZERO.blend(gw.mul(z), first(n - end));
    for (int c = 0; c < end; c += LANES) {
      DoubleVector zc = DoubleVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      DoubleVector gc = DoubleVector.fromArray(SPECIES, g, at + c);
      gc = gc.mul(DoubleVector.fromArray(SPECIES, w, c));
      sum = sum.add(gc);
      product = gc.fma(zc, product);
    }
    double shift = centered ? Lanes.sum(sum) / n : 0;
    double tilt = Lanes.sum(product) / n;
    for (int c = 0; c < end; c += LANES) {
      DoubleVector zc = DoubleVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      DoubleVector gc = DoubleVector.fromArray(SPECIES, g, at + c);
      gc = gc.mul(DoubleVector.fromArray(SPECIES, w, c)).sub(shift);
      gc.sub(zc.mul(tilt)).mul(scale).intoArray(g, at + c);
    }
    DoubleVector old = DoubleVector.fromArray(SPECIES, g, at + end);
    DoubleVector d = gw.sub(shift).sub(z.mul(tilt)).mul(scale);
    old.blend(d, first(n - end)).intoArray(g, at + end);
  }

  /// Adds `g (x - mean) scale`.
  static void weigh(
      double[] x, double[] g, int at, int n, double mean, double scale, double[] sums) {
    for (int c = 0; c < n; c += LANES) {
      DoubleVector z = DoubleVector.fromArray(SPECIES, x, at + c).sub(mean).mul(scale);
      DoubleVector v = DoubleVector.fromArray(SPECIES, sums, c);
      DoubleVector.fromArray(SPECIES, g, at + c).fma(z, v).intoArray(sums, c);
    }
  }
}
