package dev.gatun.demo.serve;

import dev.gatun.demo.model.ModelFile;
import dev.gatun.demo.oip.Refusal;
import dev.gatun.demo.oip.Signature;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Plan;
import dev.gatun.nn.serve.BatchFunction;
import dev.gatun.nn.serve.Batcher;
import dev.gatun.nn.serve.BatcherException;
import dev.gatun.nn.serve.BatcherOptions;
import dev.gatun.nn.serve.RowType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;

/// A network that `gatun train` saved, behind a batcher.
final class GatunEngine implements Engine {
  private final ModelFile.Loaded model;
  private final Plan plan;
  private final Signature signature;
  private final Batcher batcher;
  private final int capacity;

  private GatunEngine(
      ModelFile.Loaded model, Plan plan, Signature signature, Batcher batcher, int capacity) {
    this.model = model;
    this.plan = plan;
    this.signature = signature;
    this.batcher = batcher;
    this.capacity = capacity;
  }

  /// Loads a network and starts its batcher.
  ///
  /// @param file what `gatun train --out` wrote
  /// @param batching how rows become batches
  /// @param batches is told the rows of every batch
  /// @return to be closed
  /// @throws IOException if the file cannot be read, or holds no such network
  @SuppressWarnings("MustBeClosed") // the engine closes the batcher
  static GatunEngine load(Path file, ServerOptions.Batching batching, IntConsumer batches)
      throws IOException {
    try (var _ = Scope.open("load")) {
      ModelFile.Loaded model = ModelFile.load(file);
      try {
        return serve(model, batching, batches);
      } catch (RuntimeException | Error e) {
        model.close();
        throw e;
      }
    }
  }

  @SuppressWarnings("MustBeClosed") // the engine closes both
  private static GatunEngine serve(
      ModelFile.Loaded model, ServerOptions.Batching batching, IntConsumer batches) {
    Signature signature = new Signature(model.shape().inputs(), model.shape().outputs());
    Plan plan = Plan.compile(model.network(), DType.F32, batching.rows(), signature.features());
    try {
      BatchFunction function = BatchFunction.of(plan);
      Batcher batcher =
          Batcher.open(
              (input, output) -> {
                batches.accept((int) input.size(0));
                function.run(input, output);
              },
              RowType.f32(signature.features()),
              RowType.f32(signature.outputs()),
              BatcherOptions.of(batching.rows())
                  .maxDelay(batching.delay())
                  .capacity(batching.queue())
                  .deadline(batching.deadline()));
      return new GatunEngine(model, plan, signature, batcher, batching.queue());
    } catch (RuntimeException | Error e) {
      plan.close();
      throw e;
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public String description() {
    return model.shape().toString();
  }

  @Override
  public float[] infer(float[] rows, int count) throws InterruptedException {
    if (count > capacity) {
      throw new Refusal(
          400, "infer: too many rows for the queue: %d (at most %d)".formatted(count, capacity));
    }
    try {
      return count == 1 ? batcher.infer(rows) : several(rows, count);
    } catch (BatcherException e) {
      throw refusal(e);
    }
  }

  private float[] several(float[] rows, int count) throws InterruptedException {
    float[] scores = new float[count * signature.outputs()];
    List<CompletableFuture<MemorySegment>> answers = new ArrayList<>(count);
    try {
      for (int row = 0; row < count; row++) {
        answers.add(
            batcher.submit(
                slice(rows, row, signature.features()),
                slice(scores, row, signature.outputs()),
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
    plan.close();
    model.close();
  }
}
