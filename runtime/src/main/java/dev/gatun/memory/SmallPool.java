package dev.gatun.memory;

import org.jspecify.annotations.Nullable;

/// Blocks up to 64 KiB, carved from slabs and kept in stripes.
///
/// A stripe belongs to no thread: each thread merely prefers one, so a million virtual threads need
/// no more of them than a few platform threads do. What one stripe lacks is taken from the others
/// before anything new is carved, because blocks may be freed far from where they were allocated.
final class SmallPool {
  private static final int STRIPES = stripes();

  private final Stripe[] stripes = new Stripe[STRIPES];
  private @Nullable Slab current;

  /// Bytes of blocks that were carved where the stack ended before they were counted.
  private long uncounted;

  SmallPool() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  private static int stripes() {
    int cores = Math.min(Runtime.getRuntime().availableProcessors(), 64);
    return Math.max(8, Integer.highestOneBit(cores * 4));
  }

  Stripe stripe(long key) {
    return stripes[(int) key & (STRIPES - 1)];
  }

  /// Takes a block, or returns null when the process's budget has no room for one.
  @Nullable Block take(Stripe home, int sizeClass) {
    Block block = home.take(sizeClass, false);
    if (block == null) {
      block = takeFromOthers(sizeClass, false);
    }
    // The holder of a lock may have lost its core, so what is unlocked came first.
    if (block == null) {
      block = takeFromOthers(sizeClass, true);
    }
    return block != null ? block : carve(home, sizeClass);
  }

  private @Nullable Block takeFromOthers(int sizeClass, boolean wait) {
    for (Stripe stripe : stripes) {
      Block block = stripe.mayHave(sizeClass) ? stripe.take(sizeClass, wait) : null;
      if (block != null) {
        return block;
      }
    }
    return null;
  }

  private @Nullable Block carve(Stripe home, int sizeClass) {
    Block block = carve(sizeClass);
    if (block == null) {
      return null;
    }
    try {
      home.count(block.capacity);
    } catch (StackOverflowError _) {
      synchronized (this) {
        uncounted += block.capacity;
      }
    }
    return block;
  }

  private synchronized @Nullable Block carve(int sizeClass) {
    Slab slab = current;
    Block block = slab == null ? null : slab.carve(sizeClass);
    while (block == null) {
      slab = Slab.open(Slab.BYTES);
      if (slab == null) {
        return null;
      }
      current = slab;
      block = slab.carve(sizeClass);
    }
    return block;
  }

  /// Takes a chain of blocks back.
  ///
  /// @return [Stripe#GIVEN] or [Stripe#LOOK]
  int give(Stripe home, Block chain) {
    int given = home.give(chain, false);
    for (int i = 0; given == Stripe.BUSY && i < STRIPES; i++) {
      given = stripes[i].give(chain, false);
    }
    return given == Stripe.BUSY ? home.give(chain, true) : given;
  }

  /// Settles the sums of the process; returns the number of allocations so far.
  long report() {
    long allocations = 0;
    for (Stripe stripe : stripes) {
      allocations += stripe.report();
    }
    synchronized (this) {
      Ledger.report(uncounted, uncounted);
      uncounted = 0;
    }
    return allocations;
  }

  /// Gives back what no thread has needed since the last call.
  void trimSurplus() {
    long surplus = 0;
    for (Stripe stripe : stripes) {
      surplus += stripe.surplus();
    }
    if (surplus >= 2 * Slab.BYTES) {
      trim(surplus);
    }
  }

  /// Gives idle slabs back to the system, up to a number of bytes.
  synchronized void trim(long atMost) {
    @Nullable Block[] chains = new Block[STRIPES];
    Slab idle = null;
    try {
      for (int i = 0; i < STRIPES; i++) {
        chains[i] = stripes[i].drain();
      }
      idle = idleSlabs(chains, atMost);
    } finally {
      for (int i = 0; i < STRIPES; i++) {
        stripes[i].refill(idle == null ? chains[i] : without(chains[i]));
      }
    }
    while (idle != null) {
      Slab next = idle.next;
      idle.close();
      idle = next;
    }
  }

  /// Finds slabs whose every block is in the chains, and marks them by having none carved.
  private @Nullable Slab idleSlabs(@Nullable Block[] chains, long atMost) {
    Slab seen = null;
    for (Block chain : chains) {
      for (Block block = chain; block != null; block = block.next) {
        Slab slab = block.origin;
        if (slab.idle++ == 0) {
          slab.next = seen;
          seen = slab;
        }
      }
    }
    Slab idle = null;
    long bytes = 0;
    for (Slab slab = seen; slab != null; ) {
      Slab next = slab.next;
      if (slab.idle == slab.carved && bytes + Slab.BYTES <= atMost) {
        bytes += Slab.BYTES;
        slab.carved = 0;
        slab.next = idle;
        idle = slab;
        current = slab == current ? null : current;
      }
      slab.idle = 0;
      slab = next;
    }
    return idle;
  }

  /// Drops the blocks of slabs that are about to go.
  private static @Nullable Block without(@Nullable Block chain) {
    Block kept = null;
    Block block = chain;
    while (block != null) {
      Block next = block.next;
      if (block.origin.carved > 0) {
        block.next = kept;
        kept = block;
      }
      block = next;
    }
    return kept;
  }
}
