package dev.gatun.nn;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// As many lanes as there are processors, made when they are first needed. Who finds all of them
/// busy waits: more threads than processors would only slow each other down.
final class Lanes implements AutoCloseable {
  private final int count = Runtime.getRuntime().availableProcessors();
  private final AtomicReferenceArray<@Nullable Lane> free = new AtomicReferenceArray<>(count);
  private final Semaphore permits = new Semaphore(count);
  private final Supplier<Lane> make;
  private volatile boolean closed;

  Lanes(Supplier<Lane> make) {
    this.make = make;
  }

  /// A lane that nobody else uses.
  Lane take() {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("plan: it is closed");
      }
      for (int i = 0; i < count; i++) {
        if (free.getPlain(i) != null) {
          Lane taken = free.getAndSet(i, null);
          if (taken != null) {
            return taken;
          }
        }
      }
      return make.get();
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  void give(Lane lane) {
    for (int i = 0; i < count; i++) {
      if (free.compareAndSet(i, null, lane)) {
        break;
      }
    }
    permits.release();
  }

  /// Waits for the lanes that are in use.
  @Override
  public void close() {
    permits.acquireUninterruptibly(count);
    try {
      closed = true;
      for (int i = 0; i < count; i++) {
        Lane lane = free.getAndSet(i, null);
        if (lane != null) {
          lane.close();
        }
      }
    } finally {
      permits.release(count);
    }
  }
}
