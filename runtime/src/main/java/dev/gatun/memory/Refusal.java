package dev.gatun.memory;

import java.util.StringJoiner;

/// The exceptions for memory that is not to be had: who asked for how much, what the limit is and
/// what holds the rest.
final class Refusal {
  private static final int MOST_SCOPES = 8;

  private Refusal() {}

  /// The budget of a scope has no room.
  static MemoryBudgetException of(ScopeBudget budget, Scope asking, long bytes) {
    String message =
        "allocate: the budget of %s is used up: %d bytes for %s (limit: %d; held: %d, %s);"
                .formatted(
                    Complaints.owner(budget.scope),
                    bytes,
                    asking,
                    budget.limit,
                    budget.held(),
                    holders(budget, asking))
            + " free results sooner or open the scope with more";
    return refuse(message, budget.scope.toString(), bytes, budget.limit, budget.held());
  }

  /// Innermost first; what scopes hold that are inside the budget's.
  private static String holders(ScopeBudget budget, Scope asking) {
    StringJoiner each = new StringJoiner(", ");
    Scope scope = asking;
    for (int i = 0; scope != null && i < MOST_SCOPES; i++) {
      each.add(scope.bytes() + " by " + scope);
      scope = scope == budget.scope ? null : scope.parent();
    }
    return scope == null ? each.toString() : each + " and more by those around it";
  }

  /// The budget of the process has no room, whatever the pool gave back.
  static MemoryBudgetException ofProcess(long bytes, Object owner) {
    long limit = MemoryBudget.PROCESS.limitBytes();
    String message =
        exhausted(bytes, owner) + "; close scopes sooner or raise -Dgatun.memory.limit";
    return refuse(message, "the process", bytes, limit, MemoryBudget.PROCESS.usedBytes());
  }

  /// The budget of what belongs to no scope has no room, whatever was collected.
  static MemoryBudgetException ofCollected(long bytes) {
    long limit = MemoryBudget.COLLECTED.limitBytes();
    long held = MemoryBudget.COLLECTED.usedBytes();
    String message =
        "allocate: no room without an open scope: "
            + bytes
            + " bytes ("
            + held
            + " are in use by the garbage collector, limit "
            + limit
            + "); open a scope: try (var scope = Scope.open()), or raise -Dgatun.gc.limit";
    return refuse(message, "the garbage collector", bytes, limit, held);
  }

  private static MemoryBudgetException refuse(
      String message, String budget, long bytes, long limit, long held) {
    Flight.refusal(budget, bytes, limit, held);
    return new MemoryBudgetException(message, bytes, limit);
  }

  /// The system itself, or the heap, has none left.
  static OutOfMemoryError bySystem(long bytes, Object owner, OutOfMemoryError cause) {
    String message = cause.getMessage();
    if (message != null && message.startsWith("Java heap")) {
      return cause;
    }
    OutOfMemoryError error =
        new OutOfMemoryError(exhausted(bytes, owner) + "; close scopes sooner");
    error.initCause(cause);
    return error;
  }

  private static String exhausted(long bytes, Object owner) {
    MemoryStats now = MemoryStats.now();
    return ("allocate: native memory is exhausted: %d bytes for %s (live: %d scoped, %d managed by"
            + " the garbage collector, %d shared; pooled: %d; limit: %d)")
        .formatted(
            bytes,
            owner instanceof Scope scope ? Complaints.owner(scope) : owner,
            now.scopedBytes(),
            now.gcBytes(),
            now.sharedBytes(),
            now.pooledBytes(),
            MemoryBudget.PROCESS.limitBytes());
  }
}
