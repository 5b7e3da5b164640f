package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;

import java.lang.foreign.MemorySegment;

/// Reductions of I32, accumulated in long; a result wraps when it is stored.
final class I32Folds {
  private static final Fold.Store STORE = (y, at, bits) -> i32(y, at, (int) bits);

  static final Fold SUM = new Fold(0, I32Folds::sum, Long::sum, STORE);
  static final Fold PROD = new Fold(1, I32Folds::product, (a, b) -> a * b, STORE);
  static final Fold MAX = new Fold(Integer.MIN_VALUE, I32Folds::max, Math::max, STORE);
  static final Fold MIN = new Fold(Integer.MAX_VALUE, I32Folds::min, Math::min, STORE);

  private I32Folds() {}

  private static long sum(MemorySegment x, long xo, long xs, long n) {
    long s = 0;
    for (long i = 0; i < n; i++) {
      s = s + i32(x, xo + i * xs);
    }
    return s;
  }

  private static long product(MemorySegment x, long xo, long xs, long n) {
    long s = 1;
    for (long i = 0; i < n; i++) {
      s = s * i32(x, xo + i * xs);
    }
    return s;
  }

  private static long max(MemorySegment x, long xo, long xs, long n) {
    int s = i32(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, i32(x, xo + i * xs));
    }
    return s;
  }

  private static long min(MemorySegment x, long xo, long xs, long n) {
    int s = i32(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.min(s, i32(x, xo + i * xs));
    }
    return s;
  }
}
