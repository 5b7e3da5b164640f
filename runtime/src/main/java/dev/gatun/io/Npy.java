package dev.gatun.io;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
/// Both byte orders are read and little-endian is written. Arrays in Fortran order are read into
/// row-major tensors of the same shape.
public final class Npy {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

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
      NpyHeader header = NpyHeader.read(file, channel);
      List<Long> shape = header.fortran() ? header.shape().reversed() : header.shape();
      Tensor stored = Tensor.empty(header.dtype(), Bytes.toArray(shape));
      fill(file, channel, header, stored.segment());
      if (stored.dim() < 2 || !header.fortran()) {
        return stored;
      }
      int[] back = IntStream.range(0, shape.size()).map(i -> shape.size() - 1 - i).toArray();
      Tensor result = stored.permute(back).copy();
      stored.free();
      return result;
    }
  }

  private static void fill(Path file, FileChannel channel, NpyHeader header, MemorySegment data)
      throws IOException {
    if (!Bytes.read(channel, header.dataStart(), data)) {
      throw NpyHeader.error(file, "the file was cut short while it was read");
    }
    if (header.bigEndian()) {
      swap(data, header.dtype().byteSize());
    }
    if (header.dtype() == DType.BOOL) {
      long bad = Bytes.firstNonBoolean(data);
      if (bad >= 0) {
        throw NpyHeader.error(file, "element %d of '|b1' is neither 0 nor 1".formatted(bad));
      }
    }
  }

  private static void swap(MemorySegment data, int elementBytes) {
    for (long i = 0; i < data.byteSize(); i += elementBytes) {
      switch (elementBytes) {
        case 2 -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, i, data.get(SHORT, i));
        case 4 -> data.set(ValueLayout.JAVA_INT_UNALIGNED, i, data.get(INT, i));
        case 8 -> data.set(ValueLayout.JAVA_LONG_UNALIGNED, i, data.get(LONG, i));
        default -> throw new AssertionError(elementBytes);
      }
    }
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
    if (tensor.dim() > Bytes.MAX_DIMS) {
      throw new ShapeException(
          "npy: NumPy has at most %d dimensions: %s (%d)"
              .formatted(Bytes.MAX_DIMS, tensor.describe(), tensor.dim()));
    }
    ByteBuffer header = NpyHeader.bytes(descr(tensor), tensor.shape());
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
