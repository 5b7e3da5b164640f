package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.first;

import jdk.incubator.vector.DoubleVector;

/// Vector loops of [F64ChannelNorm], over arrays that are longer than what is used of them.
final class VectorF64ChannelNorm {
  private static final int LANES = SPECIES.length();
  private static final DoubleVector ZERO = DoubleVector.zero(SPECIES);

  private VectorF64ChannelNorm() {}

  /// `(x - mean) slope + shift`; what stands behind the end is overwritten.
  static void line(double[] x, int n, double mean, double slope, double shift) {
    DoubleVector b = DoubleVector.broadcast(SPECIES, shift);
    DoubleVector a = DoubleVector.broadcast(SPECIES, slope);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector.fromArray(SPECIES, x, i).sub(mean).fma(a, b).intoArray(x, i);
    }
  }

  /// `Σ g (x - mean)`
  static double product(double[] x, double[] g, int n, double mean) {
    int end = n & -LANES;
    DoubleVector rest = DoubleVector.fromArray(SPECIES, x, end).sub(mean);
    rest = rest.mul(DoubleVector.fromArray(SPECIES, g, end));
    DoubleVector sum = ZERO.blend(rest, first(n - end));
    for (int i = 0; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i).sub(mean);
      sum = DoubleVector.fromArray(SPECIES, g, i).fma(v, sum);
    }
    return Lanes.sum(sum);
  }

  /// In the place of `g`: `slope g - shift - (x - mean) tilt`.
  static void slope(
      double[] x, double[] g, int n, double mean, double slope, double shift, double tilt) {
    DoubleVector a = DoubleVector.broadcast(SPECIES, slope);
    DoubleVector b = DoubleVector.broadcast(SPECIES, -shift);
    DoubleVector c = DoubleVector.broadcast(SPECIES, -tilt);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector z = DoubleVector.fromArray(SPECIES, x, i).sub(mean);
      DoubleVector v = DoubleVector.fromArray(SPECIES, g, i);
      z.fma(c, v.fma(a, b)).intoArray(g, i);
    }
  }
}
