package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a [Module] consists of: registration, and the ways to look at what was registered.
abstract sealed class RegisteringModule extends HookedModule permits Module {
  private final Registry registry = new Registry();

  final Registry registry() {
    return registry;
  }

  private Module self() {
    return (Module) this;
  }

  /// What `forward` reads a parameter by that [#computes] names: itself, or what is computed in its
  /// place; see [Parametrizations].
  final Tensor value(String name, Parameter own) {
    Reparametrization computed = registry.computed(name);
    return computed == null ? own : computed.compute(self().isTraining());
  }

  /// Whether `forward` reads the parameter of this name by [#value].
  boolean computes(String name) {
    return false;
  }

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
    registry.checkName("child", name, module, self());
    return putChild(name, module);
  }

  /// Registers a child in place of the one of this name.
  @CanIgnoreReturnValue
  final <M extends Module> M putChild(String name, M module) {
    requireOutside(name, module);
    registry.children.put(name, module);
    return module;
  }

  final void requireOutside(String name, Module module) {
    if (ModuleTree.walk(module).containsValue(self())) {
      throw new IllegalArgumentException(
          "child '" + name + "' of " + ModuleTree.typeName(this) + " contains it");
    }
  }

  /// Registers children as `0`, `1`, … in place of all that there are.
  final void numberChildren(List<? extends Module> modules) {
    registry.children.clear();
    for (int i = 0; i < modules.size(); i++) {
      registry.children.put(Integer.toString(i), modules.get(i));
    }
  }

  /// Registers a parameter. A [Parameter] is registered as it is and so may be shared; any other
  /// tensor is copied into the shared lifetime first.
  ///
  /// @param name its name: not empty, without dots, used once in this module
  /// @param init the initial values, of a floating dtype
  /// @return the registered parameter
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  protected final Parameter parameter(String name, Tensor init) {
    registry.checkName("parameter", name, init, self());
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
    return buffer(name, value, true);
  }

  /// Registers a buffer: never trained, and saved and loaded with the module if it is persistent.
  ///
  /// @param name its name: not empty, without dots, used once in this module
  /// @param value the initial value, copied into the shared lifetime
  /// @param persistent whether it is part of [Module#stateDict()]
  /// @return the registered copy
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  protected final Tensor buffer(String name, Tensor value, boolean persistent) {
    registry.checkName("buffer", name, value, self());
    Buffer buffer = new Buffer(value.detach().shared());
    registry.buffers.put(name, buffer);
    if (!persistent) {
      registry.unsaved.add(name);
    }
    return buffer;
  }

  /// Registers a buffer whose shape the first input will tell; see [LazyModule].
  final Buffer uninitializedBuffer(String name, DType dtype) {
    Buffer buffer = new Buffer(dtype);
    registry.checkName("buffer", name, buffer, self());
    registry.buffers.put(name, buffer);
    return buffer;
  }

  /// Calls `action` on every child, children of children first, then on this module. A module
  /// registered in two places is visited in both, as in PyTorch.
  ///
  /// @param action what to do
  /// @return this
  @CanIgnoreReturnValue
  public final Module apply(Consumer<? super Module> action) {
    children().forEach(child -> child.apply(action));
    action.accept(self());
    return self();
  }

  /// {@return the children in order of registration, each once}
  public final List<Module> children() {
    FieldCheck.check(self());
    return ModuleTree.distinct(registry.children.values());
  }

  /// {@return the children by name in order of registration, each once, under its first name}
  public final Map<String, Module> namedChildren() {
    FieldCheck.check(self());
    return ModuleTree.distinct(registry.children);
  }

  /// {@return this module and everything below it, each once, parents first}
  public final List<Module> modules() {
    return List.copyOf(namedModules().values());
  }

  /// {@return this module under the name `""` and everything below it, each once, parents first}
  public final Map<String, Module> namedModules() {
    return ModuleTree.modules(self());
  }

  /// {@return the parameters of this module and everything below it, shared ones once}
  public final List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /// {@return the parameters by name (`hidden.weight`), shared ones once, under their first name}
  public final Map<String, Parameter> namedParameters() {
    return ModuleTree.members(self(), own -> own.parameters);
  }

  /// The parameters by name, shared ones once, under their first name.
  ///
  /// @param recurse false leaves out those of children
  /// @return a new map
  public final Map<String, Parameter> namedParameters(boolean recurse) {
    return recurse ? namedParameters() : own(members -> members.parameters);
  }

  /// {@return the buffers of this module and everything below it, shared ones once}
  public final List<Tensor> buffers() {
    return List.copyOf(namedBuffers().values());
  }

  /// {@return the buffers by name, shared ones once, under their first name}
  public final Map<String, Tensor> namedBuffers() {
    return new LinkedHashMap<>(ModuleTree.members(self(), own -> own.buffers));
  }

  /// The buffers by name, shared ones once, under their first name.
  ///
  /// @param recurse false leaves out those of children
  /// @return a new map
  public final Map<String, Tensor> namedBuffers(boolean recurse) {
    return recurse ? namedBuffers() : new LinkedHashMap<>(own(members -> members.buffers));
  }

  private <T> Map<String, T> own(Function<Registry, Map<String, T>> select) {
    FieldCheck.check(self());
    return ModuleTree.distinct(select.apply(registry));
  }

  /// The module of a dotted name, `""` for this one.
  ///
  /// @param name such as `encoder.0.linear`
  /// @return the module
  /// @throws IllegalArgumentException if there is none
  public final Module getSubmodule(String name) {
    Module at = self();
    for (String part : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
      Module next = at.registry().children.get(part);
      if (next == null) {
        throw absent("getSubmodule", "module", part, at, name);
      }
      at = next;
    }
    return at;
  }

  /// The parameter of a dotted name.
  ///
  /// @param name such as `encoder.0.weight`
  /// @return the parameter
  /// @throws IllegalArgumentException if there is none
  public final Parameter getParameter(String name) {
    return member("getParameter", "parameter", name, own -> own.parameters);
  }

  /// The buffer of a dotted name.
  ///
  /// @param name such as `norm.running_mean`
  /// @return the buffer
  /// @throws IllegalArgumentException if there is none
  public final Tensor getBuffer(String name) {
    return member("getBuffer", "buffer", name, own -> own.buffers);
  }

  private <T> T member(
      String operation, String kind, String name, Function<Registry, Map<String, T>> select) {
    int dot = name.lastIndexOf('.');
    Module owner = getSubmodule(dot < 0 ? "" : name.substring(0, dot));
    String last = name.substring(dot + 1);
    T found = select.apply(owner.registry()).get(last);
    if (found == null) {
      throw absent(operation, kind, last, owner, name);
    }
    return found;
  }

  private static IllegalArgumentException absent(
      String operation, String kind, String part, Module at, String name) {
    return new IllegalArgumentException(
        "%s: %s has no %s '%s': '%s'".formatted(operation, at.typeName(), kind, part, name));
  }
}
