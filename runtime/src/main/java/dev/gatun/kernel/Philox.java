package dev.gatun.kernel;

/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// 2011): a keyed bijection of 128-bit counters that serves as a random number generator without
/// state. The key is the seed; the low half of the counter is the position in the stream, the high
/// half is zero.
final class Philox {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFF_FFFFL;
  private static final int ROUNDS = 10;

  private long low;
  private long high;

  /// Computes the block of a position; its words are then read with [#low] and [#high].
  void block(long seed, long counter) {
    block(seed, counter, 0);
  }

  void block(long seed, long counterLow, long counterHigh) {
    int c0 = (int) counterLow;
    int c1 = (int) (counterLow >>> 32);
    int c2 = (int) counterHigh;
    int c3 = (int) (counterHigh >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    low = (c0 & LOW) | ((long) c1 << 32);
    high = (c2 & LOW) | ((long) c3 << 32);
  }

  /// Words 0 and 1 of the block, the first in the low bits.
  long low() {
    return low;
  }

  /// Words 2 and 3 of the block.
  long high() {
    return high;
  }
}
