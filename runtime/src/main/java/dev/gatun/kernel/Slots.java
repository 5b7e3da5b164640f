package dev.gatun.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Things that a call borrows and the next one uses again. They lie in a few slots, not per thread:
/// there may be a million virtual ones. Each thread begins at a slot of its own.
final class Slots<T> {
  private static final int COUNT =
      Integer.highestOneBit(Math.max(4, 4 * Runtime.getRuntime().availableProcessors()));

  private final AtomicReferenceArray<@Nullable T> free = new AtomicReferenceArray<>(COUNT);
  private final Supplier<T> make;

  Slots(Supplier<T> make) {
    this.make = make;
  }

  /// Any free one, or a new one: never waits.
  T take() {
    int start = start();
    for (int i = 0; i < COUNT; i++) {
      int at = (start + i) & (COUNT - 1);
      if (free.getPlain(at) != null) {
        T taken = free.getAndSet(at, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return make.get();
  }

  /// Back to a free slot; where there is none, to the collector.
  void give(T taken) {
    int start = start();
    for (int i = 0; i < COUNT; i++) {
      int at = (start + i) & (COUNT - 1);
      if (free.getPlain(at) == null && free.compareAndSet(at, null, taken)) {
        return;
      }
    }
  }

  private static int start() {
    return (int) Thread.currentThread().threadId() & (COUNT - 1);
  }
}
