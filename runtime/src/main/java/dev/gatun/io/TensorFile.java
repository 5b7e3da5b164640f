package dev.gatun.io;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Named tensors in a file of any format, read when they are asked for.
///
/// | file | what is read | without a copy |
/// |------|--------------|----------------|
/// | safetensors | one file | yes |
/// | `*.safetensors.index.json` | the files that it names, each when one of its tensors is wanted | yes |
/// | PyTorch's `.pt`, `.pth` (zip) | every tensor in nested dicts and lists, `a.b.0` by name | where stored uncompressed and aligned, as `torch.save` does |
/// | npz | the arrays by name | where stored uncompressed and aligned |
/// | npy | one array named `array` | yes, where aligned and little-endian |
///
/// Tensors are read-only, belong to no scope, serve every thread, and can be used until the file is
/// closed. Dtypes that Gatun lacks are widened into memory of their own where no value changes: I8,
/// I16 and U16 to I32, U32 to I64, F8_E4M3 and F8_E5M2 to F32. Others are listed, and refused by
/// name when they are read.
///
/// A program that cuts a mapped file short takes away memory that is in use, as with every mapped
/// file. [#tensor(String)] notices and refuses. A tensor that was returned before throws
/// [InternalError] when Java reads the missing part; native code that is reading it at that moment
/// ends the process. Replacing a file by another, as every writer of this package does, is
/// harmless.
public sealed interface TensorFile extends AutoCloseable
    permits SafetensorsFile, ShardedFile, PyTorchFile, NumPyFile {

  /// Opens a file, whatever its name is: the content tells the format.
  ///
  /// @param file to be read
  /// @return the open file
  /// @throws TensorFormatException if it is of no known format, or damaged
  /// @throws IOException if it cannot be read
  /// @throws UnsupportedOperationException on a big-endian machine
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // each branch hands its file to the caller
  static TensorFile open(Path file) throws IOException {
    return switch (format(file)) {
      case SAFETENSORS -> SafetensorsFile.open(file);
      case SHARDED_SAFETENSORS -> ShardedFile.open(file);
      case PYTORCH -> PyTorchFile.open(file);
      case NPY, NPZ -> NumPyFile.open(file);
    };
  }

  /// Tells the format of a file by its content.
  ///
  /// @param file to be looked at
  /// @return the format
  /// @throws TensorFormatException if it is of none that is known
  /// @throws IOException if it cannot be read
  static TensorFileFormat format(Path file) throws IOException {
    try (FileChannel channel = Bytes.open(file)) {
      ByteBuffer start = ByteBuffer.allocate(Formats.PROBE);
      boolean _ = Bytes.read(channel, 0, start);
      return Formats.of(file, channel, start.flip());
    }
  }

  /// {@return what the file is}
  TensorFileFormat format();

  /// Describes every tensor, in the order of the file.
  ///
  /// @return a list that cannot be changed
  /// @throws IOException if a part of the set cannot be read
  List<TensorInfo> list() throws IOException;

  /// Reads one tensor.
  ///
  /// @param name one of [#list()]
  /// @return a read-only tensor that can be used until the file is closed
  /// @throws IllegalArgumentException if there is none of that name
  /// @throws TensorFormatException if it is damaged or has a dtype that there is no type for
  /// @throws IOException if it cannot be read
  Tensor tensor(String name) throws IOException;

  /// Reads all tensors.
  ///
  /// @return a map that cannot be changed, in the order of the file
  /// @throws IOException as [#tensor(String)]
  default Map<String, Tensor> tensors() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorInfo info : list()) {
      tensors.put(info.name(), tensor(info.name()));
    }
    return Collections.unmodifiableMap(tensors);
  }

  /// What the file holds beside tensors: the metadata of safetensors, the numbers and texts of a
  /// PyTorch file by name.
  ///
  /// @return a map that cannot be changed, empty when there is nothing
  Map<String, String> metadata();

  /// Tells which tensors lie in the same memory, as tied weights in a PyTorch file do.
  ///
  /// @return groups of two and more names, each in the order of the file
  default List<List<String>> shared() {
    return List.of();
  }

  /// Gives the file back. Tensors of it can no longer be read. Closing twice does nothing.
  ///
  /// @throws IllegalStateException if another thread is using a tensor in native code right now
  @Override
  void close();
}
