package dev.gatun.demo.serve;

import dev.gatun.demo.oip.Signature;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// What computes with one loaded model, for any number of threads at once. Another library's
/// runtime fits in here as well as Gatun's.
public interface Engine extends AutoCloseable {

  /// Loads models.
  @FunctionalInterface
  interface Loader {
    /// Loads a model.
    ///
    /// @param file its file
    /// @param rows that will be computed at once at most
    /// @return what computes with it
    /// @throws IOException if it cannot be read, or holds no model
    Engine load(Path file, int rows) throws IOException;
  }

  /// {@return what the model takes and gives}
  Signature signature();

  /// {@return whose runtime this is, as the protocol's metadata call it}
  String platform();

  /// {@return what the model is, for people: such as `784-256-128-10 relu`}
  String description();

  /// Computes rows.
  ///
  /// @param rows of as many F32 numbers as the signature says, in native memory and native order
  /// @param count how many rows, at least 1
  /// @param scores as many rows of the model's output, to be written, in native memory
  void run(MemorySegment rows, int count, MemorySegment scores);

  /// Gives everything back. No call may be under way.
  @Override
  void close();
}
