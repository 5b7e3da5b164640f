package dev.gatun.demo.serve;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.demo.oip.Refusal;
import dev.gatun.demo.oip.Signature;
import dev.gatun.nn.serve.Batcher;
import dev.gatun.nn.serve.BatcherException;
import dev.gatun.nn.serve.BatcherOptions;
import dev.gatun.nn.serve.RowType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Computes rows of all requests in batches. A request that is alone is computed at once on its own
/// thread: there is nobody to wait for, and nothing to hand over.
final class BatchingScheduler implements Scheduler {
  private final Engine engine;
  private final Batcher batcher;
  private final int capacity;
  private final int most;
  private final Arena arena = Arena.ofShared();
  private final Desk desk;
  private final AtomicInteger underWay = new AtomicInteger();

  /// Starts the batcher.
  ///
  /// @param engine computes; belongs to this
  /// @param batching how rows become batches
  /// @param batches is told the rows of every batch
  @SuppressWarnings("MustBeClosed") // close() does
  BatchingScheduler(Engine engine, ServerOptions.Batching batching, IntConsumer batches) {
    this.engine = engine;
    this.capacity = batching.queue();
    most = batching.rows();
    desk = new Desk(arena, engine, most, batches);
    try {
      batcher = open(engine, batching, batches);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  @MustBeClosed
  private static Batcher open(Engine engine, ServerOptions.Batching batching, IntConsumer batches) {
    Signature signature = engine.signature();
    return Batcher.open(
        (input, output) -> {
          int rows = (int) input.size(0);
          batches.accept(rows);
          engine.run(input.segment(), rows, output.segment());
        },
        RowType.f32(signature.features()),
        RowType.f32(signature.outputs()),
        BatcherOptions.of(batching.rows())
            .maxDelay(batching.delay())
            .capacity(batching.queue())
            .deadline(batching.deadline()));
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public float[] infer(float[] rows, int count) throws InterruptedException {
    if (count > capacity) {
      throw new Refusal(
          400, "infer: too many rows for the queue: %d (at most %d)".formatted(count, capacity));
    }
    // Only one can find that there is no other: the desk is its own.
    boolean alone = underWay.getAndIncrement() == 0;
    try {
      return alone && count <= most ? desk.compute(rows, count) : queue(rows, count);
    } finally {
      underWay.getAndDecrement();
    }
  }

  private float[] queue(float[] rows, int count) throws InterruptedException {
    try {
      return count == 1 ? batcher.infer(rows) : several(rows, count);
    } catch (BatcherException e) {
      throw refusal(e);
    }
  }

  private float[] several(float[] rows, int count) throws InterruptedException {
    float[] scores = new float[count * engine.signature().outputs()];
    List<CompletableFuture<MemorySegment>> answers = new ArrayList<>(count);
    try {
      for (int row = 0; row < count; row++) {
        answers.add(
            batcher.submit(
                slice(rows, row, engine.signature().features()),
                slice(scores, row, engine.signature().outputs()),
                null));
      }
      for (CompletableFuture<MemorySegment> answer : answers) {
        MemorySegment _ = answer.get();
      }
      return scores;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BatcherException why) {
        throw why;
      }
      throw new IllegalStateException(e);
    } catch (CancellationException e) {
      throw new IllegalStateException(e);
    } finally {
      // Those that nobody waits for any longer leave the queue.
      for (CompletableFuture<MemorySegment> answer : answers) {
        answer.cancel(false);
      }
    }
  }

  private static MemorySegment slice(float[] values, int row, int size) {
    return MemorySegment.ofArray(values)
        .asSlice((long) row * size * Float.BYTES, (long) size * Float.BYTES);
  }

  private static RuntimeException refusal(BatcherException e) {
    return switch (e) {
      case BatcherException.QueueFull full -> new Refusal(503, String.valueOf(full.getMessage()));
      case BatcherException.Late late -> new Refusal(504, String.valueOf(late.getMessage()));
      case BatcherException.Closed closed -> new Refusal(503, String.valueOf(closed.getMessage()));
      case BatcherException.Failed failed -> failed;
    };
  }

  @Override
  public int queued() {
    return batcher.stats().queueDepth();
  }

  @Override
  public void close() {
    batcher.close();
    engine.close();
    arena.close();
  }
}
