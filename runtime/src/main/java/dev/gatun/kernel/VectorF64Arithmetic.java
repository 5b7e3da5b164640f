package dev.gatun.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 arithmetic, for contiguous rows and repeated operands. What else there
/// is, and the last elements of a row, go to the reference loops: both compute the same bits.
final class VectorF64Arithmetic {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow ADD =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 8 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 8 && bs == 8) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).add(load(b, bo + i * 8)).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 8 && bs == 0) {
          double s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).add(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 0 && bs == 8) {
          double s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 8).add(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        }
        F64Arithmetic.ADD.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow SUB =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 8 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 8 && bs == 8) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).sub(load(b, bo + i * 8)).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 8 && bs == 0) {
          double s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).sub(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 0 && bs == 8) {
          double s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            DoubleVector.broadcast(SPECIES, s)
                .sub(load(b, bo + i * 8))
                .intoMemorySegment(y, yo + i * 8, ORDER);
          }
        }
        F64Arithmetic.SUB.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow MUL =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 8 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 8 && bs == 8) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).mul(load(b, bo + i * 8)).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 8 && bs == 0) {
          double s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).mul(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 0 && bs == 8) {
          double s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 8).mul(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        }
        F64Arithmetic.MUL.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow DIV =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 8 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 8 && bs == 8) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).div(load(b, bo + i * 8)).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 8 && bs == 0) {
          double s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).div(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 0 && bs == 8) {
          double s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            DoubleVector.broadcast(SPECIES, s)
                .div(load(b, bo + i * 8))
                .intoMemorySegment(y, yo + i * 8, ORDER);
          }
        }
        F64Arithmetic.DIV.apply(a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow MAXIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 8 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 8 && bs == 8) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).max(load(b, bo + i * 8)).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 8 && bs == 0) {
          double s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).max(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 0 && bs == 8) {
          double s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 8).max(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        }
        F64Arithmetic.MAXIMUM.apply(
            a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow MINIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 8 ? SPECIES.loopBound(n) : 0;
        long i = 0;
        if (as == 8 && bs == 8) {
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).min(load(b, bo + i * 8)).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 8 && bs == 0) {
          double s = scalar(b, bo, end);
          for (; i < end; i += LANES) {
            load(a, ao + i * 8).min(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        } else if (as == 0 && bs == 8) {
          double s = scalar(a, ao, end);
          for (; i < end; i += LANES) {
            load(b, bo + i * 8).min(s).intoMemorySegment(y, yo + i * 8, ORDER);
          }
        }
        F64Arithmetic.MINIMUM.apply(
            a, ao + i * as, as, b, bo + i * bs, bs, y, yo + i * ys, ys, n - i);
      };

  static final BinaryRow WHERE_POSITIVE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        long end = ys == 8 && as == 8 && bs == 8 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          VectorMask<Double> positive = load(b, bo + i * 8).compare(VectorOperators.GT, 0);
          DoubleVector v = DoubleVector.zero(SPECIES).blend(load(a, ao + i * 8), positive);
          v.intoMemorySegment(y, yo + i * 8, ORDER);
        }
        F64Arithmetic.WHERE_POSITIVE.apply(
            a, ao + end * as, as, b, bo + end * bs, bs, y, yo + end * ys, ys, n - end);
      };

  static final UnaryRow SQUARE =
      (x, xo, xs, y, yo, ys, n) -> {
        long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
        for (long i = 0; i < end; i += LANES) {
          DoubleVector v = load(x, xo + i * 8);
          v.mul(v).intoMemorySegment(y, yo + i * 8, ORDER);
        }
        F64Arithmetic.SQUARE.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      };

  private VectorF64Arithmetic() {}

  static BinaryRow addScaled(double alpha) {
    BinaryRow rest = F64Arithmetic.addScaled(alpha);
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      long end = as == 8 && bs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        DoubleVector term = load(b, bo + i * 8).mul(alpha);
        load(a, ao + i * 8).add(term).intoMemorySegment(y, yo + i * 8, ORDER);
      }
      rest.apply(a, ao + end * as, as, b, bo + end * bs, bs, y, yo + end * ys, ys, n - end);
    };
  }

  static UnaryRow addScalar(double value) {
    UnaryRow rest = F64Arithmetic.addScalar(value);
    return (x, xo, xs, y, yo, ys, n) -> {
      long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        load(x, xo + i * 8).add(value).intoMemorySegment(y, yo + i * 8, ORDER);
      }
      rest.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
    };
  }

  static UnaryRow mulScalar(double value) {
    UnaryRow rest = F64Arithmetic.mulScalar(value);
    return (x, xo, xs, y, yo, ys, n) -> {
      long end = xs == 8 && ys == 8 ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        load(x, xo + i * 8).mul(value).intoMemorySegment(y, yo + i * 8, ORDER);
      }
      rest.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
    };
  }

  static TernaryRow addcmul(double value) {
    TernaryRow rest = F64Arithmetic.addcmul(value);
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      boolean contiguous = as == 8 && bs == 8 && cs == 8 && ys == 8;
      long end = contiguous ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        DoubleVector term = load(b, bo + i * 8).mul(value).mul(load(c, co + i * 8));
        load(a, ao + i * 8).add(term).intoMemorySegment(y, yo + i * 8, ORDER);
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

  static TernaryRow addcdiv(double value) {
    TernaryRow rest = F64Arithmetic.addcdiv(value);
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      boolean contiguous = as == 8 && bs == 8 && cs == 8 && ys == 8;
      long end = contiguous ? SPECIES.loopBound(n) : 0;
      for (long i = 0; i < end; i += LANES) {
        DoubleVector term = load(b, bo + i * 8).mul(value).div(load(c, co + i * 8));
        load(a, ao + i * 8).add(term).intoMemorySegment(y, yo + i * 8, ORDER);
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

  private static DoubleVector load(MemorySegment s, long at) {
    return DoubleVector.fromMemorySegment(SPECIES, s, at, ORDER);
  }

  /// The repeated operand; a row without elements need not have one.
  private static double scalar(MemorySegment s, long at, long end) {
    return end == 0 ? 0 : s.get(JAVA_DOUBLE_UNALIGNED, at);
  }
}
