package dev.gatun.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Sums and products over the lanes of a vector, always in the same order: halves first.
/// `reduceLanes` takes them in one order where the compiler has seen to it and in another in the
/// interpreter, and the same program would not compute the same bits twice.
final class Lanes {
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;

  private static final VectorShuffle<Float> F32_BY_8 = turned(F32, 8);
  private static final VectorShuffle<Float> F32_BY_4 = turned(F32, 4);
  private static final VectorShuffle<Float> F32_BY_2 = turned(F32, 2);
  private static final VectorShuffle<Float> F32_BY_1 = turned(F32, 1);
  private static final VectorShuffle<Double> F64_BY_4 = turned(F64, 4);
  private static final VectorShuffle<Double> F64_BY_2 = turned(F64, 2);
  private static final VectorShuffle<Double> F64_BY_1 = turned(F64, 1);

  private Lanes() {}

  private static <E> VectorShuffle<E> turned(VectorSpecies<E> species, int by) {
    return VectorShuffle.fromOp(species, lane -> (lane + by) % species.length());
  }

  static float sum(FloatVector v) {
    FloatVector x = v;
    if (F32.length() >= 16) {
      x = x.add(x.rearrange(F32_BY_8));
    }
    if (F32.length() >= 8) {
      x = x.add(x.rearrange(F32_BY_4));
    }
    if (F32.length() >= 4) {
      x = x.add(x.rearrange(F32_BY_2));
    }
    return x.add(x.rearrange(F32_BY_1)).lane(0);
  }

  static double sum(DoubleVector v) {
    DoubleVector x = v;
    if (F64.length() >= 8) {
      x = x.add(x.rearrange(F64_BY_4));
    }
    if (F64.length() >= 4) {
      x = x.add(x.rearrange(F64_BY_2));
    }
    return x.add(x.rearrange(F64_BY_1)).lane(0);
  }

  static float product(FloatVector v) {
    FloatVector x = v;
    if (F32.length() >= 16) {
      x = x.mul(x.rearrange(F32_BY_8));
    }
    if (F32.length() >= 8) {
      x = x.mul(x.rearrange(F32_BY_4));
    }
    if (F32.length() >= 4) {
      x = x.mul(x.rearrange(F32_BY_2));
    }
    return x.mul(x.rearrange(F32_BY_1)).lane(0);
  }

  static double product(DoubleVector v) {
    DoubleVector x = v;
    if (F64.length() >= 8) {
      x = x.mul(x.rearrange(F64_BY_4));
    }
    if (F64.length() >= 4) {
      x = x.mul(x.rearrange(F64_BY_2));
    }
    return x.mul(x.rearrange(F64_BY_1)).lane(0);
  }
}
