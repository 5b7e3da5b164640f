package dev.gatun.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One of the pool's sets of free small blocks, with what was counted beside it.
///
/// The lock is a flag, not a monitor: it is held for nanoseconds, nothing blocks under it, and a
/// thread that finds it taken goes to another stripe.
///
/// Whoever calls this how deep, the stack may end at any call. A lock that stayed taken would stop
/// everybody for ever, so what is done under it and letting it go are in one method, and where a
/// call fails it is let go by an assignment.
final class Stripe {
  /// The lock is taken.
  static final int BUSY = 0;

  /// The blocks are back.
  static final int GIVEN = 1;

  /// They are, and it is time to look whether the pool holds too much.
  static final int LOOK = 2;

  private static final long REPORT_STEP = 64 << 10;
  private static final int RETURNS_PER_LOOK = 1024;
  private static final VarHandle LOCKED;

  static {
    try {
      LOCKED = MethodHandles.lookup().findVarHandle(Stripe.class, "locked", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int locked;
  private final @Nullable Block[] free = new Block[SizeClasses.SMALL];
  private long freeBytes;
  private long leastFreeBytes;
  private long allocations;
  private long unreported;
  private long highestUnreported;
  private int returns;

  private boolean tryLock() {
    return locked == 0 && LOCKED.weakCompareAndSetAcquire(this, 0, 1);
  }

  private boolean lock() {
    for (int tries = 1; !tryLock(); tries++) {
      if ((tries & 63) == 0) {
        LockSupport.parkNanos(1_000);
      } else {
        Thread.onSpinWait();
      }
    }
    return true;
  }

  /// A glance without the lock, to skip stripes that have nothing.
  boolean mayHave(int sizeClass) {
    return free[sizeClass] != null;
  }

  /// Takes a block out.
  ///
  /// @param wait whether to wait for the lock
  /// @return null if there is none, or the lock is taken
  @Nullable Block take(int sizeClass, boolean wait) {
    if (!(wait ? lock() : tryLock())) {
      return null;
    }
    Block block = null;
    try {
      block = pop(sizeClass);
      LOCKED.setRelease(this, 0);
    } catch (RuntimeException | Error e) {
      locked = 0;
      if (block == null) {
        throw e;
      }
    }
    return block;
  }

  /// Takes a chain of blocks back: all of it, or none when an error is thrown.
  ///
  /// @param wait whether to wait for the lock
  /// @return [#BUSY], [#GIVEN] or [#LOOK]
  int give(Block chain, boolean wait) {
    if (!(wait ? lock() : tryLock())) {
      return BUSY;
    }
    int given = BUSY;
    try {
      pushLive(chain);
      given = (++returns & (RETURNS_PER_LOOK - 1)) == 0 ? LOOK : GIVEN;
      LOCKED.setRelease(this, 0);
    } catch (RuntimeException | Error e) {
      locked = 0;
      if (given == BUSY) {
        throw e;
      }
    }
    return given;
  }

  /// Counts a block that was carved for the caller.
  void count(long bytes) {
    lock();
    try {
      countAllocation(bytes);
    } finally {
      locked = 0;
    }
  }

  /// Settles the sums of the process; returns the allocations counted here.
  long report() {
    lock();
    try {
      if (unreported != 0 || highestUnreported != 0) {
        settle();
      }
      return allocations;
    } finally {
      locked = 0;
    }
  }

  /// Returns how many bytes were never needed since the last call.
  long surplus() {
    lock();
    try {
      long surplus = leastFreeBytes;
      leastFreeBytes = freeBytes;
      return surplus;
    } finally {
      locked = 0;
    }
  }

  /// Takes every free block out, as one chain.
  @Nullable Block drain() {
    lock();
    try {
      return unchain();
    } finally {
      locked = 0;
    }
  }

  /// Puts back what [#drain] took.
  void refill(@Nullable Block chain) {
    lock();
    try {
      push(chain);
    } finally {
      locked = 0;
    }
  }

  // ---- with the lock held; blocks change hands by plain assignments, and calls come after ----

  private @Nullable Block pop(int sizeClass) {
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

  private void countAllocation(long bytes) {
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

  private void pushLive(@Nullable Block chain) {
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
  }

  private void push(@Nullable Block chain) {
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

  private @Nullable Block unchain() {
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

  private void settle() {
    Ledger.report(unreported, highestUnreported);
    unreported = 0;
    highestUnreported = 0;
  }
}
