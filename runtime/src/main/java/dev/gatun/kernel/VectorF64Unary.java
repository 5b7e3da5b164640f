package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 functions, for contiguous rows. Other rows and the last elements of each
/// go to the reference loops: both compute the same bits.
final class VectorF64Unary {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final UnaryRow NEG =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          load(x, xo + i * 8).neg().intoMemorySegment(y, yo + i * 8, ORDER);
        }
        F64Unary.NEG.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow ABS =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          load(x, xo + i * 8).abs().intoMemorySegment(y, yo + i * 8, ORDER);
        }
        F64Unary.ABS.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow SQRT =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          load(x, xo + i * 8).sqrt().intoMemorySegment(y, yo + i * 8, ORDER);
        }
        F64Unary.SQRT.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow RECIPROCAL =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          DoubleVector.broadcast(SPECIES, 1)
              .div(load(x, xo + i * 8))
              .intoMemorySegment(y, yo + i * 8, ORDER);
        }
        F64Unary.RECIPROCAL.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow RELU =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          DoubleVector v = load(x, xo + i * 8);
          VectorMask<Double> clipped = v.compare(VectorOperators.LE, 0);
          v.blend(0, clipped).intoMemorySegment(y, yo + i * 8, ORDER);
        }
        F64Unary.RELU.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  private VectorF64Unary() {}

  private static DoubleVector load(MemorySegment s, long at) {
    return DoubleVector.fromMemorySegment(SPECIES, s, at, ORDER);
  }
}
