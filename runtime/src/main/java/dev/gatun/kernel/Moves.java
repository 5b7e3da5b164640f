package dev.gatun.kernel;

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
        for (long i = 0; i < n; i++) {
          y.set(JAVA_LONG_UNALIGNED, yo + i * ys, x.get(JAVA_LONG_UNALIGNED, xo + i * xs));
        }
      };

  static final TernaryRow WHERE1 =
      (c, co, cs, a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          boolean first = c.get(JAVA_BYTE, co + i * cs) != 0;
          byte v = first ? a.get(JAVA_BYTE, ao + i * as) : b.get(JAVA_BYTE, bo + i * bs);
          y.set(JAVA_BYTE, yo + i * ys, v);
        }
      };

  static final TernaryRow WHERE2 =
      (c, co, cs, a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          boolean first = c.get(JAVA_BYTE, co + i * cs) != 0;
          short v =
              first
                  ? a.get(JAVA_SHORT_UNALIGNED, ao + i * as)
                  : b.get(JAVA_SHORT_UNALIGNED, bo + i * bs);
          y.set(JAVA_SHORT_UNALIGNED, yo + i * ys, v);
        }
      };

  static final TernaryRow WHERE4 =
      (c, co, cs, a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          boolean first = c.get(JAVA_BYTE, co + i * cs) != 0;
          int v =
              first
                  ? a.get(JAVA_INT_UNALIGNED, ao + i * as)
                  : b.get(JAVA_INT_UNALIGNED, bo + i * bs);
          y.set(JAVA_INT_UNALIGNED, yo + i * ys, v);
        }
      };

  static final TernaryRow WHERE8 =
      (c, co, cs, a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          boolean first = c.get(JAVA_BYTE, co + i * cs) != 0;
          long v =
              first
                  ? a.get(JAVA_LONG_UNALIGNED, ao + i * as)
                  : b.get(JAVA_LONG_UNALIGNED, bo + i * bs);
          y.set(JAVA_LONG_UNALIGNED, yo + i * ys, v);
        }
      };

  private Moves() {}
}
