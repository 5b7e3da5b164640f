package dev.gatun.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names that a pickle may mention, and what stands for them here. None of them runs code that
/// a file brings.
final class PickleGlobals {
  private static final Map<String, ElementType> STORAGES =
      Map.ofEntries(
          Map.entry("torch.FloatStorage", ElementType.F32),
          Map.entry("torch.DoubleStorage", ElementType.F64),
          Map.entry("torch.HalfStorage", ElementType.F16),
          Map.entry("torch.BFloat16Storage", ElementType.BF16),
          Map.entry("torch.LongStorage", ElementType.I64),
          Map.entry("torch.IntStorage", ElementType.I32),
          Map.entry("torch.ShortStorage", ElementType.I16),
          Map.entry("torch.CharStorage", ElementType.I8),
          Map.entry("torch.ByteStorage", ElementType.U8),
          Map.entry("torch.BoolStorage", ElementType.BOOL),
          Map.entry("torch.ComplexFloatStorage", ElementType.C64),
          Map.entry("torch.ComplexDoubleStorage", ElementType.C128),
          Map.entry("torch.storage.UntypedStorage", ElementType.U8),
          Map.entry("torch.UntypedStorage", ElementType.U8));

  private static final Map<String, ElementType> DTYPES =
      Map.ofEntries(
          Map.entry("torch.float32", ElementType.F32),
          Map.entry("torch.float64", ElementType.F64),
          Map.entry("torch.float16", ElementType.F16),
          Map.entry("torch.bfloat16", ElementType.BF16),
          Map.entry("torch.int64", ElementType.I64),
          Map.entry("torch.int32", ElementType.I32),
          Map.entry("torch.int16", ElementType.I16),
          Map.entry("torch.int8", ElementType.I8),
          Map.entry("torch.uint8", ElementType.U8),
          Map.entry("torch.uint16", ElementType.U16),
          Map.entry("torch.uint32", ElementType.U32),
          Map.entry("torch.uint64", ElementType.U64),
          Map.entry("torch.bool", ElementType.BOOL),
          Map.entry("torch.float8_e4m3fn", ElementType.F8_E4M3),
          Map.entry("torch.float8_e5m2", ElementType.F8_E5M2),
          Map.entry("torch.complex64", ElementType.C64),
          Map.entry("torch.complex128", ElementType.C128));

  private static final Set<String> FUNCTIONS =
      Set.of(
          "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_tensor_v3",
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch.Size",
          "torch.device",
          "collections.OrderedDict",
          "collections.defaultdict",
          "builtins.dict",
          "builtins.list",
          "builtins.set",
          "builtins.frozenset",
          "builtins.int",
          "builtins.float",
          "_codecs.encode",
          "numpy.dtype",
          "numpy.core.multiarray.scalar",
          "numpy._core.multiarray.scalar");

  private PickleGlobals() {}

  /// A type of elements: that of a storage, or a dtype, which is a value too.
  ///
  /// @param name in Python
  /// @param element what it is here
  record Type(String name, ElementType element) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Something that may be called.
  private record Function(String name) {}

  static Object find(PickleReader in, String module, String name, int at)
      throws TensorFormatException {
    String python3 = module.equals("__builtin__") ? "builtins" : module;
    String full = python3 + "." + name;
    ElementType element = STORAGES.getOrDefault(full, DTYPES.get(full));
    if (element != null) {
      return new Type(full, element);
    }
    if (FUNCTIONS.contains(full)) {
      return new Function(full);
    }
    String quoted = Bytes.quote(module + "." + name);
    throw in.error(
        "refused: global %s at offset %d; only tensors, containers, numbers and texts are read (%s)"
            .formatted(quoted.substring(1, quoted.length() - 1), at, "save model.state_dict()"));
  }

  static Object call(PickleReader in, Object function, Object arguments, int at)
      throws TensorFormatException {
    if (!(function instanceof Function(String name)) || !(arguments instanceof List<?> args)) {
      throw in.error("refused: a call of something that is no function at offset %d".formatted(at));
    }
    Object result =
        switch (name) {
          case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" ->
              PickledTensor.of(in, args, storageType(args), at);
          case "torch._utils._rebuild_tensor_v3" -> untyped(in, args, at);
          case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
              args.isEmpty() || !(args.getFirst() instanceof PickledTensor t)
                  ? Optional.empty()
                  : t;
          case "torch.Size" -> sequence(args);
          case "torch.device" -> String.valueOf(args.isEmpty() ? "" : args.getFirst());
          case "collections.OrderedDict", "builtins.dict" -> dict(in, args, at);
          case "collections.defaultdict" -> new LinkedHashMap<>();
          case "builtins.list" -> new ArrayList<>(sequence(args));
          case "builtins.set", "builtins.frozenset" -> set(in, args, at);
          case "_codecs.encode" -> encode(args);
          case "numpy.dtype" ->
              new NumPyScalar.Dtype(args.isEmpty() ? "" : args.getFirst().toString());
          case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" ->
              NumPyScalar.value(args);
          default -> Optional.empty();
        };
    if (result.equals(Optional.empty())) {
      throw in.error("refused: a call of %s at offset %d".formatted(name, at));
    }
    return result;
  }

  private static ElementType storageType(List<?> args) {
    return !args.isEmpty() && args.getFirst() instanceof PickledStorage storage
        ? storage.type()
        : ElementType.U8;
  }

  /// A tensor whose dtype stands beside it: the seventh argument.
  private static Object untyped(PickleReader in, List<?> args, int at)
      throws TensorFormatException {
    if (args.size() < 7 || !(args.get(6) instanceof Type type)) {
      return Optional.empty();
    }
    return PickledTensor.of(in, args, type.element(), at);
  }

  private static List<?> sequence(List<?> args) {
    return args.size() == 1 && args.getFirst() instanceof List<?> list ? list : List.of();
  }

  private static Object dict(PickleReader in, List<?> args, int at) throws TensorFormatException {
    Map<Object, Object> dict = new LinkedHashMap<>();
    for (Object item : sequence(args)) {
      if (!(item instanceof List<?> pair) || pair.size() != 2) {
        return Optional.empty();
      }
      dict.put(Unpickler.key(in, pair.get(0), at), pair.get(1));
    }
    return dict;
  }

  private static Object set(PickleReader in, List<?> args, int at) throws TensorFormatException {
    Set<Object> set = new LinkedHashSet<>();
    for (Object item : sequence(args)) {
      set.add(Unpickler.key(in, item, at));
    }
    return set;
  }

  /// How protocol 2 writes bytes.
  private static Object encode(List<?> args) {
    if (args.size() == 2 && args.get(0) instanceof String text && "latin1".equals(args.get(1))) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    return Optional.empty();
  }

  /// The attributes of an object: those that a state dict has (`_metadata`) do not matter.
  static void build(PickleReader in, Object object, Object state, int at)
      throws TensorFormatException {
    boolean known =
        object instanceof LinkedHashMap<?, ?>
            || object instanceof PickledTensor
            || object instanceof NumPyScalar.Dtype;
    if (!known) {
      throw in.error("refused: attributes of an object at offset %d".formatted(at));
    }
    if (object instanceof NumPyScalar.Dtype dtype && state instanceof List<?> fields) {
      dtype.order(fields.size() > 1 ? String.valueOf(fields.get(1)) : "");
    }
  }
}
