package dev.gatun.memory;

import org.jspecify.annotations.Nullable;

/// Who has a storage.
enum State {
  ABSENT,
  SCOPED,
  COLLECTED,
  SHARED,
  WRAPPED,
  DETACHED,
  FREED,
  CLOSED;

  /// Tells whether it belongs to no scope and to every thread, so that it need not be moved.
  boolean isEverywhere() {
    return switch (this) {
      case ABSENT, COLLECTED, SHARED, WRAPPED -> true;
      case SCOPED, DETACHED, FREED, CLOSED -> false;
    };
  }

  /// Names the owner, given the scope that it is or was.
  String owner(@Nullable Scope scope) {
    return switch (this) {
      case ABSENT -> "nobody: it has no memory yet";
      case SCOPED, CLOSED -> scope == null ? "another thread" : Complaints.owner(scope);
      case COLLECTED -> "the garbage collector";
      case SHARED -> "a shared lifetime";
      case WRAPPED -> "the caller who wrapped it";
      case DETACHED -> "nobody: it is being handed over";
      case FREED -> "nobody: it was freed";
    };
  }

  /// Says why a holder cannot be used by this thread, and what is known of its life.
  RuntimeException unusable(String holder, @Nullable Scope scope, String history) {
    return switch (this) {
      case ABSENT -> Complaints.absent(holder);
      case SCOPED, COLLECTED, SHARED, WRAPPED ->
          Complaints.wrongThread(holder, owner(scope), history);
      case DETACHED -> Complaints.handedOver(holder, history);
      case FREED -> Complaints.freed(holder, history);
      case CLOSED -> Complaints.closedScope(holder, String.valueOf(scope), history);
    };
  }
}
