package dev.gatun.nn.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Changes parameters in place by their gradients. What it remembers lives in a shared lifetime
/// until [#close()]; a step leaves nothing else behind. Parameters without a gradient are passed
/// over. For use by one thread at a time.
public abstract class Optimizer implements AutoCloseable {
  private final List<Tensor> parameters;
  private final List<State> states;
  private double lr;

  /// Checks the parameters.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  protected Optimizer(List<? extends Tensor> parameters, double lr) {
    this.parameters = List.copyOf(parameters);
    this.states = IntStream.range(0, parameters.size()).mapToObj(_ -> new State()).toList();
    this.lr = lr;
    requireNonNegative("lr", lr);
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("optimizer: no parameters");
    }
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Tensor parameter : parameters) {
      if (!parameter.isLeaf()) {
        throw new IllegalArgumentException(
            "optimizer: %s is the result of an operation; pass the leaves it was made from"
                .formatted(parameter.describe()));
      }
      if (!seen.add(parameter)) {
        throw new IllegalArgumentException(
            "optimizer: %s is given twice".formatted(parameter.describe()));
      }
    }
  }

  /// {@return the learning rate}
  public final double lr() {
    return lr;
  }

  /// Changes the learning rate of the steps to come.
  ///
  /// @param lr not negative
  /// @return this
  @CanIgnoreReturnValue
  public final Optimizer lr(double lr) {
    requireNonNegative("lr", lr);
    this.lr = lr;
    return this;
  }

  /// Clears the gradients; parameters that get none until the next step are passed over by it.
  public final void zeroGrad() {
    parameters.forEach(Tensor::zeroGrad);
  }

  /// Changes every parameter that has a gradient.
  public final void step() {
    try (var _ = NoGrad.open()) {
      for (int i = 0; i < parameters.size(); i++) {
        Tensor parameter = parameters.get(i);
        Tensor gradient = parameter.grad();
        if (gradient != null) {
          State state = states.get(i);
          state.steps++;
          if (makesNothing()) {
            update(parameter, gradient, state);
          } else {
            try (var _ = Scope.open("optimizer step")) {
              update(parameter, gradient, state);
            }
          }
        }
      }
    }
  }

  /// Whether [#update] makes no tensor beside the state, so that it needs no scope.
  boolean makesNothing() {
    return false;
  }

  /// Changes one parameter in place. Nothing is recorded, and what is allocated ends with the call.
  ///
  /// @param parameter to be changed
  /// @param gradient must not be changed
  /// @param state of this parameter
  protected abstract void update(Tensor parameter, Tensor gradient, State state);

  /// Frees what was remembered; the next step starts anew.
  @Override
  public final void close() {
    states.forEach(State::free);
  }

  static void requireNonNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("optimizer: " + name + " must not be negative: " + value);
    }
  }

  /// What is remembered of one parameter from step to step, under PyTorch's names.
  protected static final class State {
    private final Map<String, Tensor> tensors = new HashMap<>();
    private long steps;

    private State() {}

    /// {@return how often the parameter was changed, this step included}
    public long steps() {
      return steps;
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
      Tensor before = tensors.put(name, copy);
      if (before != null) {
        before.free();
      }
      return copy;
    }

    /// What was remembered, or zeros.
    ///
    /// @param name such as `exp_avg`
    /// @param like a tensor of the shape and dtype wanted
    /// @return a tensor in a shared lifetime
    public Tensor zerosLike(String name, Tensor like) {
      Tensor known = get(name);
      if (known != null) {
        return known;
      }
      try (var _ = Scope.open("optimizer state")) {
        return put(name, Tensor.zeros(like.dtype(), like.shape()));
      }
    }

    private void free() {
      tensors.values().forEach(Tensor::free);
      tensors.clear();
      steps = 0;
    }
  }
}
