package dev.gatun.io;

import dev.gatun.memory.DType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What stands before the elements of an npy file: a magic, a version, a length, and a dict in
/// Python's syntax.
///
/// @param type of the elements
/// @param bigEndian whether their bytes must be swapped
/// @param fortran whether the first dimension is the one whose elements are neighbours
/// @param shape sizes
/// @param dataStart where the elements begin
record NpyHeader(
    ElementType type, boolean bigEndian, boolean fortran, List<Long> shape, long dataStart) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_LENGTH = 1 << 20;
  private static final int ALIGNMENT = 64;

  /// NumPy leaves this much room for the digits of the first size, so that arrays can grow.
  private static final int GROWTH_DIGITS = 21;

  /// Bytes by position.
  interface Source {
    long size() throws IOException;

    /// Fills `to`; false where the bytes end before.
    boolean read(long position, ByteBuffer to) throws IOException;

    static Source of(FileChannel channel) {
      return new Source() {
        @Override
        public long size() throws IOException {
          return channel.size();
        }

        @Override
        public boolean read(long position, ByteBuffer to) throws IOException {
          return Bytes.read(channel, position, to);
        }
      };
    }

    static Source of(MemorySegment bytes) {
      return of(bytes, bytes.byteSize());
    }

    /// Bytes of which only the first are known.
    ///
    /// @param size of all
    static Source of(MemorySegment bytes, long size) {
      return new Source() {
        @Override
        public long size() {
          return size;
        }

        @Override
        public boolean read(long position, ByteBuffer to) {
          long count = Math.min(to.remaining(), Math.max(0, bytes.byteSize() - position));
          if (count > 0) {
            to.put(bytes.asSlice(position, count).asByteBuffer());
          }
          return !to.hasRemaining();
        }
      };
    }
  }

  static NpyHeader read(String where, Source source) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(MAGIC.length + 6).order(ByteOrder.LITTLE_ENDIAN);
    boolean complete = source.read(0, start);
    if (!Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw error(where, "does not begin with NumPy's magic; this is not an npy file");
    }
    if (!complete) {
      throw error(where, "the file was cut short in its header");
    }
    int version = start.get(MAGIC.length);
    if (version < 1 || version > 3 || start.get(MAGIC.length + 1) != 0) {
      throw error(
          where,
          "version %d.%d is not supported (1.0 to 3.0 are)"
              .formatted(version & 0xff, start.get(MAGIC.length + 1) & 0xff));
    }
    int at = MAGIC.length + 2;
    long length = version == 1 ? start.getShort(at) & 0xffffL : start.getInt(at) & 0xffff_ffffL;
    int textStart = at + (version == 1 ? Short.BYTES : Integer.BYTES);
    if (length > MAX_LENGTH) {
      throw error(where, "header of %d bytes (at most %d)".formatted(length, MAX_LENGTH));
    }
    ByteBuffer text = ByteBuffer.allocate((int) length);
    if (!source.read(textStart, text)) {
      throw error(where, "the file was cut short in its header");
    }
    // Shapes and plain dtypes are ASCII in every version.
    String dict = new String(text.array(), StandardCharsets.ISO_8859_1);
    NpyHeader header = of(where, new NpyDict(where, dict).parse(), textStart + length);
    header.checkSize(where, source.size());
    return header;
  }

  private static NpyHeader of(String where, NpyDict dict, long dataStart) throws IOException {
    String descr = dict.descr();
    char order = descr.isEmpty() ? ' ' : descr.charAt(0);
    ElementType type = type(where, descr);
    boolean ordered = order == '<' || order == '>' || (order == '|' && type.byteSize() == 1);
    if (!ordered) {
      throw error(where, "dtype %s has no byte order".formatted(Bytes.quote(descr)));
    }
    return new NpyHeader(
        type, order == '>' && type.byteSize() > 1, dict.fortran(), dict.shape(), dataStart);
  }

  private static ElementType type(String where, String descr) throws IOException {
    return switch (descr.isEmpty() ? "" : descr.substring(1)) {
      case "f4" -> ElementType.F32;
      case "f8" -> ElementType.F64;
      case "i4" -> ElementType.I32;
      case "i8" -> ElementType.I64;
      case "u1" -> ElementType.U8;
      case "b1" -> ElementType.BOOL;
      case "f2" -> ElementType.F16;
      case "i1" -> ElementType.I8;
      case "i2" -> ElementType.I16;
      case "u2" -> ElementType.U16;
      case "u4" -> ElementType.U32;
      default ->
          throw error(
              where,
              "dtype %s is not supported; convert it in NumPy with astype('float32')"
                  .formatted(Bytes.quote(descr)));
    };
  }

  private void checkSize(String where, long size) throws IOException {
    long needed = Bytes.bytes(shape, type.byteSize());
    if (needed < 0) {
      throw error(where, "shape %s has too many elements".formatted(Bytes.format(shape)));
    }
    if (needed != size - dataStart) {
      throw error(
          where,
          "shape %s of %s needs %d bytes, %d follow the header"
              .formatted(Bytes.format(shape), type, needed, size - dataStart));
    }
  }

  /// What the elements are read as.
  DType dtype() {
    return Objects.requireNonNull(type.target());
  }

  /// Puts elements as the file has them into native order, and checks them.
  void prepare(String where, MemorySegment data) throws TensorFormatException {
    if (bigEndian) {
      Bytes.swap(data, type.byteSize());
    }
    if (type == ElementType.BOOL) {
      long bad = Bytes.firstNonBoolean(data);
      if (bad >= 0) {
        throw error(where, "element %d of '|b1' is neither 0 nor 1".formatted(bad));
      }
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

  static TensorFormatException error(String where, String problem) {
    return new TensorFormatException(where + ": " + problem);
  }
}
