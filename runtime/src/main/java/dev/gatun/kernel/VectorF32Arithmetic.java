package dev.gatun.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 arithmetic, for contiguous rows and repeated operands. What else there
/// is, and the last elements of a row, go to the reference loops: both compute the same bits.
final class VectorF32Arithmetic {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow ADD =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 4 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 4 && bs == 4) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).add(load(b, bo + i * 4)).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 4 && bs == 0) {
          float s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).add(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 0 && bs == 4) {
          float s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 4).add(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        }
        F32Arithmetic.ADD.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow SUB =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 4 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 4 && bs == 4) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).sub(load(b, bo + i * 4)).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 4 && bs == 0) {
          float s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).sub(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 0 && bs == 4) {
          float s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            FloatVector.broadcast(SPECIES, s)
                .sub(load(b, bo + i * 4))
                .intoMemorySegment(y, yo + i * 4, ORDER);
          }
        }
        F32Arithmetic.SUB.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow MUL =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 4 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 4 && bs == 4) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).mul(load(b, bo + i * 4)).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 4 && bs == 0) {
          float s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).mul(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 0 && bs == 4) {
          float s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 4).mul(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        }
        F32Arithmetic.MUL.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow DIV =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 4 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 4 && bs == 4) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).div(load(b, bo + i * 4)).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 4 && bs == 0) {
          float s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).div(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 0 && bs == 4) {
          float s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            FloatVector.broadcast(SPECIES, s)
                .div(load(b, bo + i * 4))
                .intoMemorySegment(y, yo + i * 4, ORDER);
          }
        }
        F32Arithmetic.DIV.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow MAXIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 4 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 4 && bs == 4) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).max(load(b, bo + i * 4)).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 4 && bs == 0) {
          float s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).max(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 0 && bs == 4) {
          float s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 4).max(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        }
        F32Arithmetic.MAXIMUM.apply(
            a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow MINIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 4 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 4 && bs == 4) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).min(load(b, bo + i * 4)).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 4 && bs == 0) {
          float s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 4).min(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        } else if (as == 0 && bs == 4) {
          float s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 4).min(s).intoMemorySegment(y, yo + i * 4, ORDER);
          }
        }
        F32Arithmetic.MINIMUM.apply(
            a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow WHERE_POSITIVE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 4 && as == 4 && bs == 4 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          VectorMask<Float> positive = load(b, bo + i * 4).compare(VectorOperators.GT, 0);
          FloatVector v = FloatVector.zero(SPECIES).blend(load(a, ao + i * 4), positive);
          v.intoMemorySegment(y, yo + i * 4, ORDER);
        }
        F32Arithmetic.WHERE_POSITIVE.apply(
            a, ao + end * as, as, b, bo + end * bs, bs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow SQUARE =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          FloatVector v = load(x, xo + i * 4);
          v.mul(v).intoMemorySegment(y, yo + i * 4, ORDER);
        }
        F32Arithmetic.SQUARE.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  private VectorF32Arithmetic() {}

  static BinaryRow addScaled(float alpha) {
    BinaryRow rest = F32Arithmetic.addScaled(alpha);
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      long end = as == 4 && bs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        FloatVector term = load(b, bo + i * 4).mul(alpha);
        load(a, ao + i * 4).add(term).intoMemorySegment(y, yo + i * 4, ORDER);
      }
      rest.apply(a, ao + end * as, as, b, bo + end * bs, bs, y, yo + end * ys, ys, n - end);
    };
  }

  static UnaryRow addScalar(float value) {
    UnaryRow rest = F32Arithmetic.addScalar(value);
    return (x, xo, xs, y, yo, ys, n) -> {
      long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        load(x, xo + i * 4).add(value).intoMemorySegment(y, yo + i * 4, ORDER);
      }
      rest.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
    };
  }

  static UnaryRow mulScalar(float value) {
    UnaryRow rest = F32Arithmetic.mulScalar(value);
    return (x, xo, xs, y, yo, ys, n) -> {
      long end = xs == 4 && ys == 4 ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        load(x, xo + i * 4).mul(value).intoMemorySegment(y, yo + i * 4, ORDER);
      }
      rest.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
    };
  }

  static TernaryRow addcmul(float value) {
    TernaryRow rest = F32Arithmetic.addcmul(value);
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      boolean contiguous = as == 4 && bs == 4 && cs == 4 && ys == 4;
      long end = contiguous ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        FloatVector term = load(b, bo + i * 4).mul(value).mul(load(c, co + i * 4));
        load(a, ao + i * 4).add(term).intoMemorySegment(y, yo + i * 4, ORDER);
      }
      rest.apply(
          a,
          ao + end * as,
          as,
          b,
          bo + end * bs,
          bs,
          c,
          co + end * cs,
          cs,
          y,
          yo + end * ys,
          ys,
          n - end);
    };
  }

  static TernaryRow addcdiv(float value) {
    TernaryRow rest = F32Arithmetic.addcdiv(value);
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      boolean contiguous = as == 4 && bs == 4 && cs == 4 && ys == 4;
      long end = contiguous ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        FloatVector term = load(b, bo + i * 4).mul(value).div(load(c, co + i * 4));
        load(a, ao + i * 4).add(term).intoMemorySegment(y, yo + i * 4, ORDER);
      }
      rest.apply(
          a,
          ao + end * as,
          as,
          b,
          bo + end * bs,
          bs,
          c,
          co + end * cs,
          cs,
          y,
          yo + end * ys,
          ys,
          n - end);
    };
  }

  private static FloatVector load(MemorySegment s, long at) {
    return FloatVector.fromMemorySegment(SPECIES, s, at, ORDER);
  }

  /// The repeated operand; a row without elements need not have one.
  private static float scalar(MemorySegment s, long at, long end) {
    return end == 0 ? 0 : s.get(JAVA_FLOAT_UNALIGNED, at);
  }
}
