package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// Parameters in a list, registered as `0`, `1`, …; PyTorch's `torch.nn.ParameterList`. Tensors
/// that are no [Parameter] become one, as a copy.
public final class ParameterList extends Module implements Iterable<Parameter> {
  private final List<Parameter> parameters = new ArrayList<>();

  /// Parameters in their order.
  ///
  /// @param tensors any number, of floating dtypes
  public ParameterList(Tensor... tensors) {
    this(List.of(tensors));
  }

  /// Parameters in their order.
  ///
  /// @param tensors any number, of floating dtypes
  public ParameterList(Collection<? extends Tensor> tensors) {
    extend(tensors);
  }

  /// Adds a parameter at the end.
  ///
  /// @param tensor a parameter, or the initial values of one
  /// @return this
  @CanIgnoreReturnValue
  public ParameterList append(Tensor tensor) {
    parameters.add(parameter(Integer.toString(parameters.size()), tensor));
    return this;
  }

  /// Adds parameters at the end, in their order.
  ///
  /// @param more any number
  /// @return this
  @CanIgnoreReturnValue
  public ParameterList extend(Collection<? extends Tensor> more) {
    more.forEach(this::append);
    return this;
  }

  /// Puts a parameter in the place of another, which is not freed.
  ///
  /// @param index from the front, or from the back when negative
  /// @param tensor a parameter, or the initial values of one
  /// @return the one that was there
  /// @throws IndexOutOfBoundsException if there is none
  @CanIgnoreReturnValue
  public Parameter set(int index, Tensor tensor) {
    int at = at(index);
    Parameter parameter = tensor instanceof Parameter p ? p : new Parameter(tensor);
    registry().parameters.put(Integer.toString(at), parameter);
    return parameters.set(at, parameter);
  }

  private int at(int index) {
    return Numbers.index("ParameterList", index, parameters.size(), "parameters");
  }

  /// The parameter at a position.
  ///
  /// @param index from the front, or from the back when negative
  /// @return the parameter
  /// @throws IndexOutOfBoundsException if there is none
  public Parameter get(int index) {
    return parameters.get(at(index));
  }

  /// {@return the number of parameters}
  public int size() {
    return parameters.size();
  }

  @Override
  public Iterator<Parameter> iterator() {
    return Collections.unmodifiableList(parameters).iterator();
  }

  /// Throws: a list of parameters computes nothing.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        "ParameterList: a list of parameters has no forward; use them in that of a module");
  }

  @Override
  protected String extraRepr() {
    return ParameterTexts.lines(registry().parameters, true);
  }
}
