package dev.gatun.memory;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One of the pool's sets of free small blocks, with what was counted beside it.
///
/// The lock is a flag, not a monitor: it is held for nanoseconds, nothing blocks under it, and a
/// thread that finds it taken goes to another stripe. Methods below the line need it held.
final class Stripe {
  private static final long REPORT_STEP = 64 << 10;
  private static final int RETURNS_PER_LOOK = 1024;

  private final AtomicBoolean locked = new AtomicBoolean();
  private final @Nullable Block[] free = new Block[SizeClasses.SMALL];
  private long freeBytes;
  private long leastFreeBytes;
  private long allocations;
  private long unreported;
  private long highestUnreported;
  private int returns;

  boolean tryLock() {
    return !locked.getPlain() && locked.weakCompareAndSetAcquire(false, true);
  }

  void lock() {
    for (int tries = 1; !tryLock(); tries++) {
      if ((tries & 63) == 0) {
        LockSupport.parkNanos(1_000);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  void unlock() {
    locked.setRelease(false);
  }

  /// A glance without the lock, to skip stripes that have nothing.
  boolean mayHave(int sizeClass) {
    return free[sizeClass] != null;
  }

  // ---- with the lock held ----

  // Blocks change hands here by plain assignments, and what may end the stack comes after: none is
  // lost, whoever calls this how deep.

  @Nullable Block pop(int sizeClass) {
    Block block = free[sizeClass];
    if (block == null) {
      return null;
    }
    free[sizeClass] = block.next;
    freeBytes -= block.capacity;
    if (freeBytes < leastFreeBytes) {
      leastFreeBytes = freeBytes;
    }
    allocations++;
    unreported += block.capacity;
    if (unreported > highestUnreported) {
      highestUnreported = unreported;
      if (unreported >= REPORT_STEP) {
        try {
          settle();
        } catch (StackOverflowError _) {
          // The next one does.
        }
      }
    }
    return block;
  }

  void countAllocation(long bytes) {
    allocations++;
    unreported += bytes;
    if (unreported > highestUnreported) {
      highestUnreported = unreported;
      if (unreported >= REPORT_STEP) {
        try {
          settle();
        } catch (StackOverflowError _) {
          // The next one does.
        }
      }
    }
  }

  /// Takes a chain of blocks back: all of it, or none when an error is thrown.
  ///
  /// @return true now and then, when the pool should look whether it holds too much
  boolean pushLive(@Nullable Block chain) {
    long before = freeBytes;
    push(chain);
    unreported -= freeBytes - before;
    if (unreported <= -REPORT_STEP) {
      try {
        settle();
      } catch (StackOverflowError _) {
        // The next one does.
      }
    }
    return (++returns & (RETURNS_PER_LOOK - 1)) == 0;
  }

  void push(@Nullable Block chain) {
    Block block = chain;
    while (block != null) {
      Block next = block.next;
      block.fresh = false;
      block.next = free[block.sizeClass];
      free[block.sizeClass] = block;
      freeBytes += block.capacity;
      block = next;
    }
  }

  /// Takes every free block out, as one chain.
  @Nullable Block drain() {
    Block chain = null;
    for (int i = 0; i < free.length; i++) {
      Block block = free[i];
      free[i] = null;
      while (block != null) {
        Block next = block.next;
        block.next = chain;
        chain = block;
        block = next;
      }
    }
    freeBytes = 0;
    leastFreeBytes = 0;
    return chain;
  }

  /// Returns how many bytes were never needed since the last call.
  long surplus() {
    long surplus = leastFreeBytes;
    leastFreeBytes = freeBytes;
    return surplus;
  }

  /// Settles the sums of the process; returns the allocations counted here.
  long report() {
    if (unreported != 0 || highestUnreported != 0) {
      settle();
    }
    return allocations;
  }

  private void settle() {
    Ledger.report(unreported, highestUnreported);
    unreported = 0;
    highestUnreported = 0;
  }
}
