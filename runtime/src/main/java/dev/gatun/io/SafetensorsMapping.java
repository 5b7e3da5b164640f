package dev.gatun.io;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A safetensors file in memory, for as long as an arena lives.
///
/// @param tensors views of the file, read-only, by name in the order of the header
/// @param metadata the texts stored with them
record SafetensorsMapping(Map<String, Tensor> tensors, Map<String, String> metadata) {

  static SafetensorsMapping map(Path file, Arena arena) throws IOException {
    try (FileChannel channel = Bytes.open(file)) {
      SafetensorsHeader header = SafetensorsHeader.read(file, channel);
      header.check();
      long start = header.dataStart();
      MemorySegment data =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, start + header.dataBytes(), arena)
              .asSlice(start);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.tensors().values()) {
        tensors.put(entry.name(), tensor(header, entry, data, arena));
      }
      return new SafetensorsMapping(tensors, Collections.unmodifiableMap(header.metadata()));
    }
  }

  private static Tensor tensor(
      SafetensorsHeader header, SafetensorsHeader.Entry entry, MemorySegment data, Arena arena)
      throws IOException {
    DType dtype = header.dtype(entry);
    MemorySegment bytes = data.asSlice(entry.begin(), entry.end() - entry.begin());
    if (dtype == DType.BOOL) {
      long bad = Bytes.firstNonBoolean(bytes);
      if (bad >= 0) {
        throw header.error(entry, "element %d of BOOL is neither 0 nor 1".formatted(bad));
      }
    }
    return Tensor.wrap(aligned(bytes, dtype, arena), dtype, Bytes.toArray(entry.shape()));
  }

  /// Native code may rely on the alignment of elements, which old writers did not keep.
  private static MemorySegment aligned(MemorySegment bytes, DType dtype, Arena arena) {
    if (bytes.address() % dtype.byteSize() == 0) {
      return bytes;
    }
    return arena.allocate(bytes.byteSize(), dtype.byteSize()).copyFrom(bytes).asReadOnly();
  }
}
