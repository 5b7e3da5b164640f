package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

/// Copies of elements with gaps between them to where there are none, in steps of four.
final class StridedLoads {
  private StridedLoads() {}

  /// The copy of elements of 1, 2, 4 or 8 bytes.
  static UnaryRow of(int bytes) {
    UnaryRow copy = Moves.copy(bytes);
    return switch (bytes) {
      case 4 ->
          (x, xo, xs, y, yo, ys, n) -> {
            if (xs != 4 && ys == 4 && Memory.isPlain(x) && Memory.isPlain(y)) {
              load4(Memory.address(x, xo, xs, 4, n), xs, Memory.address(y, yo, 4 * n), n);
            } else {
              copy.apply(x, xo, xs, y, yo, ys, n);
            }
          };
      case 8 ->
          (x, xo, xs, y, yo, ys, n) -> {
            if (xs != 8 && ys == 8 && Memory.isPlain(x) && Memory.isPlain(y)) {
              load8(Memory.address(x, xo, xs, 8, n), xs, Memory.address(y, yo, 8 * n), n);
            } else {
              copy.apply(x, xo, xs, y, yo, ys, n);
            }
          };
      default -> copy;
    };
  }

  private static void load4(long x, long xs, long y, long n) {
    int end = (int) (n & -4);
    long from = x;
    for (int i = 0; i < end; i += 4) {
      int a = ALL.get(JAVA_INT_UNALIGNED, from);
      int b = ALL.get(JAVA_INT_UNALIGNED, from + xs);
      int c = ALL.get(JAVA_INT_UNALIGNED, from + 2 * xs);
      int d = ALL.get(JAVA_INT_UNALIGNED, from + 3 * xs);
      long to = y + i * 4L;
      ALL.set(JAVA_INT_UNALIGNED, to, a);
      ALL.set(JAVA_INT_UNALIGNED, to + 4, b);
      ALL.set(JAVA_INT_UNALIGNED, to + 8, c);
      ALL.set(JAVA_INT_UNALIGNED, to + 12, d);
      from += 4 * xs;
    }
    for (long i = end; i < n; i++) {
      ALL.set(JAVA_INT_UNALIGNED, y + i * 4, ALL.get(JAVA_INT_UNALIGNED, x + i * xs));
    }
  }

  private static void load8(long x, long xs, long y, long n) {
    int end = (int) (n & -4);
    long from = x;
    for (int i = 0; i < end; i += 4) {
      long a = ALL.get(JAVA_LONG_UNALIGNED, from);
      long b = ALL.get(JAVA_LONG_UNALIGNED, from + xs);
      long c = ALL.get(JAVA_LONG_UNALIGNED, from + 2 * xs);
      long d = ALL.get(JAVA_LONG_UNALIGNED, from + 3 * xs);
      long to = y + i * 8L;
      ALL.set(JAVA_LONG_UNALIGNED, to, a);
      ALL.set(JAVA_LONG_UNALIGNED, to + 8, b);
      ALL.set(JAVA_LONG_UNALIGNED, to + 16, c);
      ALL.set(JAVA_LONG_UNALIGNED, to + 24, d);
      from += 4 * xs;
    }
    for (long i = end; i < n; i++) {
      ALL.set(JAVA_LONG_UNALIGNED, y + i * 8, ALL.get(JAVA_LONG_UNALIGNED, x + i * xs));
    }
  }
}
