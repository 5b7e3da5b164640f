package dev.gatun.memory;

import org.jspecify.annotations.Nullable;

/// The most bytes that a scope may own, together with the scopes inside it.
///
/// Only the thread of the scope changes it, so that it needs neither a lock nor an atomic.
final class ScopeBudget {
  final Scope scope;
  final long limit;

  /// The budget of a scope around this one, which binds as well.
  private final @Nullable ScopeBudget outer;

  private long held;

  ScopeBudget(Scope scope, long limit, @Nullable ScopeBudget outer) {
    this.scope = scope;
    this.limit = limit;
    this.outer = outer;
  }

  long held() {
    return held;
  }

  /// Refuses what does not fit here or further out.
  void check(Scope asking, long bytes) {
    long capacity = SizeClasses.capacity(SizeClasses.of(bytes));
    for (ScopeBudget budget = this; budget != null; budget = budget.outer) {
      if (capacity > budget.limit - budget.held) {
        throw Refusal.of(budget, asking, bytes);
      }
    }
  }

  void charge(long capacity) {
    for (ScopeBudget budget = this; budget != null; budget = budget.outer) {
      budget.held += capacity;
    }
  }

  void release(long capacity) {
    charge(-capacity);
  }
}
