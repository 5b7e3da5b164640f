package dev.gatun.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of gradient descent over blocks. They go on to the end of the last vector: the
/// arrays are longer than what is used of them, and nobody looks at the rest.
final class VectorSgd {
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;

  private VectorSgd() {}

  static void plain(SgdKernels.Factors f, float[] p, float[] g, int n) {
    float rate = (float) -f.rate();
    float decay = (float) f.decay();
    float sign = f.maximize() ? -1 : 1;
    VectorMask<Float> decays = F32.maskAll(f.decay() != 0);
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector x = FloatVector.fromArray(F32, p, i);
      FloatVector down = FloatVector.fromArray(F32, g, i).mul(sign);
      FloatVector d = down.blend(down.add(x.mul(decay)), decays);
      x.add(d.mul(rate)).intoArray(p, i);
    }
  }

  static void momentum(SgdKernels.Factors f, float[] p, float[] g, float[] b, int n) {
    float rate = (float) -f.rate();
    float keep = (float) f.keep();
    float take = (float) f.take();
    float decay = (float) f.decay();
    float sign = f.maximize() ? -1 : 1;
    VectorMask<Float> decays = F32.maskAll(f.decay() != 0);
    VectorMask<Float> ahead = F32.maskAll(f.nesterov());
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector x = FloatVector.fromArray(F32, p, i);
      FloatVector down = FloatVector.fromArray(F32, g, i).mul(sign);
      FloatVector d = down.blend(down.add(x.mul(decay)), decays);
      FloatVector v = FloatVector.fromArray(F32, b, i).mul(keep).add(d.mul(take));
      v.intoArray(b, i);
      FloatVector step = v.blend(d.add(v.mul(keep)), ahead);
      x.add(step.mul(rate)).intoArray(p, i);
    }
  }

  static void plain(SgdKernels.Factors f, double[] p, double[] g, int n) {
    double rate = -f.rate();
    double decay = f.decay();
    double sign = f.maximize() ? -1 : 1;
    VectorMask<Double> decays = F64.maskAll(f.decay() != 0);
    for (int i = 0; i < n; i += F64.length()) {
      DoubleVector x = DoubleVector.fromArray(F64, p, i);
      DoubleVector down = DoubleVector.fromArray(F64, g, i).mul(sign);
      DoubleVector d = down.blend(down.add(x.mul(decay)), decays);
      x.add(d.mul(rate)).intoArray(p, i);
    }
  }

  static void momentum(SgdKernels.Factors f, double[] p, double[] g, double[] b, int n) {
    double rate = -f.rate();
    double keep = f.keep();
    double take = f.take();
    double decay = f.decay();
    double sign = f.maximize() ? -1 : 1;
    VectorMask<Double> decays = F64.maskAll(f.decay() != 0);
    VectorMask<Double> ahead = F64.maskAll(f.nesterov());
    for (int i = 0; i < n; i += F64.length()) {
      DoubleVector x = DoubleVector.fromArray(F64, p, i);
      DoubleVector down = DoubleVector.fromArray(F64, g, i).mul(sign);
      DoubleVector d = down.blend(down.add(x.mul(decay)), decays);
      DoubleVector v = DoubleVector.fromArray(F64, b, i).mul(keep).add(d.mul(take));
      v.intoArray(b, i);
      DoubleVector step = v.blend(d.add(v.mul(keep)), ahead);
      x.add(step.mul(rate)).intoArray(p, i);
    }
  }
}
