package dev.gatun.io;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// A file in memory, read-only, until it is closed.
final class MappedFile implements AutoCloseable {
  private final String where;
  private final Arena arena;
  private final FileChannel channel;
  private final MemorySegment bytes;

  private MappedFile(String where, Arena arena, FileChannel channel) throws IOException {
    this.where = where;
    this.arena = arena;
    this.channel = channel;
    this.bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
  }

  /// Maps a file for every thread.
  ///
  /// @param format for messages
  /// @param file to be mapped
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed by close(), or at once
  static MappedFile open(String format, Path file) throws IOException {
    return open(format, file, Arena.ofShared());
  }

  /// Maps a file for as long as an arena lives, which is closed on failure and with the file.
  private static MappedFile open(String format, Path file, Arena arena) throws IOException {
    FileChannel channel = null;
    boolean mapped = false;
    try {
      channel = Bytes.open(file);
      var result = new MappedFile(format + ": " + file, arena, channel);
      mapped = true;
      return result;
    } finally {
      if (!mapped) {
        arena.close();
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /// Where messages say that something is wrong.
  String where() {
    return where;
  }

  FileChannel channel() {
    return channel;
  }

  MemorySegment bytes() {
    return bytes;
  }

  Arena arena() {
    return arena;
  }

  TensorFormatException error(String problem) {
    return new TensorFormatException(where + ": " + problem);
  }

  /// Reading what is no longer there would be an error of the machine.
  void checkLength() throws IOException {
    long now = channel.isOpen() ? channel.size() : bytes.byteSize();
    if (now < bytes.byteSize()) {
      throw error(
          "the file was cut short while it was open: %d of %d bytes are left"
              .formatted(now, bytes.byteSize()));
    }
  }

  /// A tensor of elements that lie in a row, mapped where they can be used as they are.
  ///
  /// @param name of the tensor, for messages
  /// @param data exactly its bytes
  Tensor tensor(String name, MemorySegment data, ElementType type, List<Long> shape)
      throws IOException {
    return tensor(where, name, data, type, Bytes.toArray(shape), arena);
  }

  static Tensor tensor(
      String where, String name, MemorySegment data, ElementType type, long[] shape, Arena arena)
      throws IOException {
    DType dtype = type.target();
    if (dtype == null) {
      throw new TensorFormatException(
          "%s: tensor %s: dtype '%s' is not supported; convert it to one of %s"
              .formatted(where, Bytes.quote(name), type, List.of(DType.values())));
    }
    if (!type.isNative()) {
      long count = data.byteSize() / type.byteSize();
      MemorySegment wide = arena.allocate(count * dtype.byteSize(), dtype.byteSize());
      type.widen(data, wide);
      return Tensor.wrap(wide.asReadOnly(), dtype, shape);
    }
    if (dtype == DType.BOOL) {
      long bad = Bytes.firstNonBoolean(data);
      if (bad >= 0) {
        throw new TensorFormatException(
            "%s: tensor %s: element %d of BOOL is neither 0 nor 1"
                .formatted(where, Bytes.quote(name), bad));
      }
    }
    return Tensor.wrap(aligned(data, dtype, arena), dtype, shape);
  }

  /// Native code may rely on the alignment of elements, which not all writers keep.
  private static MemorySegment aligned(MemorySegment bytes, DType dtype, Arena arena) {
    if (bytes.address() % dtype.byteSize() == 0) {
      return bytes.asReadOnly();
    }
    return arena.allocate(bytes.byteSize(), dtype.byteSize()).copyFrom(bytes).asReadOnly();
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
