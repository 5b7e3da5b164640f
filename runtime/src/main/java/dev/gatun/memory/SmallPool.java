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
    Block block = home.tryLock() ? popAndUnlock(home, sizeClass) : null;
    if (block == null) {
      block = takeFromOthers(sizeClass);
    }
    return block != null ? block : carve(home, sizeClass);
  }

  private static @Nullable Block popAndUnlock(Stripe stripe, int sizeClass) {
    try {
      return stripe.pop(sizeClass);
    } finally {
      stripe.unlock();
    }
  }

  /// Tries what is unlocked first: the holder of a lock may have lost its core.
  private @Nullable Block takeFromOthers(int sizeClass) {
    for (Stripe stripe : stripes) {
      Block block =
          stripe.mayHave(sizeClass) && stripe.tryLock() ? popAndUnlock(stripe, sizeClass) : null;
      if (block != null) {
        return block;
      }
    }
    for (Stripe stripe : stripes) {
      if (stripe.mayHave(sizeClass)) {
        stripe.lock();
        Block block = popAndUnlock(stripe, sizeClass);
        if (block != null) {
          return block;
        }
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
      home.lock();
      try {
        home.countAllocation(block.capacity);
      } finally {
        home.unlock();
      }
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
  /// @return true now and then, when the pool should look whether it holds too much
  boolean give(Stripe home, Block chain) {
    Stripe stripe = lockAny(home);
    try {
      return stripe.pushLive(chain);
    } finally {
      stripe.unlock();
    }
  }

  private Stripe lockAny(Stripe home) {
    if (home.tryLock()) {
      return home;
    }
    for (Stripe stripe : stripes) {
      if (stripe.tryLock()) {
        return stripe;
      }
    }
    home.lock();
    return home;
  }

  /// Settles the sums of the process; returns the number of allocations so far.
  long report() {
    long allocations = 0;
    for (Stripe stripe : stripes) {
      allocations += report(stripe);
    }
    synchronized (this) {
      Ledger.report(uncounted, uncounted);
      uncounted = 0;
    }
    return allocations;
  }

  long report(Stripe stripe) {
    stripe.lock();
    try {
      return stripe.report();
    } finally {
      stripe.unlock();
    }
  }

  /// Gives back what no thread has needed since the last call.
  void trimSurplus() {
    long surplus = 0;
    for (Stripe stripe : stripes) {
      stripe.lock();
      try {
        surplus += stripe.surplus();
      } finally {
        stripe.unlock();
      }
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
        chains[i] = drain(stripes[i]);
      }
      idle = idleSlabs(chains, atMost);
    } finally {
      for (int i = 0; i < STRIPES; i++) {
        refill(stripes[i], idle == null ? chains[i] : without(chains[i]));
      }
    }
    while (idle != null) {
      Slab next = idle.next;
      idle.close();
      idle = next;
    }
  }

  private static @Nullable Block drain(Stripe stripe) {
    stripe.lock();
    try {
      return stripe.drain();
    } finally {
      stripe.unlock();
    }
  }

  private static void refill(Stripe stripe, @Nullable Block chain) {
    stripe.lock();
    try {
      stripe.push(chain);
    } finally {
      stripe.unlock();
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
