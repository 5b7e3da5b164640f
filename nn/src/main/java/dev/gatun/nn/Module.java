package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.io.Safetensors;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

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
///     return out.call(F.relu(hidden.call(x)));
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
public abstract non-sealed class Module extends RegisteringModule implements AutoCloseable {
  private boolean training = true;

  /// Makes a module without parameters, in training mode.
  protected Module() {}

  /// Computes the output; it belongs to the current scope.
  ///
  /// This is what a module defines. Whoever uses one may call this or [#call], which runs the hooks
  /// too; called directly, `forward` passes them over, as in PyTorch.
  ///
  /// @param x the input
  /// @return the output
  public abstract Tensor forward(Tensor x);

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
    registry().children.values().forEach(child -> child.train(mode));
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

  /// All parameters and persistent buffers by name, in PyTorch's order. Shared ones appear under
  /// every name. The tensors are detached views of the module's own: what is written to them is
  /// seen here.
  ///
  /// @return a new map
  /// @throws IllegalStateException if a parameter is uninitialized
  public final Map<String, Tensor> stateDict() {
    return stateDict("");
  }

  /// As [#stateDict()], with something in front of each name.
  ///
  /// @param prefix such as `encoder.`
  /// @return a new map
  /// @throws IllegalStateException if a parameter is uninitialized
  public final Map<String, Tensor> stateDict(String prefix) {
    return StateDict.save(this, prefix);
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
    return loadStateDict(state, LoadOptions.defaults().detectPrefix(false).strict(strict)).keys();
  }

  /// Copies `state` into the parameters and buffers, as the options say.
  ///
  /// @param state tensors by name
  /// @param options how names, shapes and dtypes are treated
  /// @return what became of every name
  /// @throws IllegalArgumentException if something does not fit; nothing was changed then
  @CanIgnoreReturnValue
  public final LoadReport loadStateDict(Map<String, Tensor> state, LoadOptions options) {
    return StateLoader.load(this, state, options);
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

  /// Loads a file with [LoadOptions#defaults()]: every name must find its partner, behind a prefix
  /// such as `module.` that all of them may share.
  ///
  /// @param path the file, as for [#load(Path, LoadOptions)]
  /// @return what became of every name
  /// @throws IOException if it cannot be read or is damaged
  /// @throws IllegalArgumentException as [#loadStateDict(Map)]
  @CanIgnoreReturnValue
  public final LoadReport load(Path path) throws IOException {
    return load(path, LoadOptions.defaults());
  }

  /// Loads a file of tensors of any format that [dev.gatun.io.TensorFile] reads, which its content
  /// tells: safetensors, the index of a sharded set, PyTorch's `.pt`, npz.
  ///
  /// @param path the file
  /// @param options how names, shapes and dtypes are treated
  /// @return what became of every name
  /// @throws IOException if it cannot be read or is damaged
  /// @throws IllegalArgumentException if something does not fit; nothing was changed then
  @CanIgnoreReturnValue
  public final LoadReport load(Path path, LoadOptions options) throws IOException {
    return StateLoader.load(this, path, options);
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

  /// Converts all parameters and floating buffers, here and below, in place: the objects stay the
  /// same, so that optimizers and modules that share them go on with them. Gradients are converted
  /// too. Tensors that looked at the old values, such as those of an earlier [#stateDict()], end.
  ///
  /// Linear layers and products compute in F32 and F64, and with 16 bits stored as BF16 or F16;
  /// what else has arithmetic in 16 bits says each operation.
  ///
  /// @param dtype a floating dtype
  /// @return this
  /// @throws dev.gatun.tensor.DTypeException if it is not floating
  /// @throws IllegalStateException if another thread is using a parameter
  @CanIgnoreReturnValue
  public final Module to(DType dtype) {
    Conversions.convert(this, dtype);
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
      module.registry().free();
    }
  }

  @Override
  final Tensor run(Tensor x) {
    return forward(x);
  }

  /// What [#toString()] calls this.
  @Override
  String typeName() {
    return ModuleTree.typeName(this);
  }
}
