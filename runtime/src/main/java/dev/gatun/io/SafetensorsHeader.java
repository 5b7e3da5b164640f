package dev.gatun.io;

import dev.gatun.memory.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What stands before the data of a safetensors file: its length (8 bytes), then JSON.
///
/// @param file where it was read from, for messages
/// @param tensors by name, in the order of the header
/// @param metadata the texts under `__metadata__`, empty when there are none
/// @param dataStart where the data begins in the file
/// @param dataBytes how long it is
record SafetensorsHeader(
    Path file,
    Map<String, Entry> tensors,
    Map<String, String> metadata,
    long dataStart,
    long dataBytes) {

  /// As the reference implementation has it.
  static final int MAX_BYTES = 100_000_000;

  private static final int PREFIX = 8;

  /// One tensor, as the header has it.
  ///
  /// @param name in the file
  /// @param dtypeName which may be one that there is no [DType] for
  /// @param shape sizes, none negative
  /// @param begin where its bytes begin in the data
  /// @param end where they end
  record Entry(String name, String dtypeName, List<Long> shape, long begin, long end) {
    TensorInfo info() {
      ElementType type = ElementType.named(dtypeName);
      return new TensorInfo(
          name, dtypeName, type == null ? null : type.target(), shape, end - begin);
    }
  }

  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < PREFIX) {
      throw error(file, "%d bytes are too few to be a safetensors file".formatted(size));
    }
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    boolean complete = Bytes.read(channel, 0, prefix);
    long length = prefix.getLong(0);
    if (length < 0 || length > MAX_BYTES) {
      throw error(
          file,
          "header of %s bytes (at most %d); this is not a safetensors file"
              .formatted(Long.toUnsignedString(length), MAX_BYTES));
    }
    if (length > size - PREFIX) {
      throw error(
          file, "header of %d bytes ends beyond the file (%d bytes)".formatted(length, size));
    }
    ByteBuffer json = ByteBuffer.allocate((int) length);
    complete &= Bytes.read(channel, PREFIX, json);
    if (!complete) {
      throw error(file, "the file was cut short while it was read");
    }
    long start = PREFIX + length;
    return new SafetensorsParser(file, decode(file, json.flip())).parse(start, size - start);
  }

  private static String decode(Path file, ByteBuffer json) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(json).toString();
    } catch (CharacterCodingException e) {
      throw new TensorFormatException(message(file, "header is not UTF-8"), e);
    }
  }

  /// Checks that the tensors fill the data: each range as its shape needs, in the data, without
  /// overlaps and without holes.
  void check() throws TensorFormatException {
    for (Entry entry : tensors.values()) {
      checkRange(entry);
    }
    List<Entry> inOrder = new ArrayList<>(tensors.values());
    inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long position = 0;
    String previous = "";
    for (Entry entry : inOrder) {
      if (entry.begin < position) {
        throw error(entry, "range %s overlaps that of tensor %s".formatted(range(entry), previous));
      }
      if (entry.begin > position) {
        throw error(file, "bytes %d..%d belong to no tensor".formatted(position, entry.begin));
      }
      position = entry.end;
      previous = Bytes.quote(entry.name);
    }
    if (position != dataBytes) {
      throw error(file, "bytes %d..%d belong to no tensor".formatted(position, dataBytes));
    }
  }

  private void checkRange(Entry entry) throws TensorFormatException {
    if (entry.begin > entry.end) {
      throw error(entry, "range %s ends before it begins".formatted(range(entry)));
    }
    if (entry.end > dataBytes) {
      throw error(
          entry,
          "range %s ends beyond the data (%d bytes); the file was cut short"
              .formatted(range(entry), dataBytes));
    }
    ElementType type = ElementType.named(entry.dtypeName);
    if (type == null) {
      return; // listed, and refused when it is read
    }
    long needed = Bytes.bytes(entry.shape, type.byteSize());
    if (needed < 0) {
      throw error(entry, "shape %s has too many elements".formatted(Bytes.format(entry.shape)));
    }
    if (needed != entry.end - entry.begin) {
      throw error(
          entry,
          "shape %s of %s needs %d bytes, its range %s has %d"
              .formatted(
                  Bytes.format(entry.shape),
                  entry.dtypeName,
                  needed,
                  range(entry),
                  entry.end - entry.begin));
    }
  }

  ElementType type(Entry entry) throws TensorFormatException {
    ElementType type = ElementType.named(entry.dtypeName);
    if (type != null) {
      return type;
    }
    throw error(
        entry,
        "dtype %s is not supported; convert it to one of %s"
            .formatted(Bytes.quote(entry.dtypeName), List.of(DType.values())));
  }

  TensorFormatException error(Entry entry, String problem) {
    return error(file, entry.name, problem);
  }

  static TensorFormatException error(Path file, String tensor, String problem) {
    return error(file, "tensor " + Bytes.quote(tensor) + ": " + problem);
  }

  static TensorFormatException error(Path file, String problem) {
    return new TensorFormatException(message(file, problem));
  }

  static String message(Path file, String problem) {
    return where(file) + ": " + problem;
  }

  static String where(Path file) {
    return "safetensors: " + file;
  }

  private static String range(Entry entry) {
    return entry.begin + ".." + entry.end;
  }
}
