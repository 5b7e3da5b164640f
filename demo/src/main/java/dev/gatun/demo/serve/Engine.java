package dev.gatun.demo.serve;

import dev.gatun.demo.oip.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/// What computes the answers of one loaded model, for any number of threads at once. Another
/// library's runtime fits in here as well as Gatun's.
public interface Engine extends AutoCloseable {

  /// Loads models.
  @FunctionalInterface
  interface Loader {
    /// Loads a model.
    ///
    /// @param file its file
    /// @param batches is to be told the rows of every batch that is computed
    /// @return what computes with it
    /// @throws IOException if it cannot be read, or holds no model
    Engine load(Path file, IntConsumer batches) throws IOException;
  }

  /// {@return what the model takes and gives}
  Signature signature();

  /// {@return what the model is, for people: such as `784-256-128-10 relu`}
  String description();

  /// Computes rows.
  ///
  /// @param rows `count` rows of as many numbers as the signature says, not to be changed meanwhile
  /// @param count how many rows
  /// @return `count` rows of the model's output
  /// @throws dev.gatun.demo.oip.Refusal if there is no room for them now, or no time
  /// @throws InterruptedException if the thread is interrupted
  float[] infer(float[] rows, int count) throws InterruptedException;

  /// {@return rows that wait now}
  int queued();

  /// Gives everything back. No request may be under way.
  @Override
  void close();
}
