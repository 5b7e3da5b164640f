package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Modules by name, registered under it; whoever holds them calls them. PyTorch's
/// `torch.nn.ModuleDict`.
///
/// @param <M> what all of them are
public final class ModuleDict<M extends Module> extends Module implements Iterable<String> {
  private final Map<String, M> modules = new LinkedHashMap<>();

  /// No modules yet.
  public ModuleDict() {}

  /// Modules in the order of a map; pass one that keeps it, such as [java.util.LinkedHashMap].
  ///
  /// @param modules by name
  public ModuleDict(Map<String, ? extends M> modules) {
    update(modules);
  }

  /// Adds a module, or puts it in the place of the one of its name, which is not closed.
  ///
  /// @param name not empty, without dots
  /// @param module the module
  /// @return this
  /// @throws IllegalArgumentException if the name is bad, or the module contains this
  @CanIgnoreReturnValue
  public ModuleDict<M> put(String name, M module) {
    if (modules.containsKey(name)) {
      putChild(name, module);
    } else {
      child(name, module);
    }
    modules.put(name, module);
    return this;
  }

  /// Adds modules, in the order of a map.
  ///
  /// @param more by name
  /// @return this
  /// @throws IllegalArgumentException if a name is bad, or a module contains this
  @CanIgnoreReturnValue
  public ModuleDict<M> update(Map<String, ? extends M> more) {
    more.forEach(this::put);
    return this;
  }

  /// The module of a name.
  ///
  /// @param name its name
  /// @return the module
  /// @throws IllegalArgumentException if there is none
  public M get(String name) {
    M module = modules.get(name);
    if (module == null) {
      throw Numbers.noKey("ModuleDict", name, modules.keySet());
    }
    return module;
  }

  /// Takes a module out. It is not closed.
  ///
  /// @param name its name
  /// @return the module
  /// @throws IllegalArgumentException if there is none
  @CanIgnoreReturnValue
  public M pop(String name) {
    M module = get(name);
    modules.remove(name);
    registry().children.remove(name);
    return module;
  }

  /// Takes all modules out. They are not closed.
  public void clear() {
    modules.clear();
    registry().children.clear();
  }

  /// {@return whether there is a module of this name}
  ///
  /// @param name any text
  public boolean containsKey(String name) {
    return modules.containsKey(name);
  }

  /// {@return the names in their order; a view}
  public Set<String> keys() {
    return Collections.unmodifiableSet(modules.keySet());
  }

  /// {@return the modules in their order; a view}
  public Collection<M> values() {
    return Collections.unmodifiableCollection(modules.values());
  }

  /// {@return names and modules in their order; a view}
  public Map<String, M> items() {
    return Collections.unmodifiableMap(modules);
  }

  /// {@return the number of modules}
  public int size() {
    return modules.size();
  }

  @Override
  public Iterator<String> iterator() {
    return keys().iterator();
  }

  /// Throws: a map does not say how its modules follow each other.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException("ModuleDict: a dict has no forward; call its modules");
  }
}
