package dev.gatun.memory;

import java.util.concurrent.locks.LockSupport;

/// Bytes that the garbage collector manages, and the limit they are held to: the collector sees
/// small objects only, so without one it would let native memory run out.
final class Collected {
  private static final long WAIT_NANOS = 500_000_000L;

  private Collected() {}

  /// Takes a block that counts as managed by the garbage collector.
  static Block take(Stripe home, long bytes) {
    long capacity = SizeClasses.capacity(SizeClasses.of(bytes));
    reserve(capacity);
    try {
      return Pool.take(home, bytes, State.COLLECTED.owner(null));
    } catch (OutOfMemoryError e) {
      unreserve(capacity);
      throw e;
    }
  }

  static void unreserve(long bytes) {
    Ledger.COLLECTED.getAndAdd(-bytes);
  }

  /// Makes room for a block, collecting garbage when the limit is reached.
  static void reserve(long bytes) {
    if (!tryReserve(bytes)) {
      reserveSlowly(bytes);
    }
  }

  private static boolean tryReserve(long bytes) {
    long most = Limit.COLLECTED.bytes();
    if (Ledger.COLLECTED.addAndGet(bytes) <= most) {
      return true;
    }
    Ledger.COLLECTED.addAndGet(-bytes);
    return false;
  }

  /// One thread collects, the others profit from it.
  private static synchronized void reserveSlowly(long bytes) {
    if (tryReserve(bytes)) {
      return;
    }
    System.gc();
    long start = System.nanoTime();
    do {
      if (tryReserve(bytes)) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    } while (System.nanoTime() - start < WAIT_NANOS);
    throw new IllegalStateException(
        "allocate: no room without an open scope: "
            + bytes
            + " bytes ("
            + Ledger.COLLECTED.get()
            + " are in use by the garbage collector, limit "
            + Limit.COLLECTED.bytes()
            + "); open a scope: try (var scope = Scope.open()), or raise -Dgatun.gc.limit");
  }

  /// Collects, and waits until the memory of what was unreachable has come back, or a moment.
  static void collect() {
    long before = Ledger.COLLECTED.get() + Ledger.SHARED.get();
    System.gc();
    long start = System.nanoTime();
    while (Ledger.COLLECTED.get() + Ledger.SHARED.get() >= before
        && System.nanoTime() - start < WAIT_NANOS / 5) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
