package dev.gatun.nn.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an optimizer remembers of one parameter from step to step, under PyTorch's names.
public final class ParameterState {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, double[]> numbers = new LinkedHashMap<>();
  private long steps;

  ParameterState() {}

  /// {@return how often the parameter was changed, a step that is under way included}
  public long steps() {
    return steps;
  }

  void steps(long count) {
    steps = count;
  }

  /// What was remembered.
  ///
  /// @param name such as `exp_avg`
  /// @return null before [#put]
  public @Nullable Tensor get(String name) {
    return tensors.get(name);
  }

  /// Remembers a copy.
  ///
  /// @param name such as `exp_avg`
  /// @param value copied into a shared lifetime
  /// @return the copy
  @CanIgnoreReturnValue
  public Tensor put(String name, Tensor value) {
    Tensor copy = value.shared();
    adopt(name, copy);
    return copy;
  }

  /// Remembers a tensor in a shared lifetime, which is this state's from here on.
  void adopt(String name, Tensor tensor) {
    Tensor before = tensors.put(name, tensor);
    if (before != null) {
      before.free();
    }
  }

  /// What was remembered, or zeros.
  ///
  /// @param name such as `exp_avg`
  /// @param like a tensor of the shape and dtype wanted
  /// @return a tensor in a shared lifetime
  public Tensor zerosLike(String name, Tensor like) {
    return fullLike(name, like, 0);
  }

  /// What was remembered, or one number everywhere.
  ///
  /// @param name such as `sum`
  /// @param like a tensor of the shape and dtype wanted
  /// @param value of each element
  /// @return a tensor in a shared lifetime
  public Tensor fullLike(String name, Tensor like, double value) {
    Tensor known = get(name);
    if (known != null) {
      return known;
    }
    try (var _ = Scope.open("optimizer state")) {
      return put(name, Tensor.full(like.dtype(), value, like.shape()));
    }
  }

  /// A number that was remembered.
  ///
  /// @param name such as `mu_product`
  /// @param otherwise what is returned before [#number(String, double)] was called
  /// @return the number
  public double number(String name, double otherwise) {
    double[] known = numbers.get(name);
    return known == null ? otherwise : known[0];
  }

  /// Remembers a number.
  ///
  /// @param name such as `mu_product`
  /// @param value takes the place of what was remembered
  public void put(String name, double value) {
    double[] known = numbers.get(name);
    if (known == null) {
      numbers.put(name, new double[] {value});
    } else {
      known[0] = value;
    }
  }

  /// Forgets one tensor, or nothing.
  void remove(String name) {
    Tensor tensor = tensors.remove(name);
    if (tensor != null) {
      tensor.free();
    }
  }

  /// Gives a tensor another name.
  void rename(String from, String to) {
    Tensor tensor = tensors.remove(from);
    if (tensor != null) {
      tensors.put(to, tensor);
    }
  }

  Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  Set<String> numberNames() {
    return Collections.unmodifiableSet(numbers.keySet());
  }

  void free() {
    tensors.values().forEach(Tensor::free);
    tensors.clear();
    numbers.clear();
    steps = 0;
  }
}
