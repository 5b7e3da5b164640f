package dev.gatun.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The bytes of a pickle, never read beyond their end.
final class PickleReader {
  private static final int MAX_INTEGER_BYTES = 64;

  private final String where;
  private final ByteBuffer in;

  PickleReader(String where, ByteBuffer pickle) {
    this.where = where;
    this.in = pickle.order(ByteOrder.LITTLE_ENDIAN);
  }

  int offset() {
    return in.position();
  }

  int u1() throws TensorFormatException {
    return need(1).get() & 0xff;
  }

  int u2() throws TensorFormatException {
    return need(2).getShort() & 0xffff;
  }

  int i4() throws TensorFormatException {
    return need(4).getInt();
  }

  long u4() throws TensorFormatException {
    return need(4).getInt() & 0xffff_ffffL;
  }

  long i8() throws TensorFormatException {
    return need(8).getLong();
  }

  double float8() throws TensorFormatException {
    return Double.longBitsToDouble(Long.reverseBytes(need(8).getLong()));
  }

  byte[] bytes(long length) throws TensorFormatException {
    if (length < 0 || length > in.remaining()) {
      throw error(
          "%s bytes are wanted at offset %d, %d are left"
              .formatted(Long.toUnsignedString(length), in.position(), in.remaining()));
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  String text(long length) throws TensorFormatException {
    int start = in.position();
    byte[] bytes = bytes(length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      // Python writes halves of surrogate pairs too; nothing of ours is called so.
      throw error("text at offset %d is not UTF-8".formatted(start));
    }
  }

  /// Text up to the end of its line.
  String line() throws TensorFormatException {
    int start = in.position();
    for (int at = start; at < in.limit(); at++) {
      if (in.get(at) == '\n') {
        String text = text(at - start);
        in.get();
        return text;
      }
    }
    throw error("a line that begins at offset %d does not end".formatted(start));
  }

  /// A whole number, least significant byte first; `Long` where it fits.
  Number integer(long length) throws TensorFormatException {
    if (length < 0 || length > MAX_INTEGER_BYTES) {
      throw error(
          "a number of %d bytes at offset %d (at most %d)"
              .formatted(length, in.position(), MAX_INTEGER_BYTES));
    }
    byte[] bytes = bytes(length);
    if (bytes.length == 0) {
      return 0L;
    }
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
    BigInteger value = new BigInteger(bytes);
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value;
  }

  private ByteBuffer need(int bytes) throws TensorFormatException {
    if (in.remaining() < bytes) {
      throw error("the pickle ends at offset %d before its STOP".formatted(in.limit()));
    }
    return in;
  }

  TensorFormatException error(String problem) {
    return new TensorFormatException(where + ": " + problem);
  }
}
