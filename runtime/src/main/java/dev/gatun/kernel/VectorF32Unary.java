package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 functions, for contiguous rows. Other rows and the last elements of each
/// go to the reference loops: both compute the same bits.
final class VectorF32Unary {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final UnaryRow NEG =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          load(x, xo + i * 4).neg().intoMemorySegment(y, yo + i * 4, ORDER);
        }
        F32Unary.NEG.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow ABS =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          load(x, xo + i * 4).abs().intoMemorySegment(y, yo + i * 4, ORDER);
        }
        F32Unary.ABS.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow SQRT =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          load(x, xo + i * 4).sqrt().intoMemorySegment(y, yo + i * 4, ORDER);
        }
        F32Unary.SQRT.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow RECIPROCAL =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          FloatVector.broadcast(SPECIES, 1)
              .div(load(x, xo + i * 4))
              .intoMemorySegment(y, yo + i * 4, ORDER);
        }
        F32Unary.RECIPROCAL.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow RELU =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          FloatVector v = load(x, xo + i * 4);
          VectorMask<Float> clipped = v.compare(VectorOperators.LE, 0);
          v.blend(0, clipped).intoMemorySegment(y, yo + i * 4, ORDER);
        }
        F32Unary.RELU.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  private VectorF32Unary() {}

  private static FloatVector load(MemorySegment s, long at) {
    return FloatVector.fromMemorySegment(SPECIES, s, at, ORDER);
  }
}
