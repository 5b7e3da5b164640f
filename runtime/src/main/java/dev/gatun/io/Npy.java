package dev.gatun.io;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// NumPy's format for one array, versions 1.0 to 3.0.
///
/// | NumPy | `f4` | `f8` | `i4` | `i8` | `u1` | `b1` | `f2` |
/// |-------|------|------|------|------|------|------|------|
/// | dtype | F32  | F64  | I32  | I64  | U8   | BOOL | F16  |
///
/// `i1`, `i2` and `u2` are read as I32 and `u4` as I64, which hold every value of theirs. Both byte
/// orders are read and little-endian is written. Arrays in Fortran order are read into row-major
/// tensors of the same shape.
public final class Npy {
  private Npy() {}

  /// Reads an array.
  ///
  /// @param file to be read
  /// @return a contiguous tensor that belongs to the current scope, or to the garbage collector
  ///   when none is open
  /// @throws TensorFormatException if the file is damaged or has a dtype that there is no type for
  /// @throws IOException if it cannot be read
  /// @throws UnsupportedOperationException on a big-endian machine
  public static Tensor load(Path file) throws IOException {
    Bytes.requireLittleEndian("npy", ByteOrder.nativeOrder());
    try (FileChannel channel = Bytes.open(file)) {
      String where = "npy: " + file;
      NpyHeader header = NpyHeader.read(where, NpyHeader.Source.of(channel));
      List<Long> shape = header.fortran() ? header.shape().reversed() : header.shape();
      Tensor stored = Tensor.empty(header.dtype(), Bytes.toArray(shape));
      fill(where, channel, header, stored.segment());
      if (stored.dim() < 2 || !header.fortran()) {
        return stored;
      }
      int[] back = IntStream.range(0, shape.size()).map(i -> shape.size() - 1 - i).toArray();
      Tensor result = stored.permute(back).copy();
      stored.free();
      return result;
    }
  }

  private static void fill(String where, FileChannel channel, NpyHeader header, MemorySegment data)
      throws IOException {
    if (header.type().isNative()) {
      read(where, channel, header, data);
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      long count = data.byteSize() / header.dtype().byteSize();
      MemorySegment narrow = arena.allocate(count * header.type().byteSize());
      read(where, channel, header, narrow);
      header.type().widen(narrow, data);
    }
  }

  private static void read(String where, FileChannel channel, NpyHeader header, MemorySegment data)
      throws IOException {
    if (!Bytes.read(channel, header.dataStart(), data)) {
      throw NpyHeader.error(where, "the file was cut short while it was read");
    }
    header.prepare(where, data);
  }

  /// Saves a tensor, replacing `file` at once: others see the old file or the new one, whole.
  ///
  /// @param file to be written; its folder must be there
  /// @param tensor any but BF16, which NumPy does not have
  /// @throws IOException if it cannot be written; the old file is as it was then
  /// @throws DTypeException if the dtype is BF16
  /// @throws ShapeException if it has more than 64 dimensions
  /// @throws UnsupportedOperationException on a big-endian machine
  public static void save(Path file, Tensor tensor) throws IOException {
    Bytes.requireLittleEndian("npy", ByteOrder.nativeOrder());
    ByteBuffer header = header(tensor);
    // The copy of a tensor that is not contiguous goes with the scope.
    try (Scope _ = Scope.open("save")) {
      MemorySegment data = tensor.detach().contiguous().segment();
      AtomicFile.write(
          file,
          channel -> {
            Bytes.write(channel, header);
            Bytes.write(channel, data);
          });
    }
  }

  /// What stands before the elements of a tensor.
  static ByteBuffer header(Tensor tensor) {
    if (tensor.dim() > Bytes.MAX_DIMS) {
      throw new ShapeException(
          "npy: NumPy has at most %d dimensions: %s (%d)"
              .formatted(Bytes.MAX_DIMS, tensor.describe(), tensor.dim()));
    }
    return NpyHeader.bytes(descr(tensor), tensor.shape());
  }

  private static String descr(Tensor tensor) {
    return switch (tensor.dtype()) {
      case F32 -> "<f4";
      case F64 -> "<f8";
      case I32 -> "<i4";
      case I64 -> "<i8";
      case U8 -> "|u1";
      case BOOL -> "|b1";
      case F16 -> "<f2";
      case BF16 ->
          throw new DTypeException(
              "npy: NumPy has no BF16: %s; convert it with to(DType.F32)"
                  .formatted(tensor.describe()));
    };
  }
}
