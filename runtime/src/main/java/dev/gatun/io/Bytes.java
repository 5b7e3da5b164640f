package dev.gatun.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// What both formats need of files and bytes.
final class Bytes {
  /// As many as NumPy and PyTorch have.
  static final int MAX_DIMS = 64;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final long CHUNK = 1L << 30;
  private static final int LONGEST_QUOTE = 100;

  private Bytes() {}

  /// Elements are in little-endian order in files and in native order in tensors.
  static void requireLittleEndian(String operation, ByteOrder order) {
    if (order != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException(
          operation + ": this machine is big-endian: tensor files need a little-endian one");
    }
  }

  /// Opens a file; a folder can be opened too, but is refused here.
  static FileChannel open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder");
    }
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /// Fills `to` from `position` on; false where the file ends before.
  static boolean read(FileChannel channel, long position, ByteBuffer to) throws IOException {
    long at = position;
    while (to.hasRemaining()) {
      int count = channel.read(to, at);
      if (count < 0) {
        return false;
      }
      at += count;
    }
    return true;
  }

  static boolean read(FileChannel channel, long position, MemorySegment to) throws IOException {
    for (long done = 0; done < to.byteSize(); done += CHUNK) {
      long size = Math.min(CHUNK, to.byteSize() - done);
      if (!read(channel, position + done, to.asSlice(done, size).asByteBuffer())) {
        return false;
      }
    }
    return true;
  }

  static void write(FileChannel channel, ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }

  static void write(FileChannel channel, MemorySegment from) throws IOException {
    for (long done = 0; done < from.byteSize(); done += CHUNK) {
      write(channel, from.asSlice(done, Math.min(CHUNK, from.byteSize() - done)).asByteBuffer());
    }
  }

  /// How many bytes a shape takes, or -1 when they cannot be counted. Sizes of 0 do not excuse
  /// others that are too large: strides are computed from them.
  static long bytes(List<Long> shape, int elementBytes) {
    long bytes = elementBytes;
    boolean empty = false;
    for (long size : shape) {
      empty |= size == 0;
      long factor = Math.max(1, size);
      if (factor > Long.MAX_VALUE / bytes) {
        return -1;
      }
      bytes *= factor;
    }
    return empty ? 0 : bytes;
  }

  static long[] toArray(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /// Where the first byte stands that is no truth value, or -1. Kernels rely on 0 and 1.
  static long firstNonBoolean(MemorySegment bytes) {
    for (long i = 0; i < bytes.byteSize(); i++) {
      if ((bytes.get(ValueLayout.JAVA_BYTE, i) & ~1) != 0) {
        return i;
      }
    }
    return -1;
  }

  /// Turns the bytes of every element around.
  static void swap(MemorySegment data, int elementBytes) {
    for (long i = 0; i < data.byteSize(); i += elementBytes) {
      switch (elementBytes) {
        case 1 -> {}
        case 2 -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, i, data.get(SHORT, i));
        case 4 -> data.set(ValueLayout.JAVA_INT_UNALIGNED, i, data.get(INT, i));
        case 8 -> data.set(ValueLayout.JAVA_LONG_UNALIGNED, i, data.get(LONG, i));
        default -> throw new AssertionError(elementBytes);
      }
    }
  }

  /// A shape as messages show it.
  static String format(List<Long> shape) {
    return shape.toString().replace(", ", ",");
  }

  /// A text out of a file, on one line and not too long.
  static String quote(String text) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < text.length() && i < LONGEST_QUOTE; i++) {
      char c = text.charAt(i);
      boolean plain = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
      out.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return out.append(text.length() > LONGEST_QUOTE ? "…'" : "'").toString();
  }
}
