package dev.gatun.io;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A safetensors file that is mapped into memory until it is closed. Where the garbage collector
/// may decide when it is unmapped, [Safetensors#load(Path)] is simpler.
///
/// Opening reads the header alone, so it takes no longer for larger files; every tensor is made
/// when it is asked for. Once the file is closed, reading its tensors is an exception.
public final class SafetensorsFile implements TensorFile {
  private final MappedFile file;
  private final SafetensorsMapping mapping;

  private SafetensorsFile(MappedFile file, SafetensorsMapping mapping) {
    this.file = file;
    this.mapping = mapping;
  }

  /// Maps a file.
  ///
  /// @param path of the file
  /// @return the open file
  /// @throws TensorFormatException if the header is damaged
  /// @throws IOException if it cannot be read
  /// @throws UnsupportedOperationException on a big-endian machine
  @MustBeClosed
  public static SafetensorsFile open(Path path) throws IOException {
    Bytes.requireLittleEndian("safetensors", ByteOrder.nativeOrder());
    MappedFile file = MappedFile.open("safetensors", path);
    boolean opened = false;
    try {
      var result = new SafetensorsFile(file, SafetensorsMapping.of(file, path));
      opened = true;
      return result;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  @Override
  public TensorFileFormat format() {
    return TensorFileFormat.SAFETENSORS;
  }

  @Override
  public List<TensorInfo> list() {
    return mapping.header().tensors().values().stream().map(SafetensorsHeader.Entry::info).toList();
  }

  @Override
  public Tensor tensor(String name) throws IOException {
    SafetensorsHeader.Entry entry = mapping.header().tensors().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(file.where() + ": no tensor " + Bytes.quote(name));
    }
    if (file.arena().scope().isAlive()) {
      file.checkLength();
    }
    return mapping.tensor(entry);
  }

  /// The texts that were saved with the tensors.
  ///
  /// @return a map that cannot be changed, empty when there are none
  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(mapping.header().metadata());
  }

  @Override
  public void close() {
    file.close();
  }
}
