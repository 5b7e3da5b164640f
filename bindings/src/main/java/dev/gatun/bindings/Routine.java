package dev.gatun.bindings;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntSupplier;

/// One call of a LAPACK routine, past [Gate], with the workspace that it asks for.
final class Routine {
  private static final int ASK = -1;

  /// A routine that is told its workspace, or with a length of -1 says how much it wants.
  @FunctionalInterface
  interface WithWork {
    int call(MemorySegment work, int length);
  }

  private Routine() {}

  static int call(String name, double work, IntSupplier routine) {
    Gate.OPEN.enter(work);
    try {
      return checked(name, routine.getAsInt());
    } finally {
      Gate.OPEN.leave();
    }
  }

  static int call(String name, boolean wide, double work, WithWork routine) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_DOUBLE);
      int _ = call(name, 0, () -> routine.call(size, ASK));
      // A float may have been rounded down.
      double wanted =
          wide
              ? size.get(ValueLayout.JAVA_DOUBLE, 0)
              : Math.nextUp(size.get(ValueLayout.JAVA_FLOAT, 0));
      if (!(wanted <= Integer.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "%s: workspace too large: %.0f elements (expected at most 2147483647)"
                .formatted(name, wanted));
      }
      int length = Math.max(1, (int) Math.ceil(wanted));
      MemorySegment space =
          wide
              ? arena.allocate(ValueLayout.JAVA_DOUBLE, length)
              : arena.allocate(ValueLayout.JAVA_FLOAT, length);
      return call(name, work, () -> routine.call(space, length));
    }
  }

  /// A negative `info` means that an argument was wrong, which the facade rules out.
  private static int checked(String name, int info) {
    if (info < 0) {
      throw new IllegalStateException(name + ": LAPACK refused argument " + -info);
    }
    return info;
  }
}
