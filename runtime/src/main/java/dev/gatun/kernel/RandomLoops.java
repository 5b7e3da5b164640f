package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Element.i64;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The loops behind [RandomKernels].
final class RandomLoops {
  /// Elements per task, a multiple of four so that no block of random bits is shared by two tasks.
  static final long CHUNK = 16_384;

  /// Elements that are stored at once, a multiple of four.
  private static final int SOME = 256;

  private static final double UNIT24 = 0x1p-24;
  private static final double UNIT32 = 0x1p-32;
  private static final double UNIT53 = 0x1p-53;
  private static final double TWO_PI = 2 * Math.PI;
  private static final long LOW = 0xFFFF_FFFFL;

  /// Fills the elements `from .. to-1` of a row that starts at byte `yo`; `from` is a multiple of
  /// four.
  @FunctionalInterface
  interface Part {
    void fill(MemorySegment y, long yo, long from, long to);
  }

  private RandomLoops() {}

  static Part uniformF32(double lo, double hi, long seed, long counter) {
    // Rounding to F32 could reach the upper bound.
    float top = Math.max((float) lo, Math.nextDown((float) hi));
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      // Before any of this is compiled, storing to an array takes a hundredth of storing to memory.
      float[] some = new float[SOME];
      for (long start = from; start < to; start += SOME) {
        int count = (int) Math.min(SOME, to - start);
        for (int j = 0; j < count; j++) {
          long i = start + j;
          if (i % 4 == 0) {
            philox.block(seed, counter + i / 4);
          }
          double unit = (word(philox, i) >>> 8) * UNIT24;
          some[j] = Math.min((float) (lo + unit * (hi - lo)), top);
        }
        MemorySegment.copy(some, 0, y, JAVA_FLOAT_UNALIGNED, yo + start * 4, count);
      }
    };
  }

  static Part uniformF64(double lo, double hi, long seed, long counter) {
    double top = Math.max(lo, Math.nextDown(hi));
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      for (long i = from; i < to; i++) {
        double unit = (doubleWord(philox, seed, counter, i) >>> 11) * UNIT53;
        f64(y, yo + i * 8, Math.min(lo + unit * (hi - lo), top));
      }
    };
  }

  /// Two normals from two words of 32 bits, computed in F64.
  static Part normalF32(double mean, double std, long seed, long counter) {
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      for (long i = from; i < to; i += 2) {
        if (i % 4 == 0) {
          philox.block(seed, counter + i / 4);
        }
        // Shifted by one so that the logarithm's argument is never zero.
        double radius = radius((word(philox, i) + 1) * UNIT32);
        double angle = TWO_PI * (word(philox, i + 1) * UNIT32);
        f32(y, yo + i * 4, (float) (mean + std * (radius * Math.cos(angle))));
        if (i + 1 < to) {
          f32(y, yo + (i + 1) * 4, (float) (mean + std * (radius * Math.sin(angle))));
        }
      }
    };
  }

  static Part normalF64(double mean, double std, long seed, long counter) {
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      for (long i = from; i < to; i += 2) {
        philox.block(seed, counter + i / 2);
        double radius = radius(((philox.low() >>> 11) + 1) * UNIT53);
        double angle = TWO_PI * ((philox.high() >>> 11) * UNIT53);
        f64(y, yo + i * 8, mean + std * (radius * Math.cos(angle)));
        if (i + 1 < to) {
          f64(y, yo + (i + 1) * 8, mean + std * (radius * Math.sin(angle)));
        }
      }
    };
  }

  /// The random number under the logarithm is shifted by one unit, so that it is never zero.
  static Part exponentialF32(double rate, long seed, long counter) {
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      for (long i = from; i < to; i++) {
        if (i % 4 == 0) {
          philox.block(seed, counter + i / 4);
        }
        f32(y, yo + i * 4, (float) (-Math.log((word(philox, i) + 1) * UNIT32) / rate));
      }
    };
  }

  static Part exponentialF64(double rate, long seed, long counter) {
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      for (long i = from; i < to; i++) {
        double unit = ((doubleWord(philox, seed, counter, i) >>> 11) + 1) * UNIT53;
        f64(y, yo + i * 8, -Math.log(unit) / rate);
      }
    };
  }

  static Part integersI32(long lo, long range, long seed, long counter) {
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      for (long i = from; i < to; i++) {
        i32(y, yo + i * 4, (int) below(doubleWord(philox, seed, counter, i), lo, range));
      }
    };
  }

  static Part integersI64(long lo, long range, long seed, long counter) {
    return (y, yo, from, to) -> {
      Philox philox = new Philox();
      for (long i = from; i < to; i++) {
        i64(y, yo + i * 8, below(doubleWord(philox, seed, counter, i), lo, range));
      }
    };
  }

  private static long below(long bits, long lo, long range) {
    return lo + (range == 0 ? bits : Math.unsignedMultiplyHigh(bits, range));
  }

  private static double radius(double uniform) {
    return Math.sqrt(-2 * Math.log(uniform));
  }

  /// Word `i % 4` of the current block.
  private static long word(Philox philox, long i) {
    long pair = (i & 2) == 0 ? philox.low() : philox.high();
    return (i & 1) == 0 ? pair & LOW : pair >>> 32;
  }

  /// The 64 bits of element `i`, two of which share a block.
  private static long doubleWord(Philox philox, long seed, long counter, long i) {
    if (i % 2 == 0) {
      philox.block(seed, counter + i / 2);
      return philox.low();
    }
    return philox.high();
  }
}
