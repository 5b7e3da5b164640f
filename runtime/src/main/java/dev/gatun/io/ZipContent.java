package dev.gatun.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The files of a mapped zip file: slices of it where they are stored as they are, else unpacked
/// into memory of the same lifetime.
final class ZipContent {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int SIGNATURE = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /// Deflate makes nothing smaller than by this factor.
  private static final long MOST = 1032;

  private static final int CHUNK = 1 << 20;

  private final MappedFile file;

  ZipContent(MappedFile file) {
    this.file = file;
  }

  /// The content of an entry.
  MemorySegment of(ZipDirectory.Entry entry) throws IOException {
    return of(entry, file.arena());
  }

  /// The content of an entry, unpacked into `arena` where it has to be.
  MemorySegment of(ZipDirectory.Entry entry, Arena arena) throws IOException {
    file.checkLength();
    MemorySegment packed = packed(entry);
    if (entry.method() == STORED) {
      if (entry.size() != entry.packed()) {
        throw error(entry, "is stored in %d bytes, not %d".formatted(entry.packed(), entry.size()));
      }
      return packed;
    }
    if (entry.method() != DEFLATED) {
      throw error(entry, "is packed by method %d (0 and 8 are read)".formatted(entry.method()));
    }
    if (entry.size() / MOST > entry.packed()) {
      throw error(entry, "cannot have %d bytes: %d packed".formatted(entry.size(), entry.packed()));
    }
    MemorySegment result = arena.allocate(entry.size());
    inflate(entry, packed, result);
    return result;
  }

  /// Where the content begins: as much as is asked for, or all of it.
  byte[] start(ZipDirectory.Entry entry, int most) throws IOException {
    MemorySegment packed = packed(entry);
    if (entry.method() != DEFLATED) {
      return of(entry).asSlice(0, Math.min(most, entry.size())).toArray(ValueLayout.JAVA_BYTE);
    }
    byte[] start = new byte[(int) Math.min(most, entry.size())];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(packed.asSlice(0, Math.min(CHUNK, packed.byteSize())).asByteBuffer());
      int count = 0;
      while (count < start.length && !inflater.finished() && !inflater.needsInput()) {
        count += inflater.inflate(start, count, start.length - count);
      }
      return Arrays.copyOf(start, count);
    } catch (DataFormatException e) {
      throw new TensorFormatException(message(entry, "is damaged: " + e.getMessage()), e);
    }
  }

  private MemorySegment packed(ZipDirectory.Entry entry) throws IOException {
    MemorySegment bytes = file.bytes();
    long at = entry.header();
    if (at > bytes.byteSize() - LOCAL_BYTES || bytes.get(INT, at) != SIGNATURE) {
      throw error(entry, "has no header at %d".formatted(at));
    }
    long start =
        at
            + LOCAL_BYTES
            + (bytes.get(SHORT, at + 26) & 0xffff)
            + (bytes.get(SHORT, at + 28) & 0xffff);
    if (start > bytes.byteSize() - entry.packed()) {
      throw error(entry, "lies beyond the file: %d bytes from %d".formatted(entry.packed(), start));
    }
    return bytes.asSlice(start, entry.packed());
  }

  private void inflate(ZipDirectory.Entry entry, MemorySegment from, MemorySegment to)
      throws IOException {
    CRC32 crc = new CRC32();
    // The format has no limit, buffers have; the last round tells that nothing is left over.
    try (Inflater inflater = new Inflater(true)) {
      ByteBuffer beyond = ByteBuffer.allocate(1);
      long read = 0;
      long written = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          long size = Math.min(CHUNK, from.byteSize() - read);
          if (size == 0) {
            throw error(entry, "ends before its content");
          }
          inflater.setInput(from.asSlice(read, size).asByteBuffer());
          read += size;
        }
        long room = Math.min(CHUNK, to.byteSize() - written);
        ByteBuffer out = room == 0 ? beyond : to.asSlice(written, room).asByteBuffer();
        int count = inflater.inflate(out);
        if (count > 0 && room == 0) {
          throw error(entry, "has more than %d bytes".formatted(entry.size()));
        }
        if (inflater.needsDictionary()) {
          throw error(entry, "is damaged: it needs a dictionary");
        }
        if (count > 0) {
          crc.update(out.flip());
          written += count;
        }
      }
      if (written != to.byteSize()) {
        throw error(entry, "has %d bytes, not %d".formatted(written, entry.size()));
      }
    } catch (DataFormatException e) {
      throw new TensorFormatException(message(entry, "is damaged: " + e.getMessage()), e);
    }
    if ((int) crc.getValue() != entry.crc()) {
      throw error(entry, "is damaged: its checksum differs");
    }
  }

  private TensorFormatException error(ZipDirectory.Entry entry, String problem) {
    return new TensorFormatException(message(entry, problem));
  }

  private String message(ZipDirectory.Entry entry, String problem) {
    return "%s: entry %s %s".formatted(file.where(), Bytes.quote(entry.name()), problem);
  }
}
