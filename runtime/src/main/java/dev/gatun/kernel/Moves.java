package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Loops that move elements of 1, 2, 4 or 8 bytes without looking at them.
final class Moves {
  static final UnaryRow COPY1 =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs == 1 && ys == 1) {
          MemorySegment.copy(x, xo, y, yo, n);
          return;
        }
        if (Memory.isPlain(x) && Memory.isPlain(y)) {
          long px = Memory.address(x, xo, xs, 1, n);
          copy1(px, xs, Memory.address(y, yo, ys, 1, n), ys, n);
          return;
        }
        for (long i = 0; i < n; i++) {
          y.set(JAVA_BYTE, yo + i * ys, x.get(JAVA_BYTE, xo + i * xs));
        }
      };

  static final UnaryRow COPY2 =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs == 2 && ys == 2) {
          MemorySegment.copy(x, xo, y, yo, 2 * n);
          return;
        }
        if (Memory.isPlain(x) && Memory.isPlain(y)) {
          long px = Memory.address(x, xo, xs, 2, n);
          copy2(px, xs, Memory.address(y, yo, ys, 2, n), ys, n);
          return;
        }
        for (long i = 0; i < n; i++) {
          y.set(JAVA_SHORT_UNALIGNED, yo + i * ys, x.get(JAVA_SHORT_UNALIGNED, xo + i * xs));
        }
      };

  static final UnaryRow COPY4 =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs == 4 && ys == 4) {
          MemorySegment.copy(x, xo, y, yo, 4 * n);
          return;
        }
        if (Memory.isPlain(x) && Memory.isPlain(y)) {
          long px = Memory.address(x, xo, xs, 4, n);
          copy4(px, xs, Memory.address(y, yo, ys, 4, n), ys, n);
          return;
        }
        for (long i = 0; i < n; i++) {
          y.set(JAVA_INT_UNALIGNED, yo + i * ys, x.get(JAVA_INT_UNALIGNED, xo + i * xs));
        }
      };

  static final UnaryRow COPY8 =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs == 8 && ys == 8) {
          MemorySegment.copy(x, xo, y, yo, 8 * n);
          return;
        }
        if (Memory.isPlain(x) && Memory.isPlain(y)) {
          long px = Memory.address(x, xo, xs, 8, n);
          copy8(px, xs, Memory.address(y, yo, ys, 8, n), ys, n);
          return;
        }
        for (long i = 0; i < n; i++) {
          y.set(JAVA_LONG_UNALIGNED, yo + i * ys, x.get(JAVA_LONG_UNALIGNED, xo + i * xs));
        }
      };

  static final TernaryRow WHERE1 =
      PlainRows.of(
          1,
          (c, cs, a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              int m = mask(ALL.get(JAVA_BYTE, c + i * cs));
              int v = (ALL.get(JAVA_BYTE, a + i * as) & m) | (ALL.get(JAVA_BYTE, b + i * bs) & ~m);
              ALL.set(JAVA_BYTE, y + i * ys, (byte) v);
            }
          });

  static final TernaryRow WHERE2 =
      PlainRows.of(
          2,
          (c, cs, a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              int m = mask(ALL.get(JAVA_BYTE, c + i * cs));
              int v =
                  (ALL.get(JAVA_SHORT_UNALIGNED, a + i * as) & m)
                      | (ALL.get(JAVA_SHORT_UNALIGNED, b + i * bs) & ~m);
              ALL.set(JAVA_SHORT_UNALIGNED, y + i * ys, (short) v);
            }
          });

  static final TernaryRow WHERE4 =
      PlainRows.of(
          4,
          (c, cs, a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              int m = mask(ALL.get(JAVA_BYTE, c + i * cs));
              int v =
                  (ALL.get(JAVA_INT_UNALIGNED, a + i * as) & m)
                      | (ALL.get(JAVA_INT_UNALIGNED, b + i * bs) & ~m);
              ALL.set(JAVA_INT_UNALIGNED, y + i * ys, v);
            }
          });

  static final TernaryRow WHERE8 =
      PlainRows.of(
          8,
          (c, cs, a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              long m = mask(ALL.get(JAVA_BYTE, c + i * cs));
              long v =
                  (ALL.get(JAVA_LONG_UNALIGNED, a + i * as) & m)
                      | (ALL.get(JAVA_LONG_UNALIGNED, b + i * bs) & ~m);
              ALL.set(JAVA_LONG_UNALIGNED, y + i * ys, v);
            }
          });

  private Moves() {}

  // Addresses that grow by a stride, instead of products with it, are twice as fast here.
  private static void copy1(long x, long xs, long y, long ys, long n) {
    if (xs == -1 && ys == 1) {
      for (long i = 0; i < n; i++) {
        ALL.set(JAVA_BYTE, y + i, ALL.get(JAVA_BYTE, x - i));
      }
      return;
    }
    long from = x;
    if (ys == 1) {
      for (long to = y; to < y + n; to++) {
        ALL.set(JAVA_BYTE, to, ALL.get(JAVA_BYTE, from));
        from += xs;
      }
      return;
    }
    long to = y;
    for (long i = 0; i < n; i++) {
      ALL.set(JAVA_BYTE, to, ALL.get(JAVA_BYTE, from));
      from += xs;
      to += ys;
    }
  }

  private static void copy2(long x, long xs, long y, long ys, long n) {
    if (xs == -2 && ys == 2) {
      for (long i = 0; i < n; i++) {
        ALL.set(JAVA_SHORT_UNALIGNED, y + i * 2, ALL.get(JAVA_SHORT_UNALIGNED, x - i * 2));
      }
      return;
    }
    long from = x;
    if (ys == 2) {
      for (long to = y; to < y + n * 2; to += 2) {
        ALL.set(JAVA_SHORT_UNALIGNED, to, ALL.get(JAVA_SHORT_UNALIGNED, from));
        from += xs;
      }
      return;
    }
    long to = y;
    for (long i = 0; i < n; i++) {
      ALL.set(JAVA_SHORT_UNALIGNED, to, ALL.get(JAVA_SHORT_UNALIGNED, from));
      from += xs;
      to += ys;
    }
  }

  private static void copy4(long x, long xs, long y, long ys, long n) {
    if (xs == -4 && ys == 4) {
      for (long i = 0; i < n; i++) {
        ALL.set(JAVA_INT_UNALIGNED, y + i * 4, ALL.get(JAVA_INT_UNALIGNED, x - i * 4));
      }
      return;
    }
    long from = x;
    if (ys == 4) {
      for (long to = y; to < y + n * 4; to += 4) {
        ALL.set(JAVA_INT_UNALIGNED, to, ALL.get(JAVA_INT_UNALIGNED, from));
        from += xs;
      }
      return;
    }
    long to = y;
    for (long i = 0; i < n; i++) {
      ALL.set(JAVA_INT_UNALIGNED, to, ALL.get(JAVA_INT_UNALIGNED, from));
      from += xs;
      to += ys;
    }
  }

  private static void copy8(long x, long xs, long y, long ys, long n) {
    if (xs == -8 && ys == 8) {
      for (long i = 0; i < n; i++) {
        ALL.set(JAVA_LONG_UNALIGNED, y + i * 8, ALL.get(JAVA_LONG_UNALIGNED, x - i * 8));
      }
      return;
    }
    long from = x;
    if (ys == 8) {
      for (long to = y; to < y + n * 8; to += 8) {
        ALL.set(JAVA_LONG_UNALIGNED, to, ALL.get(JAVA_LONG_UNALIGNED, from));
        from += xs;
      }
      return;
    }
    long to = y;
    for (long i = 0; i < n; i++) {
      ALL.set(JAVA_LONG_UNALIGNED, to, ALL.get(JAVA_LONG_UNALIGNED, from));
      from += xs;
      to += ys;
    }
  }

  static boolean isCopy(UnaryRow row) {
    return row.equals(COPY4) || row.equals(COPY8) || row.equals(COPY2) || row.equals(COPY1);
  }

  /// The copy of elements of 1, 2, 4 or 8 bytes.
  static UnaryRow copy(int bytes) {
    return switch (bytes) {
      case 1 -> COPY1;
      case 2 -> COPY2;
      case 4 -> COPY4;
      default -> COPY8;
    };
  }

  /// All ones for true; a branch on what cannot be foreseen would cost more than both operands.
  private static int mask(byte condition) {
    return (condition | -condition) >> 31;
  }
}
