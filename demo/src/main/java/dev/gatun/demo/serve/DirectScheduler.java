package dev.gatun.demo.serve;

import dev.gatun.demo.oip.Refusal;
import dev.gatun.demo.oip.Signature;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
  private final IntConsumer batches;
  private final Arena arena = Arena.ofShared();
  private final ConcurrentLinkedQueue<Desk> desks = new ConcurrentLinkedQueue<>();
  private final Semaphore free;

  /// Memory for one that computes.
  private record Desk(MemorySegment rows, MemorySegment scores) {}

  /// @param engine computes; belongs to this
  /// @param deadline how long a request may wait for its turn
  /// @param batches is told the rows of every computation
  DirectScheduler(Engine engine, Duration deadline, IntConsumer batches) {
    this.engine = engine;
    this.deadline = deadline;
    this.batches = batches;
    Signature signature = engine.signature();
    int count = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < count; i++) {
      desks.add(new Desk(floats(signature.features()), floats(signature.outputs())));
    }
    free = new Semaphore(count, true);
  }

  private MemorySegment floats(int size) {
    return arena.allocate((long) ROWS * size * Float.BYTES, 64);
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
        return compute(rows, count, desk);
      } finally {
        desks.add(desk);
      }
    } finally {
      free.release();
    }
  }

  private float[] compute(float[] rows, int count, Desk desk) {
    int features = engine.signature().features();
    int outputs = engine.signature().outputs();
    float[] scores = new float[count * outputs];
    for (int from = 0; from < count; from += ROWS) {
      int size = Math.min(ROWS, count - from);
      MemorySegment.copy(
          rows, from * features, desk.rows, ValueLayout.JAVA_FLOAT, 0, size * features);
      batches.accept(size);
      engine.run(part(desk.rows, size, features), size, part(desk.scores, size, outputs));
      MemorySegment.copy(
          desk.scores, ValueLayout.JAVA_FLOAT, 0, scores, from * outputs, size * outputs);
    }
    return scores;
  }

  private static MemorySegment part(MemorySegment memory, int rows, int size) {
    return memory.asSlice(0, (long) rows * size * Float.BYTES);
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
