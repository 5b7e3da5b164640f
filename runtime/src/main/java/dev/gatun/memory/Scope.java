package dev.gatun.memory;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.internal.Planner;
import org.jspecify.annotations.Nullable;

/// Owns the memory of everything that its thread allocates while it is open.
///
/// Scopes nest: memory belongs to the innermost open scope of the allocating thread, and closing
/// that scope returns all of it at once. What must outlive a scope is moved out of it by
/// [Storage#keep].
///
/// ```java
/// try (var scope = Scope.open("step")) {
///   …
/// }
/// ```
///
/// A scope belongs to the thread that opened it. The accessors may be called by any thread.
public final class Scope implements AutoCloseable {
  private static final String UNNAMED = "unnamed";

  private final String name;
  private final ThreadScopes owner;
  private final int depth;
  private @Nullable Scope parent;
  private @Nullable Storage first;
  private long allocations;
  private long bytes;
  private boolean closed;

  /// Gives out the memory instead of the pool; scopes inside this one have the same.
  @Nullable Planner planner;

  private Scope(String name, ThreadScopes owner) {
    Scope enclosing = owner.innermost;
    this.name = name;
    this.owner = owner;
    this.parent = enclosing;
    if (enclosing == null) {
      this.depth = 1;
    } else {
      this.depth = enclosing.depth + 1;
      this.planner = enclosing.planner;
    }
  }

  /// Opens a scope without a name on the current thread.
  ///
  /// @return the scope, which is now the thread's innermost
  @MustBeClosed
  public static Scope open() {
    return open(UNNAMED);
  }

  /// Opens a scope on the current thread.
  ///
  /// @param name what messages call it
  /// @return the scope, which is now the thread's innermost
  @MustBeClosed
  public static Scope open(String name) {
    ThreadScopes mine = ThreadScopes.current();
    Scope scope = new Scope(name, mine);
    mine.innermost = scope;
    Ledger.OPEN_SCOPES.increment();
    return scope;
  }

  /// Returns the innermost open scope of the current thread.
  ///
  /// @return the scope, or null when the thread has none open
  public static @Nullable Scope current() {
    return ThreadScopes.current().innermost;
  }

  /// Returns the name that messages use.
  ///
  /// @return the name given to [#open(String)], or `unnamed`
  public String name() {
    return name;
  }

  /// Returns how deep this scope is nested.
  ///
  /// @return 1 for the outermost scope of a thread
  public int depth() {
    return depth;
  }

  /// Returns how many storages were allocated in this scope since it was opened.
  ///
  /// @return a count, whether they are still here or not
  public long allocations() {
    return allocations;
  }

  /// Returns what this scope holds now.
  ///
  /// @return bytes of its blocks, as [MemoryStats] counts them
  public long bytes() {
    return bytes;
  }

  /// Gives everything that this scope owns back, at once.
  ///
  /// @throws IllegalStateException if the scope is closed already, if it is not the innermost of
  ///   its thread, or if another thread calls; nothing is released then
  @Override
  public void close() {
    ThreadScopes mine = owner;
    if (closed || mine.innermost != this || mine.thread != Thread.currentThread()) {
      throw Complaints.cannotClose(this);
    }
    releaseAll();
    closed = true;
    mine.innermost = parent;
    parent = null;
    Ledger.OPEN_SCOPES.decrement();
  }

  private void releaseAll() {
    Block chain = null;
    Storage storage = first;
    try {
      while (storage != null) {
        Storage next = storage.next;
        Block block = storage.release();
        if (block.isSmall()) {
          block.next = chain;
          chain = block;
        } else {
          Pool.giveLarge(block);
        }
        storage = next;
      }
      bytes = 0;
    } finally {
      first = storage;
      if (chain != null) {
        Pool.giveSmall(owner.stripe, chain);
      }
    }
  }

  /// What the planner gives out for an allocation; null where the pool shall answer.
  @Nullable Storage plan(long size, boolean zeroed) {
    return planner == null ? null : planner.allocate(this, size, zeroed);
  }

  void countAllocation() {
    allocations++;
  }

  void add(Storage storage, long capacity) {
    Storage head = first;
    storage.next = head;
    if (head != null) {
      head.previous = storage;
    }
    first = storage;
    bytes += capacity;
  }

  void remove(Storage storage, long capacity) {
    Storage before = storage.previous;
    Storage after = storage.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
      storage.previous = null;
    }
    if (after != null) {
      after.previous = before;
      storage.next = null;
    }
    bytes -= capacity;
  }

  ThreadScopes owner() {
    return owner;
  }

  @Nullable Scope parent() {
    return parent;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String toString() {
    return "scope '" + name + "'";
  }
}
