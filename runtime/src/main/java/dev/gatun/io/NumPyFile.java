package dev.gatun.io;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// NumPy's files: one array, or a zip file of arrays.
final class NumPyFile implements TensorFile {
  /// What the array of an npy file is called, which has no name of its own.
  static final String ONLY = "array";

  private static final String SUFFIX = ".npy";
  private static final int HEADER_START = 1 << 16;

  private final MappedFile file;
  private final TensorFileFormat format;

  /// Zip entries by array name; empty for an npy file.
  private final Map<String, ZipDirectory.Entry> entries = new LinkedHashMap<>();

  private NumPyFile(MappedFile file, TensorFileFormat format) {
    this.file = file;
    this.format = format;
  }

  @MustBeClosed
  static NumPyFile open(Path path) throws IOException {
    TensorFileFormat format = TensorFile.format(path);
    Bytes.requireLittleEndian(format.toString(), ByteOrder.nativeOrder());
    MappedFile file = MappedFile.open(format.toString(), path);
    boolean opened = false;
    try {
      var result = new NumPyFile(file, format);
      if (format == TensorFileFormat.NPZ) {
        result.readDirectory();
      }
      opened = true;
      return result;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private void readDirectory() throws IOException {
    for (ZipDirectory.Entry entry :
        ZipDirectory.read(file.where(), file.channel()).entries().values()) {
      String name = entry.name();
      if (!name.endsWith(SUFFIX)) {
        throw file.error("entry %s is not an npy array".formatted(Bytes.quote(name)));
      }
      entries.put(name.substring(0, name.length() - SUFFIX.length()), entry);
    }
  }

  @Override
  public TensorFileFormat format() {
    return format;
  }

  @Override
  public List<TensorInfo> list() throws IOException {
    List<TensorInfo> list = new ArrayList<>();
    if (format == TensorFileFormat.NPY) {
      list.add(info(ONLY, header(file.where(), NpyHeader.Source.of(file.bytes()))));
    }
    for (Map.Entry<String, ZipDirectory.Entry> entry : entries.entrySet()) {
      byte[] start = new ZipContent(file).start(entry.getValue(), HEADER_START);
      var source = NpyHeader.Source.of(MemorySegment.ofArray(start), entry.getValue().size());
      list.add(info(entry.getKey(), header(where(entry.getKey()), source)));
    }
    return List.copyOf(list);
  }

  private static NpyHeader header(String where, NpyHeader.Source source) throws IOException {
    return NpyHeader.read(where, source);
  }

  private static TensorInfo info(String name, NpyHeader header) {
    ElementType type = header.type();
    return new TensorInfo(
        name,
        type.name(),
        type.target(),
        header.shape(),
        Bytes.bytes(header.shape(), type.byteSize()));
  }

  private String where(String name) {
    return format == TensorFileFormat.NPY
        ? file.where()
        : file.where() + ": array " + Bytes.quote(name);
  }

  @Override
  public Tensor tensor(String name) throws IOException {
    file.checkLength();
    ZipDirectory.Entry entry = entries.get(name);
    boolean only = format == TensorFileFormat.NPY && name.equals(ONLY);
    if (entry == null && !only) {
      throw new IllegalArgumentException(file.where() + ": no array " + Bytes.quote(name));
    }
    MemorySegment content = entry == null ? file.bytes() : new ZipContent(file).of(entry);
    return tensor(name, content);
  }

  private Tensor tensor(String name, MemorySegment content) throws IOException {
    String where = where(name);
    NpyHeader header = header(where, NpyHeader.Source.of(content));
    MemorySegment data = content.asSlice(header.dataStart());
    if (header.bigEndian()) {
      data = file.arena().allocate(data.byteSize(), Long.BYTES).copyFrom(data);
    }
    header.prepare(where, data);
    List<Long> shape = header.fortran() ? header.shape().reversed() : header.shape();
    Tensor stored = file.tensor(name, data, header.type(), shape);
    if (!header.fortran() || stored.dim() < 2) {
      return stored;
    }
    return stored.permute(
        IntStream.range(0, shape.size()).map(i -> shape.size() - 1 - i).toArray());
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public void close() {
    file.close();
  }
}
