package dev.gatun.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of Adam over blocks. They go on to the end of the last vector: the arrays are
/// longer than what is used of them, and nobody looks at the rest.
final class VectorAdam {
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;

  private VectorAdam() {}

  /// The mean of squares is stored before the largest one is read: without one, both are the same.
  static void step(
      AdamKernels.Factors f, float[] p, float[] g, float[] m, float[] v, float[] top, int n) {
    float rate = (float) -f.rate();
    float beta1 = (float) f.beta1();
    float rest1 = (float) (1 - f.beta1());
    float beta2 = (float) f.beta2();
    float rest2 = (float) (1 - f.beta2());
    float correction = (float) f.correction();
    float eps = (float) f.eps();
    float decay = (float) f.decay();
    float shrink = (float) f.shrink();
    float sign = f.maximize() ? -1 : 1;
    VectorMask<Float> decays = F32.maskAll(f.decay() != 0);
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector x = FloatVector.fromArray(F32, p, i).mul(shrink);
      FloatVector down = FloatVector.fromArray(F32, g, i).mul(sign);
      FloatVector d = down.blend(down.add(x.mul(decay)), decays);
      FloatVector mean = FloatVector.fromArray(F32, m, i).mul(beta1).add(d.mul(rest1));
      FloatVector square = FloatVector.fromArray(F32, v, i).mul(beta2).add(d.mul(rest2).mul(d));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      FloatVector largest = FloatVector.fromArray(F32, top, i).max(square);
      largest.intoArray(top, i);
      FloatVector denominator = largest.sqrt().div(correction).add(eps);
      x.add(mean.mul(rate).div(denominator)).intoArray(p, i);
    }
  }

  static void step(
      AdamKernels.Factors f, double[] p, double[] g, double[] m, double[] v, double[] top, int n) {
    double rate = -f.rate();
    double beta1 = f.beta1();
    double rest1 = (1 - f.beta1());
    double beta2 = f.beta2();
    double rest2 = (1 - f.beta2());
    double correction = f.correction();
    double eps = f.eps();
    double decay = f.decay();
    double shrink = f.shrink();
    double sign = f.maximize() ? -1 : 1;
    VectorMask<Double> decays = F64.maskAll(f.decay() != 0);
    for (int i = 0; i < n; i += F64.length()) {
      DoubleVector x = DoubleVector.fromArray(F64, p, i).mul(shrink);
      DoubleVector down = DoubleVector.fromArray(F64, g, i).mul(sign);
      DoubleVector d = down.blend(down.add(x.mul(decay)), decays);
      DoubleVector mean = DoubleVector.fromArray(F64, m, i).mul(beta1).add(d.mul(rest1));
      DoubleVector square = DoubleVector.fromArray(F64, v, i).mul(beta2).add(d.mul(rest2).mul(d));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      DoubleVector largest = DoubleVector.fromArray(F64, top, i).max(square);
      largest.intoArray(top, i);
      DoubleVector denominator = largest.sqrt().div(correction).add(eps);
      x.add(mean.mul(rate).div(denominator)).intoArray(p, i);
    }
  }
}
