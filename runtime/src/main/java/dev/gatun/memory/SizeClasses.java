package dev.gatun.memory;

/// Block sizes: multiples of 64 bytes up to 256, then four per power of two, so that at most a
/// fifth of a block is slack.
final class SizeClasses {
  /// The largest request; more than any address space holds, and rounding it up cannot overflow.
  static final long MAX_BYTES = 1L << 47;

  /// Classes below this one are carved from slabs (up to 64 KiB), the others stand alone.
  static final int SMALL = of(64 << 10) + 1;

  static final int COUNT = of(MAX_BYTES) + 1;

  private SizeClasses() {}

  static int of(long bytes) {
    if (bytes <= 256) {
      return (int) ((Math.max(bytes, 1) - 1) >>> 6);
    }
    long last = bytes - 1;
    int power = 63 - Long.numberOfLeadingZeros(last);
    int quarter = (int) (last >>> (power - 2)) & 3;
    return (power - 8) * 4 + quarter + 4;
  }

  static long capacity(int sizeClass) {
    if (sizeClass < 4) {
      return (sizeClass + 1) * 64L;
    }
    int power = ((sizeClass - 4) >> 2) + 8;
    long quarters = (sizeClass & 3) + 5L;
    return quarters << (power - 2);
  }

  static void check(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("allocate: size is negative: " + bytes + " bytes");
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "allocate: size is too large: " + bytes + " bytes (at most " + MAX_BYTES + ")");
    }
  }
}
