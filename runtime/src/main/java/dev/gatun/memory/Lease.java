package dev.gatun.memory;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A block on its way back to the pool, at most once: whether it is freed, handed on or found
/// unreachable first, and by whichever thread.
///
/// A lease is made, and everything that can fail for want of heap is done, before it gets the block
/// by [#begin]; ended before that it does nothing.
final class Lease {
  static final Cleaner CLEANER = Cleaner.create();

  private final AtomicReference<@Nullable Block> block = new AtomicReference<>();
  private final @Nullable AtomicLong account;
  private final @Nullable Loss loss;
  private Cleaner.@Nullable Cleanable watch;

  /// Makes a lease.
  ///
  /// @param account what the block's bytes leave when it ends, if any
  /// @param loss what to report when it ends because nobody refers to the storage any longer, if
  ///   anything
  Lease(@Nullable AtomicLong account, @Nullable Loss loss) {
    this.account = account;
    this.loss = loss;
  }

  /// Ends the lease when the given object is unreachable; neither block nor loss may refer to it.
  Lease until(Object unreachable) {
    watch = CLEANER.register(unreachable, this::lose);
    return this;
  }

  /// Gets the block.
  void begin(Block leased) {
    block.set(leased);
  }

  /// Returns the block if the lease has not ended, without ending it.
  @Nullable Block peek() {
    return block.get();
  }

  /// Ends the lease: returns the block to whoever comes first, null to the others.
  @Nullable Block take() {
    Block taken = block.getAndSet(null);
    if (taken != null) {
      settle(taken.capacity);
    }
    return taken;
  }

  /// Gives the block to the pool unless the lease has ended already. The pool has it before the
  /// account says so: whoever waits for memory to come back watches the account.
  void end() {
    Block taken = block.getAndSet(null);
    if (taken == null) {
      return;
    }
    long capacity = taken.capacity;
    try {
      Pool.give(taken);
    } catch (RuntimeException | Error e) {
      block.set(taken);
      throw e;
    }
    settle(capacity);
  }

  private void lose() {
    Block taken = block.get();
    if (taken != null) {
      end();
      if (loss != null) {
        loss.report(taken.capacity);
      }
    }
  }

  private void settle(long capacity) {
    if (account != null) {
      account.getAndAdd(-capacity);
    }
    if (watch != null) {
      watch.clean();
    }
  }
}
