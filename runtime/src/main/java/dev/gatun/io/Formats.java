package dev.gatun.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Tells formats apart by their first bytes.
final class Formats {
  /// How many bytes are looked at.
  static final int PROBE = 16;

  private static final int ZIP = 0x04034b50;
  private static final int EMPTY_ZIP = 0x06054b50;
  private static final long NUMPY = 0x5950_4d55_4e93L;
  private static final long LOW_48_BITS = 0xffff_ffff_ffffL;

  /// A pickle of protocol 2 that begins with a long of ten bytes: the magic number of PyTorch
  /// before 1.6.
  private static final int LEGACY = 0x0a8a0280;

  private Formats() {}

  static TensorFileFormat of(Path file, FileChannel channel, ByteBuffer start) throws IOException {
    start.order(ByteOrder.LITTLE_ENDIAN);
    if (start.remaining() >= 8 && (start.getLong(0) & LOW_48_BITS) == NUMPY) {
      return TensorFileFormat.NPY;
    }
    if (start.remaining() >= 4) {
      int magic = start.getInt(0);
      if (magic == ZIP || magic == EMPTY_ZIP) {
        return zip(file, channel);
      }
      if (magic == LEGACY) {
        return TensorFileFormat.PYTORCH;
      }
    }
    if (start.remaining() >= 9 && isHeaderLength(start.getLong(0)) && start.get(8) == '{') {
      return TensorFileFormat.SAFETENSORS;
    }
    if (start.hasRemaining() && firstText(start) == '{') {
      return TensorFileFormat.SHARDED_SAFETENSORS;
    }
    throw new TensorFormatException(
        "tensor file: "
            + file
            + ": is none of safetensors, its index (JSON), PyTorch's zip, npy and npz");
  }

  private static boolean isHeaderLength(long length) {
    return length >= 0 && length <= SafetensorsHeader.MAX_BYTES;
  }

  private static int firstText(ByteBuffer start) {
    int at = 0;
    while (at < start.limit() - 1 && Character.isWhitespace(start.get(at))) {
      at++;
    }
    return start.get(at);
  }

  /// PyTorch has one pickle in a folder of the archive; NumPy has arrays.
  private static TensorFileFormat zip(Path file, FileChannel channel) throws IOException {
    ZipDirectory directory = ZipDirectory.read("zip: " + file, channel);
    boolean pickle =
        directory.entries().keySet().stream()
            .anyMatch(name -> name.endsWith("/data.pkl") || name.equals("data.pkl"));
    return pickle ? TensorFileFormat.PYTORCH : TensorFileFormat.NPZ;
  }
}
