package dev.gatun.demo.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/// Brings the rows of requests to an engine.
interface Scheduler extends AutoCloseable {

  /// Loads a model.
  ///
  /// @param file its file
  /// @param loader of an engine
  /// @param batching how rows of several requests are computed together, or that they are not
  /// @param batches is told the rows of every batch that is computed
  /// @return owns the engine
  /// @throws IOException if the file cannot be read, or holds no model
  static Scheduler load(
      Path file, Engine.Loader loader, ServerOptions.Batching batching, IntConsumer batches)
      throws IOException {
    boolean direct = batching.rows() == 0;
    Engine engine = loader.load(file, direct ? DirectScheduler.ROWS : batching.rows());
    try {
      return direct
          ? new DirectScheduler(engine, batching.deadline(), batches)
          : new BatchingScheduler(engine, batching, batches);
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  /// {@return what computes}
  Engine engine();

  /// Computes rows.
  ///
  /// @param rows `count` rows of as many numbers as the signature says, not to be changed meanwhile
  /// @param count how many rows
  /// @return `count` rows of the model's output
  /// @throws dev.gatun.demo.oip.Refusal if there is no room for them now, or no time
  /// @throws InterruptedException if the thread is interrupted
  float[] infer(float[] rows, int count) throws InterruptedException;

  /// {@return how much waits now: rows for a batch, or requests for their turn}
  int queued();

  /// Gives everything back. No request may be under way.
  @Override
  void close();
}
