package dev.gatun.memory;

import java.lang.foreign.MemorySegment;

/// The exceptions of this package: what went wrong, with the names of all that took part.
final class Complaints {
  private Complaints() {}

  static String name(Thread thread) {
    String name = thread.getName();
    return "thread '" + (name.isEmpty() ? "#" + thread.threadId() : name) + "'";
  }

  static String storage(long bytes) {
    return "storage of " + bytes + " bytes";
  }

  static String owner(Scope scope) {
    return scope + " of " + name(scope.owner().thread);
  }

  static IllegalStateException cannotClose(Scope scope) {
    if (scope.isClosed()) {
      return new IllegalStateException("close: " + scope + " is already closed");
    }
    Thread thread = scope.owner().thread;
    return new IllegalStateException(
        "close: "
            + scope
            + " belongs to "
            + name(thread)
            + " and was closed by "
            + name(Thread.currentThread())
            + "; close it where it was opened");
  }

  static IllegalStateException closedTooEarly(Scope scope, Scope inner) {
    // Not by +, which is linked when it first runs: where the stack ends then, it fails for ever.
    return new IllegalStateException(
        ("close: %s was closed while %s inside it was open;"
                + " both are closed now; close the inner one first")
            .formatted(scope, inner));
  }

  static WrongThreadException wrongThread(String holder, String owner, String history) {
    return new WrongThreadException(
        holder
            + " belongs to "
            + owner
            + " and was used by "
            + name(Thread.currentThread())
            + history
            + "; hand it over with handOver() or keep it in a shared lifetime");
  }

  static IllegalStateException closedScope(String holder, Object scope, String history) {
    return new IllegalStateException(
        scope
            + " is closed: "
            + holder
            + " was allocated there and can no longer be read"
            + history);
  }

  static IllegalStateException absent(String holder) {
    return new IllegalStateException(
        holder + " has no values yet; call its module with an input first, or load a state");
  }

  static IllegalStateException freed(String holder, String history) {
    return new IllegalStateException(holder + " was freed and can no longer be read" + history);
  }

  static IllegalStateException handedOver(String holder, String history) {
    return new IllegalStateException(
        holder
            + " was handed over and is nobody's now"
            + history
            + "; accept it on the thread that goes on");
  }

  static void checkNative(MemorySegment memory) {
    if (!memory.isNative()) {
      throw new IllegalArgumentException(
          "wrap: memory is on the heap: segment of "
              + memory.byteSize()
              + " bytes; allocate it with an Arena, or copy the array into a tensor");
    }
  }

  /// Checks that memory of a caller's arena may be used by this thread.
  static void checkWrapped(MemorySegment memory, Described holder) {
    if (!memory.scope().isAlive()) {
      throw new IllegalStateException(
          "the arena of wrapped memory is closed: "
              + holder.describe()
              + " was wrapped around it and can no longer be read");
    }
    if (!memory.isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException(
          holder.describe()
              + " wraps memory of a confined arena and was used by "
              + name(Thread.currentThread())
              + "; wrap memory of a shared arena to use it from several threads");
    }
  }

  static IllegalStateException notHandedOver(String holder, String owner) {
    return new IllegalStateException(
        "attach: " + holder + " is not being handed over: it belongs to " + owner);
  }

  static IllegalStateException inUse(String operation, String holder, IllegalStateException cause) {
    return new IllegalStateException(
        operation + ": " + holder + " is in use by a call that has not returned; wait for it",
        cause);
  }
}
