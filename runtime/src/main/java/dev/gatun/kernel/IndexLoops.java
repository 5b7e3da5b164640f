package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

/// The loops behind [IndexKernels]. Operands are addresses; element `i` has its partner at
/// `index[i] * stride + i * step` bytes, and indices are known to be good. A constant stride, as
/// elements next to each other have it, is a shift in place of a product.
final class IndexLoops {
  /// One row of indices.
  @FunctionalInterface
  interface Loop {
    void run(long x, long index, long y, long n, long stride, long step);
  }

  private IndexLoops() {}

  /// Takes elements of 1, 2, 4 or 8 bytes out of `x`.
  static Loop gather(int bytes) {
    return switch (bytes) {
      case 1 -> IndexLoops::gather1;
      case 2 -> IndexLoops::gather2;
      case 4 -> IndexLoops::gather4;
      default -> IndexLoops::gather8;
    };
  }

  /// Puts elements of 1, 2, 4 or 8 bytes into `y`.
  static Loop set(int bytes) {
    return switch (bytes) {
      case 1 -> IndexLoops::set1;
      case 2 -> IndexLoops::set2;
      case 4 -> IndexLoops::set4;
      default -> IndexLoops::set8;
    };
  }

  private static void gather1(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    if (stride == 1 && step == 0) {
      for (long to = y; to < y + n; to++) {
        ALL.set(JAVA_BYTE, to, ALL.get(JAVA_BYTE, x + ALL.get(JAVA_LONG_UNALIGNED, at)));
        at += Long.BYTES;
      }
      return;
    }
    long base = x;
    for (long to = y; to < y + n; to++) {
      long from = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_BYTE, to, ALL.get(JAVA_BYTE, from));
      at += Long.BYTES;
      base += step;
    }
  }

  private static void gather2(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    if (stride == 2 && step == 0) {
      for (long to = y; to < y + n * 2; to += 2) {
        ALL.set(
            JAVA_SHORT_UNALIGNED,
            to,
            ALL.get(JAVA_SHORT_UNALIGNED, x + ALL.get(JAVA_LONG_UNALIGNED, at) * 2));
        at += Long.BYTES;
      }
      return;
    }
    long base = x;
    for (long to = y; to < y + n * 2; to += 2) {
      long from = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_SHORT_UNALIGNED, to, ALL.get(JAVA_SHORT_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  private static void gather4(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    if (stride == 4 && step == 0) {
      for (long to = y; to < y + n * 4; to += 4) {
        ALL.set(
            JAVA_INT_UNALIGNED,
            to,
            ALL.get(JAVA_INT_UNALIGNED, x + ALL.get(JAVA_LONG_UNALIGNED, at) * 4));
        at += Long.BYTES;
      }
      return;
    }
    long base = x;
    for (long to = y; to < y + n * 4; to += 4) {
      long from = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_INT_UNALIGNED, to, ALL.get(JAVA_INT_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  private static void gather8(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    if (stride == 8 && step == 0) {
      for (long to = y; to < y + n * 8; to += 8) {
        ALL.set(
            JAVA_LONG_UNALIGNED,
            to,
            ALL.get(JAVA_LONG_UNALIGNED, x + ALL.get(JAVA_LONG_UNALIGNED, at) * 8));
        at += Long.BYTES;
      }
      return;
    }
    long base = x;
    for (long to = y; to < y + n * 8; to += 8) {
      long from = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_LONG_UNALIGNED, to, ALL.get(JAVA_LONG_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  private static void set1(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    long base = y;
    for (long from = x; from < x + n; from++) {
      long to = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_BYTE, to, ALL.get(JAVA_BYTE, from));
      at += Long.BYTES;
      base += step;
    }
  }

  private static void set2(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    long base = y;
    for (long from = x; from < x + n * 2; from += 2) {
      long to = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_SHORT_UNALIGNED, to, ALL.get(JAVA_SHORT_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  private static void set4(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    long base = y;
    for (long from = x; from < x + n * 4; from += 4) {
      long to = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_INT_UNALIGNED, to, ALL.get(JAVA_INT_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  private static void set8(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    long base = y;
    for (long from = x; from < x + n * 8; from += 8) {
      long to = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(JAVA_LONG_UNALIGNED, to, ALL.get(JAVA_LONG_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  /// Whether an index is negative or not below `size`: its sign, or that of what is missing to it.
  static boolean anyBad(long index, long from, long to, long size) {
    long last = size - 1;
    long signs = 0;
    for (long i = from; i < to; i++) {
      long value = ALL.get(JAVA_LONG_UNALIGNED, index + i * 8);
      signs |= value | (last - value);
    }
    return signs < 0;
  }

  static long firstBad(long index, long from, long to, long size) {
    for (long i = from; i < to; i++) {
      if (Long.compareUnsigned(ALL.get(JAVA_LONG_UNALIGNED, index + i * 8), size) >= 0) {
        return i;
      }
    }
    throw new IllegalStateException("no index is bad");
  }

  /// Copies `k` rows of `row` bytes, a multiple of 8, to rows that follow each other.
  static void rows8(long x, long index, long y, long k, long row) {
    for (long j = 0; j < k; j++) {
      long from = x + ALL.get(JAVA_LONG_UNALIGNED, index + j * 8) * row;
      long to = y + j * row;
      for (long at = 0; at < row; at += 8) {
        ALL.set(JAVA_LONG_UNALIGNED, to + at, ALL.get(JAVA_LONG_UNALIGNED, from + at));
      }
    }
  }

  /// As [#rows8], in pieces of 1, 2 or 4 bytes.
  static void rows(int piece, long x, long index, long y, long k, long row) {
    for (long j = 0; j < k; j++) {
      long from = x + ALL.get(JAVA_LONG_UNALIGNED, index + j * 8) * row;
      long to = y + j * row;
      for (long at = 0; at < row; at += piece) {
        switch (piece) {
          case 1 -> ALL.set(JAVA_BYTE, to + at, ALL.get(JAVA_BYTE, from + at));
          case 2 ->
              ALL.set(JAVA_SHORT_UNALIGNED, to + at, ALL.get(JAVA_SHORT_UNALIGNED, from + at));
          default -> ALL.set(JAVA_INT_UNALIGNED, to + at, ALL.get(JAVA_INT_UNALIGNED, from + at));
        }
      }
    }
  }

  static void addF32(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    if (stride == 4 && step == 0) {
      for (long from = x; from < x + n * 4; from += 4) {
        long to = y + ALL.get(JAVA_LONG_UNALIGNED, at) * 4;
        ALL.set(
            JAVA_FLOAT_UNALIGNED,
            to,
            ALL.get(JAVA_FLOAT_UNALIGNED, to) + ALL.get(JAVA_FLOAT_UNALIGNED, from));
        at += Long.BYTES;
      }
      return;
    }
    long base = y;
    for (long from = x; from < x + n * 4; from += 4) {
      long to = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(
          JAVA_FLOAT_UNALIGNED,
          to,
          ALL.get(JAVA_FLOAT_UNALIGNED, to) + ALL.get(JAVA_FLOAT_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  static void addF64(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    if (stride == 8 && step == 0) {
      for (long from = x; from < x + n * 8; from += 8) {
        long to = y + ALL.get(JAVA_LONG_UNALIGNED, at) * 8;
        ALL.set(
            JAVA_DOUBLE_UNALIGNED,
            to,
            ALL.get(JAVA_DOUBLE_UNALIGNED, to) + ALL.get(JAVA_DOUBLE_UNALIGNED, from));
        at += Long.BYTES;
      }
      return;
    }
    long base = y;
    for (long from = x; from < x + n * 8; from += 8) {
      long to = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(
          JAVA_DOUBLE_UNALIGNED,
          to,
          ALL.get(JAVA_DOUBLE_UNALIGNED, to) + ALL.get(JAVA_DOUBLE_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }

  static void addI64(long x, long index, long y, long n, long stride, long step) {
    long at = index;
    if (stride == 8 && step == 0) {
      for (long from = x; from < x + n * 8; from += 8) {
        long to = y + ALL.get(JAVA_LONG_UNALIGNED, at) * 8;
        ALL.set(
            JAVA_LONG_UNALIGNED,
            to,
            ALL.get(JAVA_LONG_UNALIGNED, to) + ALL.get(JAVA_LONG_UNALIGNED, from));
        at += Long.BYTES;
      }
      return;
    }
    long base = y;
    for (long from = x; from < x + n * 8; from += 8) {
      long to = base + ALL.get(JAVA_LONG_UNALIGNED, at) * stride;
      ALL.set(
          JAVA_LONG_UNALIGNED,
          to,
          ALL.get(JAVA_LONG_UNALIGNED, to) + ALL.get(JAVA_LONG_UNALIGNED, from));
      at += Long.BYTES;
      base += step;
    }
  }
}
