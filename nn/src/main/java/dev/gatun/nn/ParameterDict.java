package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/// Parameters by name, registered under it; PyTorch's `torch.nn.ParameterDict`. Tensors that are no
/// [Parameter] become one, as a copy.
public final class ParameterDict extends Module implements Iterable<String> {
  /// No parameters yet.
  public ParameterDict() {}

  /// Parameters in the order of a map; pass one that keeps it, such as [java.util.LinkedHashMap].
  ///
  /// @param tensors by name, of floating dtypes
  public ParameterDict(Map<String, ? extends Tensor> tensors) {
    update(tensors);
  }

  /// Adds a parameter, or puts it in the place of the one of its name, which is not freed.
  ///
  /// @param name not empty, without dots
  /// @param tensor a parameter, or the initial values of one
  /// @return this
  /// @throws IllegalArgumentException if the name is bad
  @CanIgnoreReturnValue
  public ParameterDict put(String name, Tensor tensor) {
    if (containsKey(name)) {
      Parameter parameter = tensor instanceof Parameter p ? p : new Parameter(tensor);
      registry().parameters.put(name, parameter);
    } else {
      parameter(name, tensor);
    }
    return this;
  }

  /// Adds parameters, in the order of a map.
  ///
  /// @param more by name
  /// @return this
  /// @throws IllegalArgumentException if a name is bad
  @CanIgnoreReturnValue
  public ParameterDict update(Map<String, ? extends Tensor> more) {
    more.forEach(this::put);
    return this;
  }

  /// The parameter of a name.
  ///
  /// @param name its name
  /// @return the parameter
  /// @throws IllegalArgumentException if there is none
  public Parameter get(String name) {
    Parameter parameter = registry().parameters.get(name);
    if (parameter == null) {
      throw Numbers.noKey("ParameterDict", name, keys());
    }
    return parameter;
  }

  /// Takes a parameter out. It is not freed.
  ///
  /// @param name its name
  /// @return the parameter
  /// @throws IllegalArgumentException if there is none
  @CanIgnoreReturnValue
  public Parameter pop(String name) {
    Parameter parameter = get(name);
    registry().parameters.remove(name);
    return parameter;
  }

  /// Takes all parameters out. They are not freed.
  public void clear() {
    registry().parameters.clear();
  }

  /// {@return whether there is a parameter of this name}
  ///
  /// @param name any text
  public boolean containsKey(String name) {
    return registry().parameters.containsKey(name);
  }

  /// {@return the names in their order; a view}
  public Set<String> keys() {
    return Collections.unmodifiableSet(registry().parameters.keySet());
  }

  /// {@return the parameters in their order; a view}
  public Collection<Parameter> values() {
    return Collections.unmodifiableCollection(registry().parameters.values());
  }

  /// {@return names and parameters in their order; a view}
  public Map<String, Parameter> items() {
    return Collections.unmodifiableMap(registry().parameters);
  }

  /// {@return the number of parameters}
  public int size() {
    return registry().parameters.size();
  }

  @Override
  public Iterator<String> iterator() {
    return keys().iterator();
  }

  /// Throws: a dict of parameters computes nothing.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        "ParameterDict: a dict of parameters has no forward; use them in that of a module");
  }

  @Override
  protected String extraRepr() {
    return ParameterTexts.lines(registry().parameters, false);
  }
}
