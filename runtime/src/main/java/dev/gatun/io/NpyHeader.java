package dev.gatun.io;

import dev.gatun.memory.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What stands before the elements of an npy file: a magic, a version, a length, and a dict in
/// Python's syntax.
///
/// @param dtype of the elements
/// @param bigEndian whether their bytes must be swapped
/// @param fortran whether the first dimension is the one whose elements are neighbours
/// @param shape sizes
/// @param dataStart where the elements begin
record NpyHeader(
    DType dtype, boolean bigEndian, boolean fortran, List<Long> shape, long dataStart) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_LENGTH = 1 << 20;
  private static final int ALIGNMENT = 64;

  /// NumPy leaves this much room for the digits of the first size, so that arrays can grow.
  private static final int GROWTH_DIGITS = 21;

  static NpyHeader read(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(MAGIC.length + 6).order(ByteOrder.LITTLE_ENDIAN);
    boolean complete = Bytes.read(channel, 0, start);
    if (!Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw error(file, "does not begin with NumPy's magic; this is not an npy file");
    }
    if (!complete) {
      throw error(file, "the file was cut short in its header");
    }
    int version = start.get(MAGIC.length);
    if (version < 1 || version > 3 || start.get(MAGIC.length + 1) != 0) {
      throw error(
          file,
          "version %d.%d is not supported (1.0 to 3.0 are)"
              .formatted(version & 0xff, start.get(MAGIC.length + 1) & 0xff));
    }
    int at = MAGIC.length + 2;
    long length = version == 1 ? start.getShort(at) & 0xffffL : start.getInt(at) & 0xffff_ffffL;
    int textStart = at + (version == 1 ? Short.BYTES : Integer.BYTES);
    if (length > MAX_LENGTH) {
      throw error(file, "header of %d bytes (at most %d)".formatted(length, MAX_LENGTH));
    }
    ByteBuffer text = ByteBuffer.allocate((int) length);
    if (!Bytes.read(channel, textStart, text)) {
      throw error(file, "the file was cut short in its header");
    }
    // Shapes and plain dtypes are ASCII in every version.
    String dict = new String(text.array(), StandardCharsets.ISO_8859_1);
    NpyHeader header = of(file, new NpyDict(file, dict).parse(), textStart + length);
    header.checkSize(file, channel.size());
    return header;
  }

  private static NpyHeader of(Path file, NpyDict dict, long dataStart) throws IOException {
    String descr = dict.descr();
    char order = descr.isEmpty() ? ' ' : descr.charAt(0);
    DType dtype = dtype(file, descr);
    boolean ordered = order == '<' || order == '>' || (order == '|' && dtype.byteSize() == 1);
    if (!ordered) {
      throw error(file, "dtype %s has no byte order".formatted(Bytes.quote(descr)));
    }
    return new NpyHeader(
        dtype, order == '>' && dtype.byteSize() > 1, dict.fortran(), dict.shape(), dataStart);
  }

  private static DType dtype(Path file, String descr) throws IOException {
    return switch (descr.isEmpty() ? "" : descr.substring(1)) {
      case "f4" -> DType.F32;
      case "f8" -> DType.F64;
      case "i4" -> DType.I32;
      case "i8" -> DType.I64;
      case "u1" -> DType.U8;
      case "b1" -> DType.BOOL;
      case "f2" -> DType.F16;
      default ->
          throw error(
              file,
              "dtype %s is not supported; convert it in NumPy with astype('float32')"
                  .formatted(Bytes.quote(descr)));
    };
  }

  private void checkSize(Path file, long size) throws IOException {
    long needed = Bytes.bytes(shape, dtype.byteSize());
    if (needed < 0) {
      throw error(file, "shape %s has too many elements".formatted(Bytes.format(shape)));
    }
    if (needed != size - dataStart) {
      throw error(
          file,
          "shape %s of %s needs %d bytes, %d follow the header"
              .formatted(Bytes.format(shape), dtype, needed, size - dataStart));
    }
  }

  /// The header as NumPy writes it, to the byte.
  static ByteBuffer bytes(String descr, long[] shape) {
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String dict =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(descr, sizes, shape.length == 1 ? "," : "");
    int room = shape.length == 0 ? 0 : GROWTH_DIGITS - Long.toString(shape[0]).length();
    int prefix = MAGIC.length + 2 + Short.BYTES;
    int total = -Math.floorDiv(-(prefix + dict.length() + room + 1), ALIGNMENT) * ALIGNMENT;
    int length = total - prefix;
    String text = dict + " ".repeat(length - dict.length() - 1) + "\n";
    return ByteBuffer.allocate(total)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) length)
        .put(text.getBytes(StandardCharsets.US_ASCII))
        .flip();
  }

  static TensorFormatException error(Path file, String problem) {
    return new TensorFormatException("npy: " + file + ": " + problem);
  }
}
