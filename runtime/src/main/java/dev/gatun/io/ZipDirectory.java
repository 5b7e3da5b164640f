package dev.gatun.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the files of a zip file lie. The JDK's reader does not tell, and without that nothing can
/// be mapped.
///
/// @param entries by name, in the order of the directory
record ZipDirectory(Map<String, Entry> entries) {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int ZIP64_FIELD = 1;
  private static final int ENCRYPTED = 1;
  private static final long MAX_DIRECTORY = 1L << 28;
  private static final long BEYOND_32_BITS = 0xffff_ffffL;
  private static final int BEYOND_16_BITS = 0xffff;

  /// One file.
  ///
  /// @param name with folders, `/` between them
  /// @param method 0 stored, 8 deflated
  /// @param crc of the content
  /// @param packed bytes in the zip file
  /// @param size bytes of the content
  /// @param header where its local header begins
  record Entry(String name, int method, int crc, long packed, long size, long header) {}

  /// Where the directory lies.
  private record Place(long start, long bytes, long count) {}

  static ZipDirectory read(String where, FileChannel channel) throws IOException {
    Place place = place(where, channel);
    long bytes = place.bytes;
    if (bytes < 0 || bytes > MAX_DIRECTORY) {
      throw error(where, "directory of %d bytes (at most %d)".formatted(bytes, MAX_DIRECTORY));
    }
    if (place.start < 0 || place.start > channel.size() - bytes) {
      throw error(where, "the directory lies beyond the file; the file was cut short");
    }
    ByteBuffer directory = buffer(where, channel, place.start, (int) bytes);
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (directory.remaining() >= ENTRY_BYTES
        && directory.getInt(directory.position()) == ENTRY_SIGNATURE) {
      Entry entry = entry(where, directory, place.start);
      if (entries.put(entry.name, entry) != null) {
        throw error(where, "entry %s is there twice".formatted(Bytes.quote(entry.name)));
      }
    }
    if (directory.hasRemaining() || entries.size() != place.count) {
      throw error(
          where,
          "the directory is damaged: %d of %d entries".formatted(entries.size(), place.count));
    }
    return new ZipDirectory(entries);
  }

  private static Place place(String where, FileChannel channel) throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_BYTES + MAX_COMMENT);
    ByteBuffer bytes = buffer(where, channel, size - tail, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      if (bytes.getInt(at) == END_SIGNATURE
          && (bytes.getShort(at + 20) & 0xffff) == tail - END_BYTES - at) {
        long count = bytes.getShort(at + 10) & 0xffff;
        long length = bytes.getInt(at + 12) & BEYOND_32_BITS;
        long start = bytes.getInt(at + 16) & BEYOND_32_BITS;
        boolean large =
            count == BEYOND_16_BITS || length == BEYOND_32_BITS || start == BEYOND_32_BITS;
        long end = size - tail + at;
        return large ? large(where, channel, end) : new Place(start, length, count);
      }
    }
    throw error(where, "the zip file has no directory at its end; the file was cut short");
  }

  private static Place large(String where, FileChannel channel, long end) throws IOException {
    if (end < LOCATOR_BYTES) {
      throw error(where, "the zip file has no directory");
    }
    ByteBuffer locator = buffer(where, channel, end - LOCATOR_BYTES, LOCATOR_BYTES);
    long at = locator.getLong(8);
    if (locator.getInt(0) != LOCATOR_SIGNATURE || at < 0 || at > end - END64_BYTES) {
      throw error(where, "the zip file has no directory");
    }
    ByteBuffer record = buffer(where, channel, at, END64_BYTES);
    if (record.getInt(0) != END64_SIGNATURE) {
      throw error(where, "the zip file has no directory");
    }
    return new Place(record.getLong(48), record.getLong(40), record.getLong(32));
  }

  private static Entry entry(String where, ByteBuffer in, long directoryStart) throws IOException {
    int at = in.position();
    int nameBytes = in.getShort(at + 28) & 0xffff;
    int extraBytes = in.getShort(at + 30) & 0xffff;
    int commentBytes = in.getShort(at + 32) & 0xffff;
    if (in.remaining() < ENTRY_BYTES + nameBytes + extraBytes + commentBytes) {
      throw error(where, "the directory is damaged: an entry ends beyond it");
    }
    byte[] name = new byte[nameBytes];
    in.get(at + ENTRY_BYTES, name);
    String text = new String(name, StandardCharsets.UTF_8);
    if ((in.getShort(at + 8) & ENCRYPTED) != 0) {
      throw error(where, "entry %s is encrypted".formatted(Bytes.quote(text)));
    }
    long[] numbers = {
      in.getInt(at + 24) & BEYOND_32_BITS,
      in.getInt(at + 20) & BEYOND_32_BITS,
      in.getInt(at + 42) & BEYOND_32_BITS
    };
    widen(in.slice(at + ENTRY_BYTES + nameBytes, extraBytes).order(in.order()), numbers);
    in.position(at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes);
    long packed = numbers[1];
    long header = numbers[2];
    boolean inside =
        packed >= 0 && header >= 0 && header <= directoryStart && packed <= directoryStart - header;
    if (!inside || numbers[0] < 0) {
      throw error(
          where,
          "entry %s lies beyond the file: %d bytes from %d"
              .formatted(Bytes.quote(text), packed, header));
    }
    return new Entry(
        text, in.getShort(at + 10) & 0xffff, in.getInt(at + 16), packed, numbers[0], header);
  }

  /// Replaces those of size, packed size and offset that do not fit into 32 bits.
  private static void widen(ByteBuffer extra, long[] numbers) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & 0xffff;
      int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
      int end = extra.position() + length;
      if (id == ZIP64_FIELD) {
        for (int i = 0; i < numbers.length && end - extra.position() >= 8; i++) {
          if (numbers[i] == BEYOND_32_BITS) {
            numbers[i] = extra.getLong();
          }
        }
      }
      extra.position(end);
    }
  }

  private static ByteBuffer buffer(String where, FileChannel channel, long start, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (!Bytes.read(channel, start, buffer)) {
      throw error(where, "the file was cut short while it was read");
    }
    return buffer.flip();
  }

  private static TensorFormatException error(String where, String problem) {
    return new TensorFormatException(where + ": " + problem);
  }
}
