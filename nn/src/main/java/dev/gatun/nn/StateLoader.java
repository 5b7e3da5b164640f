package dev.gatun.nn;

import dev.gatun.io.TensorFile;
import dev.gatun.memory.DType;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares a state with a module, and copies it only when all of it fits.
final class StateLoader {
  private final Map<String, Tensor> own;
  private final StateSource source;
  private final LoadOptions options;
  private final String prefix;

  private final Map<String, String> found = new LinkedHashMap<>();
  private final Map<String, String> loaded = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<LoadReport.Misshaped> misshaped = new ArrayList<>();
  private final List<LoadReport.Conversion> misfits = new ArrayList<>();
  private final List<LoadReport.Conversion> converted = new ArrayList<>();
  private final List<String> transposed = new ArrayList<>();
  private final Map<String, String> tied = new LinkedHashMap<>();
  private final List<String> ignored = new ArrayList<>();

  private StateLoader(Map<String, Tensor> own, StateSource source, LoadOptions options) {
    this.own = own;
    this.source = source;
    this.options = options;
    this.prefix =
        options.detectPrefix()
            ? Prefixes.detect(own.keySet(), source.entries().keySet(), options.keys())
            : "";
  }

  static LoadReport load(Module module, Map<String, Tensor> state, LoadOptions options) {
    try {
      return load(module, StateSource.of(state), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // only of mapped tensors
    }
  }

  static LoadReport load(Module module, Path path, LoadOptions options) throws IOException {
    try (TensorFile file = TensorFile.open(path)) {
      return load(module, StateSource.of(file), options);
    }
  }

  private static LoadReport load(Module module, StateSource source, LoadOptions options)
      throws IOException {
    return new StateLoader(StateDict.entries(module), source, options).run();
  }

  private LoadReport run() throws IOException {
    match();
    tie();
    found.forEach(this::compare);
    LoadReport report =
        new LoadReport(
            loaded,
            missing,
            unexpected,
            misshaped,
            misfits,
            converted,
            transposed,
            tied,
            ignored,
            prefix);
    if (options.dryRun()) {
      return report;
    }
    String problems = report.problems(options);
    if (problems != null) {
      throw new IllegalArgumentException("stateDict: " + problems);
    }
    try {
      copy(read());
    } catch (InternalError e) {
      // The machine says so when a page of a mapped file is no longer there.
      throw new IOException(
          "stateDict: a mapped file was cut short while it was read; the module is partly loaded",
          e);
    }
    return report;
  }

  /// Finds the partner of every name.
  private void match() {
    for (String name : source.entries().keySet()) {
      String key = name.startsWith(prefix) ? name.substring(prefix.length()) : null;
      String mapped = key == null ? null : options.keys().apply(key);
      if (mapped == null) {
        ignored.add(name);
      } else if (!own.containsKey(mapped)) {
        unexpected.add(name);
      } else {
        String other = found.put(mapped, name);
        if (other != null) {
          throw new IllegalArgumentException(
              "stateDict: '%s' and '%s' both become '%s'".formatted(other, name, mapped));
        }
      }
    }
    own.keySet().stream().filter(name -> !found.containsKey(name)).forEach(missing::add);
  }

  /// Takes away what is missing or unexpected only because two names are one memory.
  private void tie() {
    Map<Tensor, String> first = new IdentityHashMap<>();
    found.keySet().forEach(name -> first.putIfAbsent(own.get(name), name));
    missing.removeIf(name -> tie(name, first.get(own.get(name))));
    Map<String, String> loadedBy = new LinkedHashMap<>();
    for (List<String> group : source.shared()) {
      group.stream()
          .filter(found::containsValue)
          .findFirst()
          .ifPresent(partner -> group.forEach(name -> loadedBy.put(name, partner)));
    }
    unexpected.removeIf(name -> tie(name, loadedBy.get(name)));
  }

  private boolean tie(String name, @Nullable String partner) {
    if (partner != null) {
      tied.put(name, partner);
    }
    return partner != null;
  }

  private void compare(String name, String from) {
    Tensor tensor = own.get(name);
    StateSource.Entry entry = source.entry(from);
    boolean swap = options.keys().isTransposed(name) && entry.shape().size() == 2;
    List<Long> shape = swap ? entry.shape().reversed() : entry.shape();
    if (!StateDict.isUninitialized(tensor) && !shape.equals(sizes(tensor))) {
      misshaped.add(new LoadReport.Misshaped(name, shape, sizes(tensor)));
      return;
    }
    DType dtype = entry.dtype();
    if (dtype != null && dtype != tensor.dtype()) {
      var conversion = new LoadReport.Conversion(name, dtype, tensor.dtype());
      if (!options.dtypes().allows(dtype, tensor.dtype())) {
        misfits.add(conversion);
        return;
      }
      converted.add(conversion);
    }
    if (swap) {
      transposed.add(name);
    }
    loaded.put(name, from);
  }

  private static List<Long> sizes(Tensor tensor) {
    List<Long> sizes = new ArrayList<>();
    for (long size : tensor.shape()) {
      sizes.add(size);
    }
    return sizes;
  }

  /// Reads everything, which fails, while nothing is changed yet, where the scope of a tensor is
  /// closed or not ours, or a file is damaged.
  private Map<String, Tensor> read() throws IOException {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : loaded.entrySet()) {
      Tensor value = source.entry(each.getValue()).reader().read();
      if (value.numel() > 0) {
        double _ = value.get(new long[value.dim()]);
      }
      values.put(each.getKey(), transposed.contains(each.getKey()) ? value.t() : value);
    }
    return values;
  }

  private void copy(Map<String, Tensor> values) {
    try (var _ = NoGrad.open()) {
      values.forEach((name, value) -> {
        Tensor tensor = own.get(name);
        StateDict.materialize(tensor, value);
        tensor.copy_(value);
      });
    }
  }
}
