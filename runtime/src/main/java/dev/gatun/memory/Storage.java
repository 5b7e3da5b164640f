package dev.gatun.memory;

import dev.gatun.memory.internal.KernelMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
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
public sealed class Storage permits TracedStorage {
  private static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

  static {
    KernelMemory.install(Storage::memory);
  }

  private final long byteSize;

  // Who has it; changed by Ownership.

  /// What kernels see: the block itself where a scope owns it, else a view that ends with its
  /// arena. Null when the slow path must look closer: the storage is gone, or the memory is the
  /// caller's.
  @Nullable MemorySegment view;

  /// The only thread that may use it, null for every thread. No other thread ever stores its own
  /// name here, so a thread that finds itself is right, however stale the rest of what it sees.
  @Nullable Thread confinedTo;

  State state;

  private int version;

  /// Of a scope's storage, null until a segment has been asked for.
  @Nullable Arena arena;

  @Nullable Block block;
  @Nullable Scope scope;
  @Nullable Lease lease;
  @Nullable MemorySegment wrapped;

  /// Links of the owning scope's list.
  @Nullable Storage next;

  @Nullable Storage previous;

  Storage(long byteSize, State state) {
    this.byteSize = byteSize;
    this.state = state;
  }

  private static Storage of(long bytes, State state) {
    return LeakDetector.samples() ? new TracedStorage(bytes, state) : new Storage(bytes, state);
  }

  /// Allocates memory for the innermost open scope of this thread, or for the garbage collector
  /// when there is none. Its content is undefined.
  ///
  /// @param bytes the size, 0 or more
  /// @return a storage of that size
  /// @throws IllegalArgumentException if the size is negative or beyond any address space
  /// @throws MemoryBudgetException if a budget has no room: the scope's, the process's or, without
  ///   a scope, that of [MemoryBudget#COLLECTED]
  /// @throws OutOfMemoryError if the system has no more
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
      case COLLECTED, WRAPPED -> allocate(bytes, null, false);
      case SCOPED, DETACHED, FREED, CLOSED -> allocate(bytes, other.ownScope(), false);
    };
  }

  private static Storage allocate(long bytes, @Nullable Scope scope, boolean zeroed) {
    SizeClasses.check(bytes);
    Storage storage = of(bytes, State.SCOPED);
    Block block = scope == null ? Ownership.collect(storage) : Ownership.allocate(storage, scope);
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
  /// @throws MemoryBudgetException if [MemoryBudget#PROCESS] has no room
  /// @throws OutOfMemoryError if the system has no more
  public static Storage allocateShared(long bytes) {
    SizeClasses.check(bytes);
    Storage storage = of(bytes, State.SHARED);
    Ownership.share(storage);
    return storage;
  }

  /// Makes a storage that stands for values not known yet; using it is an exception that says so.
  public static Storage absent() {
    return new Storage(0, State.ABSENT);
  }

  /// Gives this, which is new, a version that nobody has seen of `before`, which it replaces.
  public final void follow(Storage before) {
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
  public final long byteSize() {
    return byteSize;
  }

  /// Returns the memory. The segment is as long as [#byteSize] and lives no longer than the
  /// ownership it was taken under.
  ///
  /// @param holder who asks, for messages
  /// @return the bytes
  /// @throws IllegalStateException if they are gone: the scope closed, freed or handed over
  /// @throws WrongThreadException if they belong to another thread
  public final MemorySegment segment(Described holder) {
    MemorySegment memory = memory(holder);
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
    MemorySegment foreign = wrapped;
    if (foreign == null) {
      throw unusable(holder.describe());
    }
    Complaints.checkWrapped(foreign, holder);
    return foreign;
  }

  /// Returns how often [#markModified] was called: what was saved may have changed since.
  public final int version() {
    return version;
  }

  /// Notes that the content was changed in place.
  public final void markModified() {
    version++;
  }

  /// Moves this storage out of its scope to the enclosing one, or to the garbage collector when
  /// there is none. Nothing is copied. Does nothing where no scope is the owner.
  ///
  /// @throws IllegalStateException if the memory is gone or being handed over, or if the garbage
  ///   collector has no room for it
  /// @throws WrongThreadException if it belongs to another thread
  public final void keep() {
    if (state.isEverywhere()) {
      return;
    }
    Ownership.keep(this);
  }

  /// Takes this storage out of its scope, so that another thread can [#attach] it. Until then
  /// nobody can use it; if nobody ever attaches it the garbage collector takes it back. Does
  /// nothing where no scope is the owner: those can be used from every thread anyway.
  ///
  /// @throws IllegalStateException if the memory is gone or being handed over already
  /// @throws WrongThreadException if it belongs to another thread
  public final void detach() {
    if (state.isEverywhere()) {
      return;
    }
    Ownership.detach(this);
  }

  /// Gives this storage, after [#detach], to the innermost open scope of this thread, or to the
  /// garbage collector when there is none. Does nothing where no scope was the owner.
  ///
  /// @throws IllegalStateException if it was not detached, or has been attached or freed since
  /// @throws MemoryBudgetException if a budget has no room; it can still be attached elsewhere
  public final void attach() {
    if (state.isEverywhere()) {
      return;
    }
    Ownership.attach(this);
  }

  /// Gives the memory back now, whatever else would have; using it afterwards is an exception. What
  /// the garbage collector manages comes back when the last segment of it is unreachable, and
  /// wrapped memory stays its owner's. Freeing what is gone already does nothing.
  ///
  /// @throws IllegalStateException if a call on another thread is using the memory, or it was
  ///   handed over to a thread that has not closed its scope
  /// @throws WrongThreadException if it belongs to another thread
  public final void free() {
    Ownership.free(this);
  }

  /// Returns whether every thread may use this storage for as long as it likes: true for a shared
  /// lifetime, and for wrapped memory whose arena is not confined.
  public final boolean isShared() {
    MemorySegment foreign = wrapped;
    return state == State.SHARED || (foreign != null && foreign.isAccessibleBy(NOBODY));
  }

  /// Returns whether a scope of this thread, and not one around it, owns this storage.
  public final boolean isOwnedBy(Scope candidate) {
    return state == State.SCOPED && scope == candidate;
  }

  /// Returns the owner's name, for messages: for example `scope 'step' of thread 'main'`.
  public final String ownerName() {
    return state.owner(scope);
  }

  Scope ownScope() {
    Scope mine = scope;
    if (state != State.SCOPED || mine == null || confinedTo != Thread.currentThread()) {
      throw unusable(Complaints.storage(byteSize));
    }
    return mine;
  }

  private RuntimeException unusable(String holder) {
    return state.unusable(holder, scope, history(scope));
  }

  Block ownBlock() {
    return Objects.requireNonNull(block);
  }

  // What the detector knows of those that it remembers.

  @Nullable Loss loss(Leak.Kind kind) {
    return null;
  }

  void noteOwner(Scope owner) {}

  void noteEnd(String what) {}

  String history(@Nullable Scope owner) {
    return "";
  }
}
