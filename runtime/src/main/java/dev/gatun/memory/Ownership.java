package dev.gatun.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a storage gets its block, changes hands and loses it.
///
/// Whatever is thrown, a block has exactly one owner afterwards, or the pool has it: what can fail,
/// for want of heap or because a call on another thread uses the memory, comes before it moves.
final class Ownership {
  private Ownership() {}

  /// Takes a block for a new storage of a scope of this thread. The scope has the storage before
  /// the storage has the block, so that none gets lost in between.
  static Block allocate(Storage storage, Scope target) {
    long bytes = storage.byteSize();
    int sizeClass = SizeClasses.of(bytes);
    long capacity = SizeClasses.capacity(sizeClass);
    enter(storage, target, capacity, bytes);
    Block taken;
    try {
      taken = Pool.take(target.owner().stripe, sizeClass, bytes, target);
    } catch (RuntimeException | Error e) {
      target.remove(storage, capacity);
      throw e;
    }
    storage.block = taken;
    storage.view = taken.memory;
    if (sizeClass >= SizeClasses.SMALL) {
      Flight.allocation(bytes, target);
    }
    target.countAllocation();
    return taken;
  }

  private static void enter(Storage storage, Scope target, long capacity, long bytes) {
    target.checkBudget(bytes);
    storage.scope = target;
    storage.confinedTo = target.owner().thread;
    storage.state = State.SCOPED;
    storage.noteOwner(target);
    target.add(storage, capacity);
  }

  /// Takes a block for a new storage that the garbage collector is to manage.
  static Block collect(Storage storage) {
    return Collected.within(storage.byteSize(), () -> takeCollected(storage));
  }

  private static Block takeCollected(Storage storage) {
    Stripe home = Pool.stripe(Thread.currentThread());
    Block taken = Pool.take(home, storage.byteSize(), State.COLLECTED.owner(null));
    try {
      letCollect(storage, taken, () -> taken);
    } catch (RuntimeException | Error e) {
      Pool.give(taken);
      throw e;
    }
    if (!taken.isSmall()) {
      Flight.allocation(storage.byteSize(), storage.ownerName());
    }
    return taken;
  }

  /// Takes a block for a new storage in a shared lifetime.
  @SuppressWarnings("MustBeClosedChecker") // closed by free()
  static void share(Storage storage) {
    Arena arena = Arena.ofShared();
    storage.arena = arena;
    // Every view refers to its scope and to nothing else of ours: when the scope is unreachable
    // nobody can look, and closing the arena, a handshake with every thread, is not needed.
    Lease lease = new Lease(Ledger.SHARED, storage.loss(Leak.Kind.SHARED)).until(arena.scope());
    storage.lease = lease;
    Stripe home = Pool.stripe(Thread.currentThread());
    Block taken = Pool.take(home, storage.byteSize(), State.SHARED.owner(null));
    Ledger.SHARED.getAndAdd(taken.capacity);
    lease.begin(taken);
    storage.view = taken.view(storage.byteSize(), arena);
    if (!taken.isSmall()) {
      Flight.allocation(storage.byteSize(), storage.ownerName());
    }
  }

  /// Moves it to the enclosing scope, or to the garbage collector where there is none.
  static void keep(Storage storage) {
    Scope inner = storage.ownScope();
    Block kept = storage.ownBlock();
    Scope outer = inner.parent();
    if (outer == null) {
      Collected.within(
          storage.byteSize(), () -> letCollect(storage, kept, () -> leave(storage, "keep")));
      return;
    }
    inner.remove(storage, kept.capacity);
    outer.add(storage, kept.capacity);
    storage.scope = outer;
    storage.noteOwner(outer);
  }

  static void detach(Storage storage) {
    Scope _ = storage.ownScope();
    Lease leaving = new Lease(null, storage.loss(Leak.Kind.HANDED_OVER)).until(storage);
    leaving.begin(leave(storage, "handOver"));
    storage.lease = leaving;
    storage.state = State.DETACHED;
    storage.noteEnd("handed over");
  }

  static void attach(Storage storage) {
    Scope target = Scope.current();
    if (target != null) {
      accept(storage, target);
      return;
    }
    Block leased = storage.lease == null ? null : storage.lease.peek();
    if (leased == null) {
      throw notHandedOver(storage);
    }
    Collected.within(
        storage.byteSize(), () -> letCollect(storage, leased, () -> takeLeased(storage)));
  }

  private static void accept(Storage storage, Scope target) {
    target.checkBudget(storage.byteSize());
    Block taken = takeLeased(storage);
    storage.block = taken;
    storage.view = taken.memory;
    enter(storage, target, taken.capacity, storage.byteSize());
  }

  static void free(Storage storage) {
    switch (storage.state) {
      case SCOPED -> freeScoped(storage);
      case DETACHED -> Pool.give(takeLeased(storage));
      case COLLECTED, WRAPPED -> {}
      case SHARED -> {
        if (!closeArena(storage, "free")) {
          return; // others may still be looking: the thread that is closing it goes on
        }
        Objects.requireNonNull(storage.lease).end();
      }
      case ABSENT, FREED, CLOSED -> {
        return;
      }
    }
    storage.view = null;
    storage.wrapped = null;
    storage.state = State.FREED;
    storage.noteEnd("freed");
  }

  private static void freeScoped(Storage storage) {
    ThreadScopes mine = storage.ownScope().owner();
    Block freed = leave(storage, "free");
    try {
      Pool.give(freed);
    } catch (StackOverflowError _) {
      freed.next = mine.stray; // the next scope that closes returns it
      mine.stray = freed;
    }
  }

  /// Gives a block to the garbage collector. What can fail comes before the block is taken.
  @SuppressWarnings("MustBeClosedChecker") // as above; an automatic arena costs a cleaner more
  private static Block letCollect(Storage storage, Block managed, Supplier<Block> taking) {
    Arena arena = Arena.ofShared();
    Lease returning = new Lease(Ledger.COLLECTED, null).until(arena.scope());
    MemorySegment seen = managed.view(storage.byteSize(), arena);
    Block taken = taking.get();
    returning.begin(taken);
    storage.view = seen;
    storage.confinedTo = null;
    storage.state = State.COLLECTED;
    return taken;
  }

  /// Leaves the scope, as its thread: no view of the block works from here on.
  private static Block leave(Storage storage, String operation) {
    Scope left = storage.ownScope();
    Block taken = storage.ownBlock();
    closeArena(storage, operation);
    left.remove(storage, taken.capacity);
    storage.view = null;
    storage.arena = null;
    storage.block = null;
    storage.scope = null;
    storage.confinedTo = null;
    return taken;
  }

  /// Gives up the block because the scope closes; the scope forgets its list by itself. Where this
  /// throws it has done nothing, or can be called again.
  ///
  /// @return null if it never got one
  static @Nullable Block release(Storage storage) {
    if (storage.arena != null) {
      closeArena(storage, "close");
    }
    Block released = storage.block;
    storage.view = null;
    storage.arena = null;
    storage.block = null;
    storage.previous = null;
    storage.next = null;
    storage.state = State.CLOSED;
    return released;
  }

  /// Ends every view; returns whether this call did it, and not one on another thread.
  private static boolean closeArena(Storage storage, String operation) {
    Arena closing = storage.arena;
    if (closing == null) {
      return true;
    }
    try {
      closing.close();
      return true;
    } catch (IllegalStateException e) {
      if (closing.scope().isAlive()) {
        throw Complaints.inUse(operation, Complaints.storage(storage.byteSize()), e);
      }
      return false;
    }
  }

  private static Block takeLeased(Storage storage) {
    Block taken = storage.lease == null ? null : storage.lease.take();
    if (taken == null) {
      throw notHandedOver(storage);
    }
    return taken;
  }

  private static IllegalStateException notHandedOver(Storage storage) {
    return Complaints.notHandedOver(Complaints.storage(storage.byteSize()), storage.ownerName());
  }
}
