package dev.gatun.nn.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parameters that an optimizer changes by options of their own; PyTorch's `param_groups`.
///
/// ```java
/// var optimizer =
///     new SGD(
///         SGD.Options.of(0.1).momentum(0.9),
///         ParameterGroup.of(base.parameters()),
///         ParameterGroup.of(head.parameters()).lr(0.01));
/// ```
public final class ParameterGroup {
  private final List<Tensor> parameters;
  private final Map<String, Double> others = new LinkedHashMap<>();
  private @Nullable OptimizerOptions options;
  private boolean joined;

  private ParameterGroup(List<? extends Tensor> parameters, @Nullable OptimizerOptions options) {
    this.parameters = List.copyOf(parameters);
    this.options = options;
  }

  /// With the options of the optimizer, but for what is [#set(String, double)].
  ///
  /// @param parameters leaves, each once
  /// @return a group for one optimizer
  public static ParameterGroup of(List<? extends Tensor> parameters) {
    return new ParameterGroup(parameters, null);
  }

  /// With options of its own.
  ///
  /// @param parameters leaves, each once
  /// @param options of the optimizer's type
  /// @return a group for one optimizer
  public static ParameterGroup of(List<? extends Tensor> parameters, OptimizerOptions options) {
    return new ParameterGroup(parameters, options);
  }

  /// {@return the parameters}
  public List<Tensor> parameters() {
    return parameters;
  }

  /// {@return how these parameters are changed}
  ///
  /// @throws IllegalStateException if the group has no options of its own and is in no optimizer
  public OptimizerOptions options() {
    if (options == null) {
      throw new IllegalStateException("optimizer: the group is not in an optimizer yet");
    }
    return options;
  }

  /// {@return the learning rate}
  public double lr() {
    return options().lr();
  }

  /// Changes the learning rate of the steps to come.
  ///
  /// @param lr not negative
  /// @return this
  @CanIgnoreReturnValue
  public ParameterGroup lr(double lr) {
    return set("lr", lr);
  }

  /// A number by PyTorch's name: `lr`, `weight_decay`, `betas.0`, `initial_lr`.
  ///
  /// @param name of an option, or of what a scheduler keeps here
  /// @return its value
  /// @throws IllegalArgumentException if there is none
  public double get(String name) {
    Double value = find(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "optimizer: a group has no '%s': %s".formatted(name, numbers().keySet()));
    }
    return value;
  }

  /// Whether [#get] has an answer.
  ///
  /// @param name of an option, or of what a scheduler keeps here
  /// @return whether it is known
  public boolean has(String name) {
    return find(name) != null;
  }

  private @Nullable Double find(String name) {
    if (options != null && name.equals("lr")) {
      return options.lr();
    }
    return numbers().get(name);
  }

  /// Changes an option of the steps to come, or keeps a number for a scheduler.
  ///
  /// @param name PyTorch's
  /// @param value the new value
  /// @return this
  /// @throws IllegalArgumentException if the optimizer does not allow it
  @CanIgnoreReturnValue
  public ParameterGroup set(String name, double value) {
    if (options != null && options.numbers().containsKey(name)) {
      options = options.with(name, value);
    } else {
      others.put(name, value);
    }
    return this;
  }

  /// Options and what schedulers keep here, by PyTorch's names.
  Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (options != null) {
      numbers.putAll(options.numbers());
    }
    numbers.putAll(others);
    return numbers;
  }

  /// Becomes a part of an optimizer.
  ///
  /// @param optimizer its name
  /// @param defaults its options, for a group that has none
  void join(String optimizer, OptimizerOptions defaults) {
    OptimizerOptions own = options == null ? defaults : options;
    if (joined) {
      throw new IllegalArgumentException(optimizer + ": the group is in an optimizer already");
    }
    if (own.getClass() != defaults.getClass()) {
      throw new IllegalArgumentException(
          "%s: options of another optimizer: %s".formatted(optimizer, own));
    }
    Map<String, Double> known = own.numbers();
    for (var entry : others.entrySet()) {
      own = known.containsKey(entry.getKey()) ? own.with(entry.getKey(), entry.getValue()) : own;
    }
    own.validate();
    others.keySet().removeAll(known.keySet());
    options = own;
    joined = true;
  }
}
