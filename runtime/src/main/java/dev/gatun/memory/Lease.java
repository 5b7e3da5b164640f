package dev.gatun.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A block on its way back to the pool, at most once: whether it is freed, handed on or found
/// unreachable first, and by whichever thread.
final class Lease implements Runnable {
  private final AtomicReference<@Nullable Block> block;
  private final @Nullable AtomicLong account;

  /// @param account the sum that the block's bytes count in until it leaves, if any
  Lease(Block block, @Nullable AtomicLong account) {
    this.block = new AtomicReference<>(block);
    this.account = account;
  }

  /// Returns the block to whoever comes first, null to the others.
  @Nullable Block take() {
    Block taken = block.getAndSet(null);
    if (taken != null && account != null) {
      account.getAndAdd(-taken.capacity);
    }
    return taken;
  }

  /// Gives the block to the pool unless it was taken already.
  @Override
  public void run() {
    Block taken = take();
    if (taken != null) {
      Pool.give(Pool.stripe(Thread.currentThread()), taken);
    }
  }
}
