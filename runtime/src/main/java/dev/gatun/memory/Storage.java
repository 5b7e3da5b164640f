package dev.gatun.memory;

import dev.gatun.memory.internal.KernelMemory;
import dev.gatun.memory.internal.Planned;
import dev.gatun.memory.internal.PlannedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A run of native bytes with an owner: a scope, the garbage collector, a shared lifetime, or the
/// caller whose memory was wrapped. Views of one tensor share one storage.
///
/// | made by | owner | used by | ends |
/// |---|---|---|---|
/// | [#allocate] in a scope | the scope | its thread | when the scope closes, or [#free] |
/// | [#allocate] without one | the garbage collector | every thread | when unreachable |
/// | [#allocateShared] | a shared lifetime | every thread | by [#free] or when unreachable |
/// | [#wrap] | the caller | as the caller's arena allows | with the caller's arena |
///
/// Memory starts at a multiple of 64 bytes. Its content is not cleared unless asked for. Segments
/// taken from a storage die with its ownership: when its scope closes, when it is freed, handed
/// over or moved to the garbage collector, reading them is an exception. The arena that sees to
/// this is made when a segment is first asked for: most storages of a scope are results in between,
/// which only kernels look at, through [KernelMemory].
public final class Storage {
  static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

  static {
    KernelMemory.install(Storage::memory);
    PlannedMemory.install(new PlannedAccess());
  }

  private final long byteSize;

  /// What kernels see: the block itself where a scope owns it, else a view that ends with its
  /// arena. Null when the slow path must look closer: the storage is gone, or the memory is the
  /// caller's.
  @Nullable MemorySegment view;

  /// The only thread that may use it, null for every thread. No other thread ever stores its own
  /// name here, so a thread that finds itself is right, however stale the rest of what it sees.
  @Nullable Thread confinedTo;

  private State state;
  private int version;

  /// Of a scope's storage, null until a segment has been asked for.
  private @Nullable Arena arena;

  private @Nullable Block block;
  private @Nullable Scope scope;
  private @Nullable Lease lease;
  private @Nullable MemorySegment wrapped;
  @Nullable Planned planned;

  /// Links of the owning scope's list.
  @Nullable Storage next;

  @Nullable Storage previous;

  Storage(long byteSize, State state) {
    this.byteSize = byteSize;
    this.state = state;
  }

  /// Allocates memory for the innermost open scope of this thread, or for the garbage collector
  /// when there is none. Its content is undefined.
  ///
  /// @param bytes the size, 0 or more
  /// @return a storage of that size
  /// @throws IllegalArgumentException if the size is negative or beyond any address space
  /// @throws IllegalStateException if no scope is open and the garbage collector already holds as
  ///   much as `-Dgatun.gc.limit` allows
  /// @throws OutOfMemoryError if the process holds as much as `-Dgatun.memory.limit` allows, or the
  ///   system has no more
  public static Storage allocate(long bytes) {
    return allocate(bytes, Scope.current(), false);
  }

  /// Allocates as [#allocate] does, with the same exceptions, and clears the memory.
  public static Storage allocateZeroed(long bytes) {
    return allocate(bytes, Scope.current(), true);
  }

  /// Allocates as [#allocate], for the owner of `other`; a scope must be of this thread.
  public static Storage allocateBeside(Storage other, long bytes) {
    return switch (other.state) {
      case ABSENT, SHARED -> allocateShared(bytes);
      case COLLECTED, WRAPPED, PLANNED -> allocate(bytes, null, false);
      case SCOPED, DETACHED, FREED, CLOSED -> allocate(bytes, other.ownScope(), false);
    };
  }

  private static Storage allocate(long bytes, @Nullable Scope scope, boolean zeroed) {
    SizeClasses.check(bytes);
    Storage given = scope == null ? null : scope.plan(bytes, zeroed);
    if (given != null) {
      return given;
    }
    Block block;
    Storage storage = new Storage(bytes, State.SCOPED);
    if (scope != null) {
      block = Pool.take(scope.owner().stripe, bytes, scope);
      storage.enter(scope, block);
      scope.countAllocation();
    } else {
      block = Collected.take(Pool.stripe(Thread.currentThread()), bytes);
      storage.letCollect(block);
    }
    if (zeroed && !block.fresh && storage.view != null) {
      storage.view.fill((byte) 0);
    }
    return storage;
  }

  /// Allocates memory that every thread may use. It ends by [#free], which costs tens of
  /// microseconds, or when nothing, no segment either, refers to it. Its content is undefined.
  ///
  /// @param bytes the size, 0 or more
  /// @return a storage of that size
  /// @throws IllegalArgumentException if the size is negative or beyond any address space
  /// @throws OutOfMemoryError if the process holds as much as `-Dgatun.memory.limit` allows, or the
  ///   system has no more
  @SuppressWarnings("MustBeClosedChecker") // closed by free()
  public static Storage allocateShared(long bytes) {
    SizeClasses.check(bytes);
    Stripe home = Pool.stripe(Thread.currentThread());
    Block block = Pool.take(home, bytes, State.SHARED.owner(null));
    Ledger.SHARED.getAndAdd(block.capacity);
    Storage storage = new Storage(bytes, State.SHARED);
    Arena arena = Arena.ofShared();
    storage.arena = arena;
    // Every view refers to its scope and to nothing else of ours: when the scope is unreachable
    // nobody can look, and closing the arena, a handshake with every thread, is not needed.
    storage.lease = new Lease(block, Ledger.SHARED).until(arena.scope());
    storage.view = block.view(bytes, arena);
    return storage;
  }

  /// Makes a storage that stands for values not known yet; using it is an exception that says so.
  public static Storage absent() {
    return new Storage(0, State.ABSENT);
  }

  /// Gives this, which is new, a version that nobody has seen of `before`, which it replaces.
  public void follow(Storage before) {
    version = before.version + 1;
  }

  /// Makes a storage of memory that the caller owns; nothing is copied. It can be used for as long
  /// as the segment's arena lives, by the threads that the arena allows.
  ///
  /// @param nativeSegment native or mapped memory, possibly read-only
  /// @return a storage on those bytes
  /// @throws IllegalArgumentException if the segment is on the heap
  public static Storage wrap(MemorySegment nativeSegment) {
    Complaints.checkNative(nativeSegment);
    Storage storage = new Storage(nativeSegment.byteSize(), State.WRAPPED);
    storage.wrapped = nativeSegment;
    return storage;
  }

  /// Returns the size that was asked for, in bytes.
  public long byteSize() {
    return byteSize;
  }

  /// Returns the memory. The segment is as long as [#byteSize] and lives no longer than the
  /// ownership it was taken under.
  ///
  /// @param holder who asks, for messages
  /// @return the bytes
  /// @throws IllegalStateException if they are gone: the scope closed, freed or handed over
  /// @throws WrongThreadException if they belong to another thread
  public MemorySegment segment(Described holder) {
    MemorySegment memory = planned == null ? memory(holder) : planned.segment(holder);
    return state == State.SCOPED ? ownBlock().view(byteSize, confined()) : memory;
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by release() or leave()
  private Arena confined() {
    Arena open = arena;
    if (open == null) {
      open = Arena.ofConfined();
      arena = open;
    }
    return open;
  }

  private MemorySegment memory(Described holder) {
    MemorySegment memory = view;
    Thread thread = confinedTo;
    if (memory != null && (thread == null || thread == Thread.currentThread())) {
      return memory;
    }
    return lookCloser(holder);
  }

  private MemorySegment lookCloser(Described holder) {
    Planned plan = planned;
    if (plan != null) {
      return plan.memory(holder);
    }
    MemorySegment foreign = wrapped;
    if (foreign == null) {
      throw state.unusable(holder.describe(), scope);
    }
    Complaints.checkWrapped(foreign, holder);
    return foreign;
  }

  /// Returns how often [#markModified] was called: what was saved may have changed since.
  public int version() {
    return version;
  }

  /// Notes that the content was changed in place.
  public void markModified() {
    version++;
  }

  /// Moves this storage out of its scope to the enclosing one, or to the garbage collector when
  /// there is none. Nothing is copied. Does nothing where no scope is the owner.
  ///
  /// @throws IllegalStateException if the memory is gone or being handed over, or if the garbage
  ///   collector has no room for it
  /// @throws WrongThreadException if it belongs to another thread
  public void keep() {
    if (state.isEverywhere()) {
      return;
    }
    Scope inner = ownScope();
    Block kept = ownBlock();
    Scope outer = inner.parent();
    if (outer != null) {
      inner.remove(this, kept.capacity);
      outer.add(this, kept.capacity);
      scope = outer;
      return;
    }
    letCollect(kept.capacity, () -> leave("keep"));
  }

  /// Takes this storage out of its scope, so that another thread can [#attach] it. Until then
  /// nobody can use it; if nobody ever attaches it the garbage collector takes it back. Does
  /// nothing where no scope is the owner: those can be used from every thread anyway.
  ///
  /// @throws IllegalStateException if the memory is gone or being handed over already
  /// @throws WrongThreadException if it belongs to another thread
  public void detach() {
    if (state.isEverywhere()) {
      return;
    }
    lease = new Lease(leave("handOver"), null).until(this);
    state = State.DETACHED;
  }

  /// Gives this storage, after [#detach], to the innermost open scope of this thread, or to the
  /// garbage collector when there is none. Does nothing where no scope was the owner.
  ///
  /// @throws IllegalStateException if it was not detached, or has been attached or freed since
  public void attach() {
    if (state.isEverywhere()) {
      return;
    }
    Scope target = Scope.current();
    if (target != null) {
      enter(target, takeLeased());
      return;
    }
    letCollect(SizeClasses.capacity(SizeClasses.of(byteSize)), this::takeLeased);
  }

  /// Gives the memory back now, whatever else would have; using it afterwards is an exception. What
  /// the garbage collector manages comes back when the last segment of it is unreachable, and
  /// wrapped memory stays its owner's. Freeing what is gone already does nothing.
  ///
  /// @throws IllegalStateException if a call on another thread is using the memory, or it was
  ///   handed over to a thread that has not closed its scope
  /// @throws WrongThreadException if it belongs to another thread
  public void free() {
    switch (state) {
      case SCOPED -> Pool.give(leave("free"));
      case DETACHED -> Pool.give(takeLeased());
      case COLLECTED, WRAPPED -> {}
      case SHARED -> {
        if (!closeArena("free")) {
          return; // others may still be looking: the thread that is closing it goes on
        }
        Objects.requireNonNull(lease).run();
      }
      case ABSENT, FREED, CLOSED, PLANNED -> {
        return;
      }
    }
    view = null;
    wrapped = null;
    state = State.FREED;
  }

  /// Returns whether every thread may use this storage for as long as it likes: true for a shared
  /// lifetime, and for wrapped memory whose arena is not confined.
  public boolean isShared() {
    MemorySegment foreign = wrapped;
    return state == State.SHARED || (foreign != null && foreign.isAccessibleBy(NOBODY));
  }

  /// Returns whether a scope of this thread, and not one around it, owns this storage.
  public boolean isOwnedBy(Scope candidate) {
    return state == State.SCOPED && scope == candidate;
  }

  /// Returns the owner's name, for messages: for example `scope 'step' of thread 'main'`.
  public String ownerName() {
    return state.owner(scope);
  }

  private void enter(Scope target, Block taken) {
    view = taken.memory;
    block = taken;
    scope = target;
    confinedTo = target.owner().thread;
    state = State.SCOPED;
    target.add(this, taken.capacity);
  }

  /// Makes room at the garbage collector first, since a block that is taken cannot be put back.
  private void letCollect(long capacity, Supplier<Block> taking) {
    Collected.reserve(capacity);
    try {
      letCollect(taking.get());
    } catch (IllegalStateException e) {
      Collected.unreserve(capacity);
      throw e;
    }
  }

  private void letCollect(Block taken) {
    Lease returning = new Lease(taken, Ledger.COLLECTED);
    view = taken.view(byteSize, Arena.ofAuto(), _ -> returning.run());
    confinedTo = null;
    state = State.COLLECTED;
  }

  /// Leaves the scope, as its thread: no view of the block works from here on.
  private Block leave(String operation) {
    Scope left = ownScope();
    Block taken = ownBlock();
    closeArena(operation);
    left.remove(this, taken.capacity);
    forget();
    scope = null;
    confinedTo = null;
    return taken;
  }

  /// Gives up the block because the scope closes; the scope forgets its list by itself.
  Block release() {
    Block released = ownBlock();
    closeArena("close");
    forget();
    previous = null;
    next = null;
    state = State.CLOSED;
    return released;
  }

  private void forget() {
    view = null;
    arena = null;
    block = null;
  }

  /// Ends every view; returns whether this call did it, and not one on another thread.
  private boolean closeArena(String operation) {
    return arena == null || Complaints.closed(arena, operation, byteSize);
  }

  private Block takeLeased() {
    Block taken = lease == null ? null : lease.take();
    if (taken == null) {
      throw Complaints.notHandedOver(Complaints.storage(byteSize), ownerName());
    }
    return taken;
  }

  private Scope ownScope() {
    Scope mine = scope;
    if (state != State.SCOPED || mine == null || confinedTo != Thread.currentThread()) {
      throw state.unusable(Complaints.storage(byteSize), scope);
    }
    return mine;
  }

  private Block ownBlock() {
    return Objects.requireNonNull(block);
  }
}
