package dev.gatun.io;

import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A safetensors file in memory, for as long as an arena lives.
///
/// @param header what the file says of its tensors, checked
/// @param data the bytes that it describes
/// @param arena for tensors that have to be copied
record SafetensorsMapping(SafetensorsHeader header, MemorySegment data, Arena arena) {

  static SafetensorsMapping map(Path file, Arena arena) throws IOException {
    try (FileChannel channel = Bytes.open(file)) {
      SafetensorsHeader header = SafetensorsHeader.read(file, channel);
      header.check();
      long size = header.dataStart() + header.dataBytes();
      return of(header, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena), arena);
    }
  }

  static SafetensorsMapping of(MappedFile file, Path path) throws IOException {
    SafetensorsHeader header = SafetensorsHeader.read(path, file.channel());
    header.check();
    return of(header, file.bytes(), file.arena());
  }

  private static SafetensorsMapping of(SafetensorsHeader header, MemorySegment file, Arena arena)
      throws IOException {
    if (header.dataStart() + header.dataBytes() > file.byteSize()) {
      throw SafetensorsHeader.error(header.file(), "the file was cut short while it was read");
    }
    return new SafetensorsMapping(
        header, file.asSlice(header.dataStart(), header.dataBytes()), arena);
  }

  Map<String, Tensor> tensors() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry entry : header.tensors().values()) {
      tensors.put(entry.name(), tensor(entry));
    }
    return tensors;
  }

  Tensor tensor(SafetensorsHeader.Entry entry) throws IOException {
    ElementType type = header.type(entry);
    return MappedFile.tensor(
        SafetensorsHeader.where(header.file()),
        entry.name(),
        data.asSlice(entry.begin(), entry.end() - entry.begin()),
        type,
        Bytes.toArray(entry.shape()),
        arena);
  }
}
