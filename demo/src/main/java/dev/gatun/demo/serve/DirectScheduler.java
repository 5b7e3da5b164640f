package dev.gatun.demo.serve;

import dev.gatun.demo.oip.Refusal;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Computes each request by itself, on its own thread: as many at once as there are processors, the
/// others wait in order.
final class DirectScheduler implements Scheduler {
  /// Rows of a request that are computed at once; native memory is bounded by them.
  static final int ROWS = 64;

  private final Engine engine;
  private final Duration deadline;
  private final Arena arena = Arena.ofShared();
  private final ConcurrentLinkedQueue<Desk> desks = new ConcurrentLinkedQueue<>();
  private final Semaphore free;

  /// @param engine computes; belongs to this
  /// @param deadline how long a request may wait for its turn
  /// @param batches is told the rows of every computation
  DirectScheduler(Engine engine, Duration deadline, IntConsumer batches) {
    this.engine = engine;
    this.deadline = deadline;
    int count = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < count; i++) {
      desks.add(new Desk(arena, engine, ROWS, batches));
    }
    free = new Semaphore(count, true);
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public float[] infer(float[] rows, int count) throws InterruptedException {
    if (!free.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new Refusal(504, "infer: not computed within %d ms".formatted(deadline.toMillis()));
    }
    try {
      // As many as there are permits.
      Desk desk = Objects.requireNonNull(desks.poll());
      try {
        return desk.compute(rows, count);
      } finally {
        desks.add(desk);
      }
    } finally {
      free.release();
    }
  }

  @Override
  public int queued() {
    return free.getQueueLength();
  }

  @Override
  public void close() {
    engine.close();
    arena.close();
  }
}
