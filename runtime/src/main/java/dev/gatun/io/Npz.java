package dev.gatun.io;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// NumPy's format for named arrays: a zip file of [Npy] files, as `np.savez` and
/// `np.savez_compressed` write them. [TensorFile#open] reads single arrays of one.
public final class Npz {
  private static final int CHUNK = 1 << 16;

  private Npz() {}

  /// Reads all arrays.
  ///
  /// @param file to be read
  /// @return contiguous tensors by name, in the order of the file, that belong to the current
  ///   scope, or to the garbage collector when none is open; the map may be changed
  /// @throws TensorFormatException if the file is damaged or has a dtype that there is no type for
  /// @throws IOException if it cannot be read
  /// @throws UnsupportedOperationException on a big-endian machine
  public static Map<String, Tensor> load(Path file) throws IOException {
    try (NumPyFile arrays = NumPyFile.open(file)) {
      if (arrays.format() != TensorFileFormat.NPZ) {
        throw new TensorFormatException("npz: " + file + ": is one array; read it with Npy.load");
      }
      Map<String, Tensor> result = new LinkedHashMap<>();
      for (TensorInfo info : arrays.list()) {
        result.put(info.name(), arrays.tensor(info.name()).copy());
      }
      return result;
    }
  }

  /// Saves tensors as `np.savez` does, replacing `file` at once.
  ///
  /// @param file to be written; its folder must be there
  /// @param tensors by name; any dtype but BF16, which NumPy does not have
  /// @throws IOException if it cannot be written; the old file is as it was then
  /// @throws DTypeException if a dtype is BF16
  /// @throws ShapeException if a tensor has more than 64 dimensions
  /// @throws UnsupportedOperationException on a big-endian machine
  public static void save(Path file, Map<String, Tensor> tensors) throws IOException {
    save(file, tensors, false);
  }

  /// Saves tensors as `np.savez_compressed` does, replacing `file` at once; otherwise as
  /// [#save(Path, Map)].
  ///
  /// @param file to be written; its folder must be there
  /// @param tensors by name
  /// @throws IOException if it cannot be written; the old file is as it was then
  public static void saveCompressed(Path file, Map<String, Tensor> tensors) throws IOException {
    save(file, tensors, true);
  }

  private static void save(Path file, Map<String, Tensor> tensors, boolean deflate)
      throws IOException {
    Bytes.requireLittleEndian("npz", ByteOrder.nativeOrder());
    // Before anything is written: what cannot be saved is refused here.
    tensors.values().forEach(Npy::header);
    AtomicFile.write(
        file,
        channel -> {
          // Not closed: the channel is still to be forced to the disk.
          OutputStream out = Channels.newOutputStream(channel);
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            write(zip, tensor.getKey(), tensor.getValue(), deflate);
          }
          zip.finish();
        });
  }

  private static void write(ZipOutputStream zip, String name, Tensor tensor, boolean deflate)
      throws IOException {
    byte[] header = new byte[Npy.header(tensor).remaining()];
    Npy.header(tensor).get(header);
    // The copy of a tensor that is not contiguous goes with the scope.
    try (Scope _ = Scope.open("save")) {
      MemorySegment data = tensor.detach().contiguous().segment();
      ZipEntry entry = new ZipEntry(name + ".npy");
      // Always the same, so that equal tensors make equal files; NumPy writes this day too.
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
      entry.setMethod(deflate ? ZipEntry.DEFLATED : ZipEntry.STORED);
      if (!deflate) {
        entry.setSize(header.length + data.byteSize());
        entry.setCrc(crc(header, data));
      }
      zip.putNextEntry(entry);
      zip.write(header);
      byte[] chunk = new byte[CHUNK];
      for (long done = 0; done < data.byteSize(); done += CHUNK) {
        int size = (int) Math.min(CHUNK, data.byteSize() - done);
        MemorySegment.copy(data, done, MemorySegment.ofArray(chunk), 0, size);
        zip.write(chunk, 0, size);
      }
      zip.closeEntry();
    }
  }

  private static long crc(byte[] header, MemorySegment data) {
    CRC32 crc = new CRC32();
    crc.update(header);
    for (long done = 0; done < data.byteSize(); done += 1 << 30) {
      crc.update(data.asSlice(done, Math.min(1 << 30, data.byteSize() - done)).asByteBuffer());
    }
    return crc.getValue();
  }
}
