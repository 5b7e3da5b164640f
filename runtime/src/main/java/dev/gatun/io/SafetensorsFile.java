package dev.gatun.io;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/// A safetensors file that is mapped into memory until it is closed. Where the garbage collector
/// may decide when it is unmapped, [Safetensors#load(Path)] is simpler.
///
/// Every thread may read the tensors. Once the file is closed, reading them is an exception. A
/// program that cuts the mapped file short meanwhile takes its memory away, as with every mapped
/// file; replacing the file, as [Safetensors#save] does, is harmless.
public final class SafetensorsFile implements AutoCloseable {
  private final Arena arena;
  private final SafetensorsMapping mapping;

  private SafetensorsFile(Arena arena, SafetensorsMapping mapping) {
    this.arena = arena;
    this.mapping = mapping;
  }

  /// Maps a file.
  ///
  /// @param file to be read
  /// @return the open file
  /// @throws TensorFormatException if the file is damaged or has a dtype that there is no type for
  /// @throws IOException if it cannot be read
  /// @throws UnsupportedOperationException on a big-endian machine
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed by close(), or at once
  public static SafetensorsFile open(Path file) throws IOException {
    Bytes.requireLittleEndian("safetensors", ByteOrder.nativeOrder());
    Arena arena = Arena.ofShared();
    boolean mapped = false;
    try {
      var result = new SafetensorsFile(arena, SafetensorsMapping.map(file, arena));
      mapped = true;
      return result;
    } finally {
      if (!mapped) {
        arena.close();
      }
    }
  }

  /// The tensors by name, in the order of the file: views of the mapped file that cannot be written
  /// to.
  ///
  /// @return a map that cannot be changed
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(mapping.tensors());
  }

  /// The texts that were saved with the tensors.
  ///
  /// @return a map that cannot be changed, empty when there are none
  public Map<String, String> metadata() {
    return mapping.metadata();
  }

  /// Unmaps the file. Closing twice does nothing.
  ///
  /// @throws IllegalStateException if another thread is using a tensor in native code right now
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
