package dev.gatun.memory;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Blocks above 64 KiB, each in an arena of its own.
///
/// They are worth keeping, since the system zeroes and faults in every page of a new one, but not
/// for ever: what lies here free never exceeds the largest number of bytes that were in use at once
/// within the last two windows, and what was freed longest ago goes first.
final class LargePool {
  static final long WINDOW_NANOS = 10_000_000_000L;

  private final Shelf[] free = new Shelf[SizeClasses.COUNT - SizeClasses.SMALL];
  private final LongSupplier clock;
  private long freeBytes;
  private long liveBytes;
  private long unreported;
  private long allocations;
  private long returns;
  private long windowStart;
  private long windowPeak;
  private long previousPeak;

  LargePool(LongSupplier clock) {
    this.clock = clock;
    this.windowStart = clock.getAsLong();
    Arrays.setAll(free, _ -> new Shelf());
  }

  /// Takes a block, or returns null when the process's budget has no room for one.
  @Nullable Block take(int sizeClass) {
    Block block = poll(sizeClass);
    if (block == null) {
      block = carve(sizeClass);
    }
    if (block == null) {
      return null;
    }
    synchronized (this) {
      allocations++;
      liveBytes += block.capacity;
      unreported += block.capacity;
      if (liveBytes > windowPeak) {
        windowPeak = liveBytes;
      }
      try {
        settle();
      } catch (StackOverflowError _) {
        // The next one does.
      }
    }
    return block;
  }

  private static @Nullable Block carve(int sizeClass) {
    Slab slab = Slab.open(SizeClasses.capacity(sizeClass));
    if (slab == null) {
      return null;
    }
    try {
      return slab.carve(sizeClass);
    } catch (RuntimeException | Error e) {
      slab.close();
      throw e;
    }
  }

  // As in a stripe, blocks change hands by plain assignments: a stack that ends loses none.

  private synchronized @Nullable Block poll(int sizeClass) {
    Shelf shelf = free[sizeClass - SizeClasses.SMALL];
    Block block = shelf.newest;
    if (block == null) {
      return null;
    }
    Block before = block.previous;
    shelf.newest = before;
    if (before == null) {
      shelf.oldest = null;
    } else {
      before.next = null;
    }
    block.previous = null;
    freeBytes -= block.capacity;
    return block;
  }

  /// Takes a chain of blocks back: all of it, or none when an error is thrown.
  void give(Block chain) {
    shelve(chain);
    try {
      trimSurplus();
    } catch (StackOverflowError _) {
      // The blocks are back; whoever comes next looks what is too much.
    }
  }

  private synchronized void shelve(Block chain) {
    turnWindow();
    Block block = chain;
    while (block != null) {
      Block next = block.next;
      Shelf shelf = free[block.sizeClass - SizeClasses.SMALL];
      Block before = shelf.newest;
      if (before == null) {
        shelf.oldest = block;
      } else {
        before.next = block;
      }
      shelf.newest = block;
      block.previous = before;
      block.next = null;
      block.fresh = false;
      block.freedAt = ++returns;
      liveBytes -= block.capacity;
      unreported -= block.capacity;
      freeBytes += block.capacity;
      block = next;
    }
    try {
      settle();
    } catch (StackOverflowError _) {
      // The next one does.
    }
  }

  private void settle() {
    long change = unreported;
    Ledger.report(change, change > 0 ? change : 0);
    unreported = 0;
  }

  private void turnWindow() {
    long now = clock.getAsLong();
    if (now - windowStart > WINDOW_NANOS) {
      previousPeak = windowPeak;
      windowPeak = liveBytes;
      windowStart = now;
    }
  }

  /// Gives back to the system what the last two windows did not need.
  void trimSurplus() {
    close(evictSurplus());
  }

  private synchronized @Nullable Block evictSurplus() {
    turnWindow();
    return evictDownTo(Math.max(windowPeak, previousPeak));
  }

  /// Gives every free block back to the system.
  void trim() {
    close(evictAll());
  }

  private synchronized @Nullable Block evictAll() {
    return evictDownTo(0);
  }

  private @Nullable Block evictDownTo(long limit) {
    Block victims = null;
    while (freeBytes > limit) {
      Block oldest = Objects.requireNonNull(shelfOfOldest().pollOldest());
      freeBytes -= oldest.capacity;
      oldest.next = victims;
      victims = oldest;
    }
    return victims;
  }

  private Shelf shelfOfOldest() {
    Shelf from = free[0];
    for (Shelf shelf : free) {
      Block first = shelf.oldest;
      Block best = from.oldest;
      if (first != null && (best == null || first.freedAt < best.freedAt)) {
        from = shelf;
      }
    }
    return from;
  }

  private static void close(@Nullable Block victims) {
    for (Block victim = victims; victim != null; victim = victim.next) {
      victim.origin.close();
    }
  }

  /// Settles the sums of the process; returns the number of allocations so far.
  synchronized long report() {
    settle();
    return allocations;
  }

  synchronized long freeBytes() {
    return freeBytes;
  }
}
