package dev.gatun.memory;

import dev.gatun.natives.NativeHeap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The process's free native memory: where owners take blocks from and return them to.
final class Pool {
  private static final SmallPool SMALL = new SmallPool();
  private static final LargePool LARGE = new LargePool(System::nanoTime);
  private static final AtomicLong LAST_LOOK = new AtomicLong(System.nanoTime());

  private static final QuietLook QUIET =
      new QuietLook(MemoryBudget.PROCESS::usedBytes, Pool::afterAWindow, Pool::lookQuietly);

  static {
    if (Boolean.getBoolean("gatun.jmx")) {
      MemoryStats.registerMXBean();
    }
  }

  private Pool() {}

  static Stripe stripe(Thread thread) {
    return SMALL.stripe(thread.threadId());
  }

  /// Takes a block of at least the given size for an owner, whom the exception names when there is
  /// none to be had. Its content is whatever its last owner left.
  static Block take(Stripe home, long bytes, Object owner) {
    return take(home, SizeClasses.of(bytes), bytes, owner);
  }

  /// The same, where the size class is known.
  static Block take(Stripe home, int sizeClass, long bytes, Object owner) {
    Block block;
    try {
      block = sizeClass < SizeClasses.SMALL ? SMALL.take(home, sizeClass) : large(home, sizeClass);
    } catch (OutOfMemoryError e) {
      throw Refusal.bySystem(bytes, owner, e);
    }
    if (block == null) {
      throw Refusal.ofProcess(bytes, owner);
    }
    return block;
  }

  private static @Nullable Block large(Stripe home, int sizeClass) {
    long _ = home.report(); // first, or the peak would miss them
    return LARGE.take(sizeClass);
  }

  /// Takes one block back, which nobody can see any longer.
  static void give(Block block) {
    block.next = null;
    if (block.isSmall()) {
      giveSmall(stripe(Thread.currentThread()), block);
    } else {
      giveLarge(block);
    }
  }

  // Of the chains below all blocks are back when the call returns, and none when an error is
  // thrown.

  /// Takes a chain of small blocks back.
  static void giveSmall(Stripe home, Block chain) {
    if (SMALL.give(home, chain) == Stripe.LOOK) {
      try {
        trimSurplus();
      } catch (StackOverflowError | OutOfMemoryError _) {
        // The blocks are back; whoever comes next looks what is too much.
      }
    }
  }

  /// Takes a chain of large blocks back.
  static void giveLarge(Block chain) {
    LARGE.give(chain);
  }

  private static void trimSurplus() {
    long last = LAST_LOOK.get();
    long now = System.nanoTime();
    if (now - last > LargePool.WINDOW_NANOS && LAST_LOOK.compareAndSet(last, now)) {
      look();
    }
  }

  private static void look() {
    ThreadScopes.sweep();
    SMALL.trimSurplus();
    LARGE.trimSurplus();
  }

  /// No caller waits for this.
  private static void lookQuietly() {
    look();
    returnFreed(16 << 20);
  }

  /// Has the C library give back what it was given, if it is worth the milliseconds.
  static void returnFreed(long least) {
    long freed = Ledger.FREED.get();
    if (freed >= least && Ledger.FREED.compareAndSet(freed, 0)) {
      NativeHeap.trim();
    }
  }

  /// Called when more is held from the system.
  static void grown() {
    QUIET.plan();
  }

  private static void afterAWindow(Runnable task) {
    long nanos = LargePool.WINDOW_NANOS + LargePool.WINDOW_NANOS / 100;
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(task);
  }

  /// Gives all free memory back to the system.
  static void trim() {
    LARGE.trim();
    SMALL.trim(Long.MAX_VALUE);
  }

  /// Settles the sums of the process; returns the number of allocations so far.
  static long report() {
    return SMALL.report() + LARGE.report();
  }
}
