package dev.gatun.io;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What `torch.save` wrote since PyTorch 1.6: a zip file with a pickle and the bytes of tensors.
///
/// The pickle is read by a reader that executes nothing. It accepts tensors and parameters of every
/// dtype, views that share memory, `OrderedDict`, `dict`, `list`, `tuple`, `set`, numbers (NumPy's
/// too), texts, bytes, `bool` and `None`, and refuses everything else by name: a whole pickled
/// module is refused, its `state_dict()` is read. The size, depth and number of values are bounded.
///
/// Names are those of the dicts and the numbers of the lists on the way, with dots between them:
/// `{"model": {"fc.weight": w}, "steps": [3]}` has a tensor `model.fc.weight` and the text `3` as
/// `steps.0`. A tensor alone is called `tensor`. Bytes that `torch.save` stored are mapped, not
/// copied; views keep their strides and share their memory. Files of big-endian machines are turned
/// around.
public final class PyTorchFile implements TensorFile {
  private static final int MAX_PICKLE = 1 << 26;
  private static final int LEGACY_MAGIC = 0x80;

  private final MappedFile file;
  private final Map<String, ZipDirectory.Entry> entries;
  private final String folder;
  private final boolean bigEndian;
  private final Object root;
  private final PickleTree tree;
  private final Map<PickledStorage, Map<ElementType, Tensor>> storages = new HashMap<>();

  private PyTorchFile(MappedFile file) throws IOException {
    this.file = file;
    refuseLegacy();
    this.entries = ZipDirectory.read(file.where(), file.channel()).entries();
    this.folder = folder();
    this.bigEndian = isBigEndian();
    ZipDirectory.Entry entry = entry("data.pkl", "a pickle");
    if (entry.size() > MAX_PICKLE) {
      throw file.error("pickle of %d bytes (at most %d)".formatted(entry.size(), MAX_PICKLE));
    }
    byte[] pickle = new byte[0];
    try (Arena arena = Arena.ofConfined()) {
      pickle = new ZipContent(file).of(entry, arena).toArray(ValueLayout.JAVA_BYTE);
    }
    this.root = Unpickler.read(new PickleReader(file.where(), ByteBuffer.wrap(pickle)));
    this.tree = PickleTree.of(file.where(), root);
  }

  /// Opens a file and reads its pickle; the bytes of tensors are looked at when they are wanted.
  ///
  /// @param path of the file
  /// @return the open file
  /// @throws TensorFormatException if it is damaged, was written before PyTorch 1.6, or holds what
  ///   is not read
  /// @throws IOException if it cannot be read
  /// @throws UnsupportedOperationException on a big-endian machine
  @MustBeClosed
  public static PyTorchFile open(Path path) throws IOException {
    Bytes.requireLittleEndian("pytorch", ByteOrder.nativeOrder());
    MappedFile file = MappedFile.open("pytorch", path);
    boolean opened = false;
    try {
      var result = new PyTorchFile(file);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private void refuseLegacy() throws TensorFormatException {
    MemorySegment bytes = file.bytes();
    if (bytes.byteSize() > 0 && (bytes.get(ValueLayout.JAVA_BYTE, 0) & 0xff) == LEGACY_MAGIC) {
      throw file.error(
          "was saved in the format before PyTorch 1.6, which is not read; save it again in Python:"
              + " torch.save(torch.load(old), new)");
    }
  }

  private String folder() throws TensorFormatException {
    List<String> pickles =
        entries.keySet().stream()
            .filter(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))
            .toList();
    if (pickles.size() != 1) {
      throw file.error("has %d pickles named data.pkl (expected 1)".formatted(pickles.size()));
    }
    String name = pickles.getFirst();
    String parent = name.substring(0, name.length() - "data.pkl".length());
    if (entries.containsKey(parent + "constants.pkl")) {
      throw file.error("is a TorchScript archive; save model.state_dict() with torch.save instead");
    }
    return parent;
  }

  private boolean isBigEndian() throws IOException {
    ZipDirectory.Entry marker = entries.get(folder + "byteorder");
    if (marker == null) {
      return false;
    }
    String order =
        new String(new ZipContent(file).start(marker, 16), StandardCharsets.US_ASCII).strip();
    return switch (order) {
      case "little" -> false;
      case "big" -> true;
      default -> throw file.error("unknown byte order %s".formatted(Bytes.quote(order)));
    };
  }

  private ZipDirectory.Entry entry(String name, String what) throws TensorFormatException {
    ZipDirectory.Entry entry = entries.get(folder + name);
    if (entry == null) {
      throw file.error("%s is missing: %s".formatted(what, Bytes.quote(folder + name)));
    }
    return entry;
  }

  @Override
  public TensorFileFormat format() {
    return TensorFileFormat.PYTORCH;
  }

  @Override
  public List<TensorInfo> list() {
    return tree.tensors().entrySet().stream()
        .map(tensor -> tensor.getValue().info(tensor.getKey()))
        .toList();
  }

  @Override
  public Tensor tensor(String name) throws IOException {
    PickledTensor tensor = tree.tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(file.where() + ": no tensor " + Bytes.quote(name));
    }
    file.checkLength();
    return tensor(name, tensor);
  }

  private synchronized Tensor tensor(String name, PickledTensor tensor) throws IOException {
    PickledStorage storage = tensor.storage();
    Map<ElementType, Tensor> known = storages.computeIfAbsent(storage, _ -> new HashMap<>());
    Tensor flat = known.get(tensor.type());
    if (flat == null) {
      flat = flat(name, storage, tensor.type());
      known.put(tensor.type(), flat);
    }
    return Strided.view(flat, tensor.offset(), tensor.shape(), tensor.strides());
  }

  private Tensor flat(String name, PickledStorage storage, ElementType type) throws IOException {
    long needed = storage.numel() * storage.type().byteSize();
    ZipDirectory.Entry entry = entry("data/" + storage.key(), "a storage");
    if (entry.size() < needed) {
      throw file.error(
          "storage %s has %d bytes, %d are needed"
              .formatted(Bytes.quote(storage.key()), entry.size(), needed));
    }
    long count = needed / type.byteSize();
    MemorySegment data = new ZipContent(file).of(entry).asSlice(0, count * type.byteSize());
    if (bigEndian && type.byteSize() > 1 && type.target() != null) {
      data = file.arena().allocate(data.byteSize(), Long.BYTES).copyFrom(data);
      Bytes.swap(data, type.byteSize());
    }
    return file.tensor(name, data, type, List.of(count));
  }

  /// Everything that the file holds, as it was nested.
  ///
  /// | Python | here |
  /// |--------|------|
  /// | `dict`, `OrderedDict` | [Map] in the same order |
  /// | `list`, `tuple` | [List] |
  /// | `set` | [java.util.Set] |
  /// | `int` | `Long`, or `BigInteger` where that is too small |
  /// | `float`, `bool`, `str`, `bytes` | `Double`, `Boolean`, `String`, `byte[]` |
  /// | `None` | an empty [java.util.Optional] |
  /// | a tensor | [Tensor], as [#tensor(String)] gives it |
  ///
  /// @return the root
  /// @throws IOException as [#tensor(String)]
  public Object content() throws IOException {
    file.checkLength();
    return new PickleContent(this::tensor).of("", root);
  }

  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(tree.texts());
  }

  @Override
  public List<List<String>> shared() {
    return tree.shared();
  }

  @Override
  public void close() {
    file.close();
  }
}
