package dev.gatun.io;

import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The safetensors format: named tensors and texts in one file, as PyTorch's users exchange them.
/// Every dtype of ours has its place in it. Of the others I8, I16 and U16 are read as I32, U32 as
/// I64, F8_E4M3 and F8_E5M2 as F32, which hold every value of theirs; the rest is refused by name.
public final class Safetensors {
  private Safetensors() {}

  /// Maps a file into memory. Nothing is copied, so this takes no longer for larger files; pages
  /// are read when they are used and shared between processes.
  ///
  /// The tensors are read-only: changing one in place is an [UnsupportedOperationException], and
  /// [Tensor#copy()] makes one that can be changed. They belong to no scope and may be used by
  /// every thread; the file is unmapped when the garbage collector finds that none of them is used
  /// any more. [SafetensorsFile] unmaps it at a given time.
  ///
  /// @param file to be read
  /// @return the tensors by name, in the order of the file; the map may be changed
  /// @throws TensorFormatException if the file is damaged or has a dtype that there is no type for
  /// @throws IOException if it cannot be read
  /// @throws UnsupportedOperationException on a big-endian machine
  public static Map<String, Tensor> load(Path file) throws IOException {
    Bytes.requireLittleEndian("safetensors", ByteOrder.nativeOrder());
    return SafetensorsMapping.map(file, Arena.ofAuto()).tensors();
  }

  /// Reads the texts that were saved with the tensors. The tensors are not looked at, so this works
  /// for files with dtypes that [#load] refuses too.
  ///
  /// @param file to be read
  /// @return a map that cannot be changed, empty when there are none
  /// @throws TensorFormatException if the header is damaged
  /// @throws IOException if the file cannot be read
  public static Map<String, String> metadata(Path file) throws IOException {
    try (FileChannel channel = Bytes.open(file)) {
      return Collections.unmodifiableMap(SafetensorsHeader.read(file, channel).metadata());
    }
  }

  /// Saves tensors, replacing `file` at once: others see the old file or the new one, whole.
  ///
  /// Tensors that are not contiguous are written as if they were. The order is that of the map, but
  /// wider elements come first, so that all are aligned.
  ///
  /// @param file to be written; its folder must be there
  /// @param tensors by name
  /// @param metadata texts to be stored with them
  /// @throws IOException if it cannot be written; the old file is as it was then
  /// @throws IllegalArgumentException if a tensor is named `__metadata__` or has more than 64
  ///   dimensions, or the header would be longer than 100 MB
  /// @throws UnsupportedOperationException on a big-endian machine
  public static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Bytes.requireLittleEndian("safetensors", ByteOrder.nativeOrder());
    new SafetensorsWriter(tensors, metadata).write(file);
  }

  /// Saves tensors as a set of files behind an index, as large models are published. Every shard
  /// and at last the index replaces its predecessor at once, but the set as a whole does not: save
  /// to a new folder where readers may come meanwhile.
  ///
  /// @param index to be written, named `*.safetensors.index.json`; shards stand beside it as
  ///   `*-00001-of-00003.safetensors`
  /// @param tensors by name; they fill the shards in this order
  /// @param metadata texts to be stored in every shard
  /// @param maxShardBytes of the tensors in one shard; a larger tensor has a shard of its own
  /// @return the files written, the index last
  /// @throws IOException if one cannot be written
  /// @throws IllegalArgumentException if the name or the size is wrong, or as [#save]
  /// @throws UnsupportedOperationException on a big-endian machine
  public static List<Path> saveSharded(
      Path index, Map<String, Tensor> tensors, Map<String, String> metadata, long maxShardBytes)
      throws IOException {
    Bytes.requireLittleEndian("safetensors", ByteOrder.nativeOrder());
    return ShardWriter.write(index, tensors, metadata, maxShardBytes);
  }
}
