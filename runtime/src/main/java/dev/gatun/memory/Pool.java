package dev.gatun.memory;

import java.util.concurrent.atomic.AtomicLong;

/// The process's free native memory: where owners take blocks from and return them to.
final class Pool {
  private static final SmallPool SMALL = new SmallPool();
  private static final LargePool LARGE = new LargePool(System::nanoTime);
  private static final AtomicLong LAST_LOOK = new AtomicLong(System.nanoTime());

  private Pool() {}

  static Stripe stripe(Thread thread) {
    return SMALL.stripe(thread.threadId());
  }

  /// Takes a block of at least the given size; its content is whatever its last owner left.
  private static Block take(Stripe home, long bytes) {
    int sizeClass = SizeClasses.of(bytes);
    if (sizeClass < SizeClasses.SMALL) {
      return SMALL.take(home, sizeClass);
    }
    Block block = LARGE.take(sizeClass);
    SMALL.report(home); // first, or the peak would miss them
    Ledger.report(block.capacity, block.capacity);
    return block;
  }

  /// Takes a block for an owner, whom the error names when there is none to be had.
  static Block take(Stripe home, long bytes, Object owner) {
    try {
      return take(home, bytes);
    } catch (OutOfMemoryError e) {
      throw Complaints.exhausted(bytes, owner, e);
    }
  }

  /// Takes one block back, which nobody can see any longer.
  static void give(Block block) {
    if (block.isSmall()) {
      block.next = null;
      giveSmall(stripe(Thread.currentThread()), block);
    } else {
      giveLarge(block);
    }
  }

  /// Takes a chain of small blocks back.
  static void giveSmall(Stripe home, Block chain) {
    if (SMALL.give(home, chain)) {
      trimSurplus();
    }
  }

  static void giveLarge(Block block) {
    block.fresh = false;
    Ledger.report(-block.capacity, 0);
    LARGE.give(block);
  }

  private static void trimSurplus() {
    long last = LAST_LOOK.get();
    long now = System.nanoTime();
    if (now - last > LargePool.WINDOW_NANOS && LAST_LOOK.compareAndSet(last, now)) {
      SMALL.trimSurplus();
      LARGE.trimSurplus();
    }
  }

  /// Gives all free memory back to the system.
  static void trim() {
    LARGE.trim();
    SMALL.trim(Long.MAX_VALUE);
  }

  /// Settles the sums of the process; returns the number of allocations so far.
  static long report() {
    return SMALL.report() + LARGE.allocations();
  }
}
