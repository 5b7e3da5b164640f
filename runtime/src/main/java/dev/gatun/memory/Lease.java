package dev.gatun.memory;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A block on its way back to the pool, at most once: whether it is freed, handed on or found
/// unreachable first, and by whichever thread.
final class Lease implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final AtomicReference<@Nullable Block> block;
  private final @Nullable AtomicLong account;
  private Cleaner.@Nullable Cleanable watch;

  /// Makes a lease; its block's bytes leave the account, if there is one, when it ends.
  Lease(Block block, @Nullable AtomicLong account) {
    this.block = new AtomicReference<>(block);
    this.account = account;
  }

  /// Ends the lease when the given object is unreachable; the block must not refer to it.
  Lease until(Object unreachable) {
    watch = CLEANER.register(unreachable, this);
    return this;
  }

  /// Ends the lease: returns the block to whoever comes first, null to the others.
  @Nullable Block take() {
    Block taken = block.getAndSet(null);
    if (taken == null) {
      return null;
    }
    if (account != null) {
      account.getAndAdd(-taken.capacity);
    }
    if (watch != null) {
      watch.clean();
    }
    return taken;
  }

  /// Gives the block to the pool unless the lease has ended already.
  @Override
  public void run() {
    Block taken = take();
    if (taken != null) {
      Pool.give(taken);
    }
  }
}
