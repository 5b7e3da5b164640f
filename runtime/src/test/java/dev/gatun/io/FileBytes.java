package dev.gatun.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Files for the tests of this package, whole and damaged.
final class FileBytes {
  private FileBytes() {}

  /// A file that the reference implementation or NumPy wrote.
  static byte[] resource(String name) throws IOException {
    try (InputStream in = FileBytes.class.getResourceAsStream("/io/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  static Path copyOf(String resource, Path folder) throws IOException {
    return Files.write(folder.resolve(resource), resource(resource));
  }

  /// A safetensors file of a header, as it is, and zeros.
  static byte[] safetensors(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return prefixed(text.length, text, dataBytes);
  }

  static byte[] prefixed(long length, byte[] text, int dataBytes) {
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(text)
        .array();
  }

  /// An npy file of version 1.0 with a header as it is, and zeros.
  static byte[] npy(String header, int dataBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length());
    out.write(header.length() >> 8);
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[dataBytes]);
    return out.toByteArray();
  }
}
