package dev.gatun.io;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A set of safetensors files behind one index. A shard is opened when one of its tensors is
/// wanted, and compared with what the index says of it.
final class ShardedFile implements TensorFile {
  private final Path path;
  private final ShardIndex index;

  /// By name, those that were needed so far. Null once closed.
  private @Nullable Map<String, SafetensorsFile> open = new LinkedHashMap<>();

  private ShardedFile(Path path, ShardIndex index) {
    this.path = path;
    this.index = index;
  }

  @MustBeClosed
  static ShardedFile open(Path path) throws IOException {
    return new ShardedFile(path, ShardIndex.read(path));
  }

  @Override
  public TensorFileFormat format() {
    return TensorFileFormat.SHARDED_SAFETENSORS;
  }

  @Override
  public List<TensorInfo> list() throws IOException {
    Map<String, TensorInfo> found = new LinkedHashMap<>();
    for (String shard : new LinkedHashSet<>(index.shards().values())) {
      for (TensorInfo info : shard(shard).list()) {
        found.put(info.name(), info);
      }
    }
    List<TensorInfo> list = new ArrayList<>();
    index.shards().keySet().forEach(name -> list.add(Objects.requireNonNull(found.get(name))));
    return Collections.unmodifiableList(list);
  }

  @Override
  public Tensor tensor(String name) throws IOException {
    String shard = index.shards().get(name);
    if (shard == null) {
      throw new IllegalArgumentException(
          SafetensorsHeader.message(path, "no tensor " + Bytes.quote(name)));
    }
    return shard(shard).tensor(name);
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the set, or at once
  private synchronized SafetensorsFile shard(String name) throws IOException {
    if (open == null) {
      throw new IllegalStateException(SafetensorsHeader.message(path, "the set is closed"));
    }
    SafetensorsFile known = open.get(name);
    if (known != null) {
      return known;
    }
    SafetensorsFile shard;
    try {
      shard = SafetensorsFile.open(path.resolveSibling(name));
    } catch (NoSuchFileException e) {
      throw new TensorFormatException(
          SafetensorsHeader.message(path, "shard %s is missing".formatted(Bytes.quote(name))), e);
    }
    try {
      compare(name, shard);
    } catch (TensorFormatException e) {
      shard.close();
      throw e;
    }
    open.put(name, shard);
    return shard;
  }

  private void compare(String shard, SafetensorsFile file) throws TensorFormatException {
    Set<String> inside = new LinkedHashSet<>();
    file.list().forEach(info -> inside.add(info.name()));
    for (String name : inside) {
      if (!shard.equals(index.shards().get(name))) {
        throw ShardIndex.error(
            path,
            "shard %s has tensor %s, which the index %s"
                .formatted(
                    Bytes.quote(shard),
                    Bytes.quote(name),
                    index.shards().containsKey(name) ? "puts elsewhere" : "does not name"));
      }
    }
    for (Map.Entry<String, String> entry : index.shards().entrySet()) {
      if (entry.getValue().equals(shard) && !inside.contains(entry.getKey())) {
        throw ShardIndex.error(
            path,
            "shard %s does not have tensor %s, which the index puts there"
                .formatted(Bytes.quote(shard), Bytes.quote(entry.getKey())));
      }
    }
  }

  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(index.metadata());
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.values().forEach(SafetensorsFile::close);
      open = null;
    }
  }
}
