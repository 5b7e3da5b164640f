package dev.gatun.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Process-wide sums. What changes with every small block is counted in its stripe and reported
/// here in steps, so that threads do not meet on one cache line.
final class Ledger {
  /// Bytes held from the system, live or not.
  static final AtomicLong RESERVED = new AtomicLong();

  /// Bytes given back to the C library, which may still keep them from the system.
  static final AtomicLong FREED = new AtomicLong();

  static final AtomicLong COLLECTED = new AtomicLong();
  static final AtomicLong SHARED = new AtomicLong();
  static final LongAdder OPEN_SCOPES = new LongAdder();

  private static final AtomicLong LIVE = new AtomicLong();
  private static final AtomicLong PEAK = new AtomicLong();

  private Ledger() {}

  /// Adds to the live bytes.
  ///
  /// @param change what has changed since the last report
  /// @param highest the largest that the change has been in between
  static void report(long change, long highest) {
    long top = LIVE.getAndAdd(change) + highest;
    try {
      if (top > PEAK.get()) {
        PEAK.accumulateAndGet(top, Math::max);
      }
    } catch (StackOverflowError _) {
      // The live bytes are exact; a peak is missed.
    }
  }

  static long live() {
    return LIVE.get();
  }

  static long peak() {
    return Math.max(PEAK.get(), LIVE.get());
  }

  static void resetPeak() {
    PEAK.set(LIVE.get());
  }
}
