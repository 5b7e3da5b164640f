package dev.gatun.memory;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Bytes that the garbage collector manages, and the limit they are held to: the collector sees
/// small objects only, so without one it would let native memory run out.
final class Collected {
  private static final long WAIT_NANOS = 500_000_000L;

  private static volatile long collections;

  private Collected() {}

  /// Runs something that gives a block to the garbage collector, with room made for it.
  ///
  /// @param asked the bytes asked for, for the exception
  /// @throws MemoryBudgetException if there is none, whatever was collected
  static <T> T within(long asked, Supplier<T> body) {
    long capacity = SizeClasses.capacity(SizeClasses.of(asked));
    if (!MemoryBudget.COLLECTED.tryReserve(capacity)) {
      reserveSlowly(capacity, asked);
    }
    try {
      return body.get();
    } catch (RuntimeException | Error e) {
      MemoryBudget.COLLECTED.release(capacity);
      throw e;
    }
  }

  /// One thread collects, the others profit from it.
  private static synchronized void reserveSlowly(long bytes, long asked) {
    if (MemoryBudget.COLLECTED.tryReserve(bytes)) {
      return;
    }
    if (bytes > MemoryBudget.COLLECTED.limitBytes()) {
      throw Refusal.ofCollected(asked);
    }
    System.gc();
    long start = System.nanoTime();
    do {
      if (MemoryBudget.COLLECTED.tryReserve(bytes)) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    } while (System.nanoTime() - start < WAIT_NANOS);
    throw Refusal.ofCollected(asked);
  }

  /// Collects, and waits until the memory of what was unreachable has come back, or a moment. Those
  /// who come while another thread collects profit from that.
  static void collect() {
    long seen = collections;
    synchronized (Collected.class) {
      if (collections == seen) {
        collectNow();
        collections = seen + 1;
      }
    }
  }

  private static void collectNow() {
    long before = Ledger.COLLECTED.get() + Ledger.SHARED.get();
    System.gc();
    long start = System.nanoTime();
    while (Ledger.COLLECTED.get() + Ledger.SHARED.get() >= before
        && System.nanoTime() - start < WAIT_NANOS / 5) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
