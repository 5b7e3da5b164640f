package dev.gatun.nn;

import dev.gatun.io.Safetensors;
import dev.gatun.tensor.HookHandle;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Records what every layer computes, to be compared with another run or with PyTorch: `gatun diff`
/// names the first layer that departs.
///
/// In PyTorch, the same names in the same order:
///
/// ```python
/// acts, first = {}, lambda y: y[0] if isinstance(y, tuple) else y
/// def hook(name):
///     return lambda m, x, y: acts.setdefault(name, first(y).detach().clone())
/// for name, module in model.named_modules():
///     module.register_forward_hook(hook(name or "output"))
/// model.eval()(x); torch.save(acts, "python.pt")
/// ```
public final class Activations {
  /// What the output of the recorded module itself is called.
  public static final String OUTPUT = "output";

  private static final String ORDER = "gatun.order";

  private Activations() {}

  /// Calls a module and copies the output of every module in it that is called with one tensor
  /// ([Module#call]), in the order in which they finish. Of a module that is called more than once
  /// the first output counts.
  ///
  /// @param module to be called, in the mode and with the gradients that it has
  /// @param x its input
  /// @return new tensors of the current scope, by name; [#OUTPUT] is what `module` returned
  public static Map<String, Tensor> record(Module module, Tensor x) {
    Map<String, Tensor> activations = new LinkedHashMap<>();
    List<HookHandle> handles = new ArrayList<>();
    try {
      module
          .namedModules()
          .forEach((name, each) ->
              handles.add(
                  each.registerForwardHook((_, _, y) -> {
                    activations.computeIfAbsent(
                        name.isEmpty() ? OUTPUT : name, _ -> y.detach().copy());
                    return null;
                  })));
      Tensor _ = module.call(x);
    } finally {
      handles.forEach(HookHandle::remove);
    }
    return activations;
  }

  /// Saves activations as a safetensors file that keeps their order.
  ///
  /// @param file to be replaced
  /// @param activations by name
  /// @throws IOException if it cannot be written
  public static void save(Path file, Map<String, Tensor> activations) throws IOException {
    Safetensors.save(file, activations, Map.of(ORDER, String.join("\n", activations.keySet())));
  }

  /// The order in which names were saved.
  ///
  /// @param names those of a file
  /// @param metadata of the same file
  /// @return the names in the order of [#save], or as they came where the file does not tell
  public static List<String> order(List<String> names, Map<String, String> metadata) {
    String order = metadata.get(ORDER);
    if (order == null) {
      return List.copyOf(names);
    }
    List<String> ordered = new ArrayList<>(List.of(order.split("\n", -1)));
    ordered.retainAll(names);
    names.stream().filter(name -> !ordered.contains(name)).forEach(ordered::add);
    return List.copyOf(ordered);
  }
}
