package dev.gatun.io;

import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a set of safetensors files and their index.
final class ShardWriter {
  private static final String SUFFIX = ".safetensors.index.json";

  private ShardWriter() {}

  static List<Path> write(
      Path index, Map<String, Tensor> tensors, Map<String, String> metadata, long maxBytes)
      throws IOException {
    String name = String.valueOf(index.getFileName());
    if (!name.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          SafetensorsHeader.message(index, "the name of an index must end with " + SUFFIX));
    }
    if (maxBytes <= 0) {
      throw new IllegalArgumentException(
          SafetensorsHeader.message(index, "the size of a shard must be above 0: " + maxBytes));
    }
    String stem = name.substring(0, name.length() - SUFFIX.length());
    List<Map<String, Tensor>> parts = split(tensors, maxBytes);
    Map<String, String> shards = new LinkedHashMap<>();
    List<Path> written = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String shard = "%s-%05d-of-%05d.safetensors".formatted(stem, i + 1, parts.size());
      Path file = index.resolveSibling(shard);
      Safetensors.save(file, parts.get(i), metadata);
      parts.get(i).keySet().forEach(tensor -> shards.put(tensor, shard));
      written.add(file);
    }
    // Last, so that it never names files that are not there.
    long total = tensors.values().stream().mapToLong(ShardWriter::bytes).sum();
    new ShardIndex(shards, Map.of()).write(index, total);
    written.add(index);
    return List.copyOf(written);
  }

  /// In order, as many to a shard as fit; a tensor that is larger has one of its own.
  private static List<Map<String, Tensor>> split(Map<String, Tensor> tensors, long maxBytes) {
    List<Map<String, Tensor>> parts = new ArrayList<>();
    Map<String, Tensor> part = new LinkedHashMap<>();
    long size = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long bytes = bytes(tensor.getValue());
      if (!part.isEmpty() && size > maxBytes - bytes) {
        parts.add(part);
        part = new LinkedHashMap<>();
        size = 0;
      }
      part.put(tensor.getKey(), tensor.getValue());
      size += bytes;
    }
    if (!part.isEmpty() || parts.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  private static long bytes(Tensor tensor) {
    return tensor.numel() * tensor.dtype().byteSize();
  }
}
