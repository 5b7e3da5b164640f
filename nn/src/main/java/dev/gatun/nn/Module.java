package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.io.Safetensors;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A part of a network: named parameters, buffers and child modules, and a [#forward] that uses
/// them. Names, order and semantics are those of PyTorch's `torch.nn.Module`, so a `state_dict`
/// saved there loads here, and back.
///
/// Registration is explicit and returns what it registers:
///
/// ```java
/// final class Mlp extends Module {
///   private final Linear hidden = child("hidden", new Linear(20, 256));
///   private final Linear out = child("out", new Linear(256, 10));
///
///   @Override
///   public Tensor forward(Tensor x) {
///     return out.forward(F.relu(hidden.forward(x)));
///   }
/// }
/// ```
///
/// A field that holds a module or a [Parameter] (or an array, collection or map declared to hold
/// them) which is registered nowhere below this module makes [#parameters()], and every other walk
/// over the module, throw [IllegalStateException]: such a layer would silently never train. A
/// `transient` field is exempt. Where the package of a module is not open to `dev.gatun.nn`, its
/// private fields cannot be read; then the fields of each module type are counted against the
/// registered children of that type: each such field, even one that is null, then needs a child or
/// parameter registered by this module itself.
///
/// Parameters and buffers live in a shared lifetime, whatever scope is open. A module may be used
/// by any number of threads at once while nobody trains, registers, loads or closes it.
public abstract class Module implements AutoCloseable {
  private final Registry registry = new Registry();
  private boolean training = true;

  /// Makes a module without parameters, in training mode.
  protected Module() {}

  /// Computes the output; it belongs to the current scope.
  ///
  /// @param x the input
  /// @return the output
  public abstract Tensor forward(Tensor x);

  /// Registers a child module.
  ///
  /// @param <M> the type of the child
  /// @param name its name: not empty, without dots, used once in this module
  /// @param module the child; one module may be registered in several places and is then shared
  /// @return `module`
  /// @throws IllegalArgumentException if the name is bad or taken, or the child contains this
  ///   module
  @CanIgnoreReturnValue
  protected final <M extends Module> M child(String name, M module) {
    registry.checkName("child", name, module, this);
    if (ModuleTree.walk(module).containsValue(this)) {
      throw new IllegalArgumentException(
          "child '" + name + "' of " + ModuleTree.typeName(this) + " contains it");
    }
    registry.children.put(name, module);
    return module;
  }

  /// Registers a parameter. A [Parameter] is registered as it is and so may be shared; any other
  /// tensor is copied into the shared lifetime first.
  ///
  /// @param name its name: not empty, without dots, used once in this module
  /// @param init the initial values, F32 or F64
  /// @return the registered parameter
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  protected final Parameter parameter(String name, Tensor init) {
    registry.checkName("parameter", name, init, this);
    Parameter parameter = init instanceof Parameter p ? p : new Parameter(init);
    registry.parameters.put(name, parameter);
    return parameter;
  }

  /// Registers a buffer: saved and loaded with the module, never trained.
  ///
  /// @param name its name: not empty, without dots, used once in this module
  /// @param value the initial value, copied into the shared lifetime
  /// @return the registered copy
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  protected final Tensor buffer(String name, Tensor value) {
    registry.checkName("buffer", name, value, this);
    Tensor buffer = value.shared();
    registry.buffers.put(name, buffer);
    return buffer;
  }

  /// Sets training mode, here and in all children.
  ///
  /// @return this
  @CanIgnoreReturnValue
  public final Module train() {
    return train(true);
  }

  /// Sets training or evaluation mode, here and in all children.
  ///
  /// @param mode whether to train
  /// @return this
  @CanIgnoreReturnValue
  public Module train(boolean mode) {
    training = mode;
    if (mode) {
      optimize(false);
    }
    registry.children.values().forEach(child -> child.train(mode));
    return this;
  }

  /// Sets evaluation mode, here and in all children.
  ///
  /// @return this
  @CanIgnoreReturnValue
  public final Module eval() {
    return train(false);
  }

  /// Sets evaluation mode, and has layers keep a copy of their weights in the order in which small
  /// batches read them fastest, here and in all children; PyTorch's
  /// `torch.jit.optimize_for_inference`.
  ///
  /// The copies take the memory of those weights once more. They are used while
  /// [dev.gatun.tensor.NoGrad] is open, are made anew when an operation has changed a weight since,
  /// and end with [#train()] and [#close()]. Results stay the same but for rounding.
  ///
  /// @return this
  @CanIgnoreReturnValue
  public final Module optimizeForInference() {
    eval();
    ModuleTree.walk(this).values().forEach(module -> module.optimize(true));
    return this;
  }

  /// Makes or drops what [#optimizeForInference()] keeps of this module alone.
  void optimize(boolean on) {}

  /// {@return whether this module is in training mode}
  public final boolean isTraining() {
    return training;
  }

  /// Calls `action` on every child, children of children first, then on this module. A module
  /// registered in two places is visited in both, as in PyTorch.
  ///
  /// @param action what to do
  /// @return this
  @CanIgnoreReturnValue
  public final Module apply(Consumer<? super Module> action) {
    children().forEach(child -> child.apply(action));
    action.accept(this);
    return this;
  }

  /// {@return the children in order of registration, each once}
  public final List<Module> children() {
    FieldCheck.check(this);
    return ModuleTree.distinct(registry.children.values());
  }

  /// {@return this module under the name `""` and everything below it, each once, parents first}
  public final Map<String, Module> namedModules() {
    return ModuleTree.modules(this);
  }

  /// {@return the parameters of this module and everything below it, shared ones once}
  public final List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /// {@return the parameters by name (`hidden.weight`), shared ones once, under their first name}
  public final Map<String, Parameter> namedParameters() {
    return ModuleTree.members(this, registry -> registry.parameters);
  }

  /// {@return the buffers by name, shared ones once, under their first name}
  public final Map<String, Tensor> namedBuffers() {
    return ModuleTree.members(this, registry -> registry.buffers);
  }

  /// All parameters and buffers by name, in PyTorch's order. Shared ones appear under every name.
  /// The tensors are detached views of the module's own: what is written to them is seen here.
  ///
  /// @return a new map
  public final Map<String, Tensor> stateDict() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    StateDict.entries(this).forEach((name, tensor) -> state.put(name, tensor.detach()));
    return state;
  }

  /// Copies `state` into the parameters and buffers, converting dtypes; keys must match exactly.
  ///
  /// @param state tensors by name
  /// @throws IllegalArgumentException if keys are missing or unexpected or shapes differ; the
  ///   message lists all of them, and nothing was changed
  public final void loadStateDict(Map<String, Tensor> state) {
    loadStateDict(state, true);
  }

  /// Copies `state` into the parameters and buffers, converting dtypes.
  ///
  /// @param state tensors by name
  /// @param strict whether missing and unexpected keys are errors; shapes that differ always are
  /// @return the keys that were missing and unexpected
  /// @throws IllegalArgumentException if something does not fit; nothing was changed then
  @CanIgnoreReturnValue
  public final IncompatibleKeys loadStateDict(Map<String, Tensor> state, boolean strict) {
    return StateDict.load(this, state, strict);
  }

  /// Saves [#stateDict()] as a safetensors file, replacing `path` atomically.
  ///
  /// @param path the file
  /// @throws IOException if it cannot be written
  public final void save(Path path) throws IOException {
    save(path, Map.of());
  }

  /// Saves [#stateDict()] as a safetensors file, replacing `path` atomically.
  ///
  /// @param path the file
  /// @param metadata text stored with it; `format` is `pt` unless given, as PyTorch's readers want
  /// @throws IOException if it cannot be written
  public final void save(Path path, Map<String, String> metadata) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putIfAbsent("format", "pt");
    Safetensors.save(path, stateDict(), all);
  }

  /// Loads a safetensors file, strictly.
  ///
  /// @param path the file
  /// @throws IOException if it cannot be read
  /// @throws IllegalArgumentException as [#loadStateDict(Map)]
  public final void load(Path path) throws IOException {
    Map<String, Tensor> state = Safetensors.load(path);
    try {
      loadStateDict(state);
    } finally {
      state.values().forEach(Tensor::free);
    }
  }

  /// Clears the gradients of all parameters.
  public final void zeroGrad() {
    parameters().forEach(Tensor::zeroGrad);
  }

  /// Freezes or unfreezes all parameters.
  ///
  /// @param requiresGrad whether they take a gradient
  /// @return this
  @CanIgnoreReturnValue
  public final Module requiresGrad_(boolean requiresGrad) {
    for (Parameter parameter : parameters()) {
      parameter.requiresGrad_(requiresGrad);
    }
    return this;
  }

  /// What [#toString()] prints between the parentheses, such as `p=0.5`; empty by default.
  ///
  /// @return one or more lines
  protected String extraRepr() {
    return "";
  }

  /// The structure of this module, as PyTorch prints it.
  @Override
  public final String toString() {
    return ModuleTree.describe(this, extraRepr());
  }

  /// Frees the memory of all parameters, their gradients and all buffers, here and below. Using
  /// them afterwards is an error; closing again is not.
  @Override
  public final void close() {
    for (Module module : ModuleTree.walk(this).values()) {
      module.optimize(false);
      module.registry.free();
    }
  }

  final Registry registry() {
    return registry;
  }
}
