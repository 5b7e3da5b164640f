package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;

import java.lang.foreign.MemorySegment;

/// Reductions of I64, accumulated in long; a result wraps when it is stored.
final class I64Folds {
  private static final Fold.Store STORE = (y, at, bits) -> i64(y, at, bits);

  static final Fold SUM = new Fold(0, I64Folds::sum, Long::sum, STORE);
  static final Fold PROD = new Fold(1, I64Folds::product, (a, b) -> a * b, STORE);
  static final Fold MAX = new Fold(Long.MIN_VALUE, I64Folds::max, Math::max, STORE);
  static final Fold MIN = new Fold(Long.MAX_VALUE, I64Folds::min, Math::min, STORE);

  private I64Folds() {}

  private static long sum(MemorySegment x, long xo, long xs, long n) {
    long s = 0;
    for (long i = 0; i < n; i++) {
      s = s + i64(x, xo + i * xs);
    }
    return s;
  }

  private static long product(MemorySegment x, long xo, long xs, long n) {
    long s = 1;
    for (long i = 0; i < n; i++) {
      s = s * i64(x, xo + i * xs);
    }
    return s;
  }

  private static long max(MemorySegment x, long xo, long xs, long n) {
    long s = i64(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, i64(x, xo + i * xs));
    }
    return s;
  }

  private static long min(MemorySegment x, long xo, long xs, long n) {
    long s = i64(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.min(s, i64(x, xo + i * xs));
    }
    return s;
  }
}
