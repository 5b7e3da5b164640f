package dev.gatun.kernel;

/// Which elements a dropout keeps: those whose uniform number of F32, in a draw of all of them, is
/// not below the probability to be dropped.
final class Keep {
  private static final long LOW = 0xFFFF_FFFFL;

  private final Philox philox = new Philox();
  private final long seed;
  private final long counter;

  /// The smallest of the 24 random bits that is kept.
  private final long least;

  /// What the others are multiplied by.
  final double factor;

  private long pair = -1;

  Keep(double p, long seed, long counter) {
    this.seed = seed;
    this.counter = counter;
    least = (long) Math.ceil((float) p * 0x1p24);
    factor = p == 1 ? 0 : 1 / (1 - p);
  }

  /// The factor of element `i` of the draw.
  double factor(long i) {
    if (pair != i >> 2) {
      pair = i >> 2;
      philox.block(seed, counter + pair);
    }
    long words = (i & 2) == 0 ? philox.low() : philox.high();
    long word = (i & 1) == 0 ? words & LOW : words >>> 32;
    return word >>> 8 >= least ? factor : 0;
  }
}
