package dev.gatun.memory;

import java.lang.foreign.Arena;
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
    if (thread != Thread.currentThread()) {
      return new IllegalStateException(
          "close: "
              + scope
              + " belongs to "
              + name(thread)
              + " and was closed by "
              + name(Thread.currentThread())
              + "; close it where it was opened");
    }
    return new IllegalStateException(
        "close: "
            + scope
            + " is not the innermost of "
            + name(thread)
            + ": "
            + scope.owner().innermost
            + " is still open; close that first");
  }

  static WrongThreadException wrongThread(String holder, String owner) {
    return new WrongThreadException(
        holder
            + " belongs to "
            + owner
            + " and was used by "
            + name(Thread.currentThread())
            + "; hand it over with handOver() or keep it in a shared lifetime");
  }

  static IllegalStateException closedScope(String holder, Object scope) {
    return new IllegalStateException(
        scope + " is closed: " + holder + " was allocated there and can no longer be read");
  }

  static IllegalStateException absent(String holder) {
    return new IllegalStateException(
        holder + " has no values yet; call its module with an input first, or load a state");
  }

  static IllegalStateException freed(String holder) {
    return new IllegalStateException(holder + " was freed and can no longer be read");
  }

  static IllegalStateException handedOver(String holder) {
    return new IllegalStateException(
        holder + " was handed over and is nobody's now; accept it on the thread that goes on");
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

  /// Closes the arena of a storage; returns false where a call on another thread does so.
  static boolean closed(Arena arena, String operation, long bytes) {
    try {
      arena.close();
      return true;
    } catch (IllegalStateException e) {
      if (arena.scope().isAlive()) {
        throw inUse(operation, storage(bytes), e);
      }
      return false;
    }
  }

  static OutOfMemoryError exhausted(long bytes, Object owner, OutOfMemoryError cause) {
    MemoryStats now = MemoryStats.now();
    String live =
        "%d scoped, %d managed by the garbage collector, %d shared"
            .formatted(now.scopedBytes(), now.gcBytes(), now.sharedBytes());
    OutOfMemoryError error =
        new OutOfMemoryError(
            ("allocate: native memory is exhausted: %d bytes for %s (live: %s; pooled: %d;"
                    + " limit: %d); close scopes sooner or raise -Dgatun.memory.limit")
                .formatted(
                    bytes,
                    owner instanceof Scope scope ? owner(scope) : owner,
                    live,
                    now.pooledBytes(),
                    Limit.PROCESS.bytes()));
    error.initCause(cause);
    return error;
  }
}
