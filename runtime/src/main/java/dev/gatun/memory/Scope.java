package dev.gatun.memory;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.internal.Planner;
import java.util.List;
import java.util.Objects;
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

  /// Negative once it is closed.
  private int depth;

  private @Nullable Scope parent;
  private @Nullable Storage first;
  private long allocations;
  private long bytes;

  /// The innermost that binds what is allocated here.
  private @Nullable ScopeBudget budget;

  private @Nullable ScopeTrace trace;

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
      this.budget = enclosing.budget;
      this.planner = enclosing.planner;
    }
    if (LeakDetector.samples()) {
      this.trace = new ScopeTrace(Trace.here());
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
    return enter(new Scope(name, mine), mine);
  }

  /// Opens a scope on the current thread that may own at most a number of bytes, together with the
  /// scopes inside it. What does not fit is refused with a [MemoryBudgetException]; the scope, and
  /// what it owns, stays as usable as it was.
  ///
  /// The budgets of scopes around it bind as well. It does not count what is in a shared lifetime,
  /// handed over, or allocated by other threads.
  ///
  /// @param name what messages call it
  /// @param mostBytes of blocks, as [#bytes] counts them, 0 or more
  /// @return the scope, which is now the thread's innermost
  /// @throws IllegalArgumentException if the number is negative
  @MustBeClosed
  public static Scope open(String name, long mostBytes) {
    if (mostBytes < 0) {
      throw new IllegalArgumentException("open: budget is negative: " + mostBytes + " bytes");
    }
    ThreadScopes mine = ThreadScopes.current();
    Scope scope = new Scope(name, mine);
    scope.budget = new ScopeBudget(scope, mostBytes, scope.budget);
    return enter(scope, mine);
  }

  private static Scope enter(Scope scope, ThreadScopes mine) {
    Ledger.OPEN_SCOPES.increment(); // first, since only what follows cannot fail
    mine.innermost = scope;
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
    return Math.abs(depth);
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
  /// @throws IllegalStateException if the scope is closed already, or if another thread calls, and
  ///   nothing is released then; or if scopes inside it were still open, which are closed as well,
  ///   so that nothing is left behind when an error kept one from being closed
  @Override
  public void close() {
    ThreadScopes mine = owner;
    if (depth < 0 || mine.thread != Thread.currentThread()) {
      throw Complaints.cannotClose(this);
    }
    Scope innermost = mine.innermost;
    if (innermost == this) {
      end();
    } else {
      closeAll(mine, innermost);
    }
  }

  private void closeAll(ThreadScopes mine, @Nullable Scope innermost) {
    Scope inner = innermost;
    while (inner != null && inner != this) {
      inner.end();
      inner = mine.innermost;
    }
    end();
    throw Complaints.closedTooEarly(this, Objects.requireNonNull(innermost));
  }

  /// Closes it. If this throws it is still open, and may be closed again.
  private void end() {
    releaseAll();
    if (trace != null) {
      trace.closed = Trace.here();
    }
    Ledger.OPEN_SCOPES.decrement(); // last, since only what follows cannot fail
    owner.innermost = parent;
    parent = null;
    depth = -depth;
  }

  /// Blocks change hands here by plain assignments alone: whatever is thrown, each is either still
  /// a storage's, the thread's to return the next time, or back in the pool.
  private void releaseAll() {
    ThreadScopes mine = owner;
    Storage storage = first;
    try {
      while (storage != null) {
        Storage next = storage.next;
        Block block = Ownership.release(storage);
        storage = next;
        if (block != null && block.sizeClass < SizeClasses.SMALL) {
          block.next = mine.small;
          mine.small = block;
        } else if (block != null) {
          block.next = mine.large;
          mine.large = block;
        }
      }
    } finally {
      first = storage;
    }
    mine.giveBack();
    settle();
  }

  private void settle() {
    if (budget != null) {
      budget.release(bytes);
    }
    bytes = 0;
  }

  /// Closes it for a thread that has ended: arenas of that thread, through which nobody can look,
  /// are left alone.
  void abandon() {
    for (Storage storage = first; storage != null; storage = storage.next) {
      storage.arena = null;
    }
    Trace opened = trace == null ? null : trace.opened;
    List<StackTraceElement> frames = opened == null ? List.of() : opened.frames();
    Leak leak = new Leak(Leak.Kind.SCOPE, toString(), bytes, owner.thread.getName(), frames);
    end();
    LeakReports.add(leak);
  }

  /// Refuses what a budget has no room for.
  void checkBudget(long wanted) {
    if (budget != null) {
      budget.check(this, wanted);
    }
  }

  /// What the planner gives out for an allocation; null where the pool shall answer.
  @Nullable Storage plan(long size, boolean zeroed) {
    return planner == null ? null : planner.allocate(this, size, zeroed);
  }

  void countAllocation() {
    allocations++;
  }

  /// Remembers where it is closed, for the sake of something that it owns.
  void remember() {
    if (trace == null) {
      trace = new ScopeTrace(null);
    }
  }

  @Nullable Trace closedAt() {
    return trace == null ? null : trace.closed;
  }

  void add(Storage storage, long capacity) {
    Storage head = first;
    if (budget != null) {
      budget.charge(capacity);
    }
    storage.next = head;
    if (head != null) {
      head.previous = storage;
    }
    first = storage;
    bytes += capacity;
  }

  void remove(Storage storage, long capacity) {
    if (budget != null) {
      budget.release(capacity);
    }
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
    return depth < 0;
  }

  @Override
  public String toString() {
    // As in Complaints.closedTooEarly, which may come from where a stack ends.
    return "scope '".concat(name).concat("'");
  }
}
