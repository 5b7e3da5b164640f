package dev.gatun.nn.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Parameter;
import dev.gatun.tensor.EnableGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Changes parameters in place by their gradients, group by group. What it remembers lives in a
/// shared lifetime until [#close()]; a step leaves nothing else behind. Parameters without a
/// gradient are passed over. For use by one thread at a time.
public abstract class Optimizer implements AutoCloseable {
  private final List<ParameterGroup> groups = new ArrayList<>();
  private final IdentityHashMap<Tensor, ParameterState> states = new IdentityHashMap<>();
  private final OptimizerOptions defaults;

  /// Checks the parameters.
  ///
  /// @param defaults the options of groups that have none of their own
  /// @param groups at least one; their parameters are leaves, each once
  protected Optimizer(OptimizerOptions defaults, List<ParameterGroup> groups) {
    this.defaults = defaults;
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("optimizer: no parameters");
    }
    groups.forEach(this::add);
  }

  /// Has this optimizer change more parameters from the next step on.
  ///
  /// @param group leaves that are in no group of this optimizer yet
  /// @throws IllegalArgumentException if one of them is, or is no leaf, or the options do not fit
  public void addParamGroup(ParameterGroup group) {
    add(group);
  }

  private void add(ParameterGroup group) {
    if (group.parameters().isEmpty()) {
      throw new IllegalArgumentException("optimizer: no parameters");
    }
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.addAll(states.keySet());
    for (Tensor parameter : group.parameters()) {
      if (!parameter.isLeaf()) {
        throw new IllegalArgumentException(
            "optimizer: %s is the result of an operation; pass the leaves it was made from"
                .formatted(parameter.describe()));
      }
      if (parameter instanceof Parameter own && own.isUninitialized()) {
        throw new IllegalArgumentException(
            "optimizer: a parameter is uninitialized; call its module with an input first");
      }
      if (!seen.add(parameter)) {
        throw new IllegalArgumentException(
            "optimizer: %s is given twice".formatted(parameter.describe()));
      }
    }
    group.join(getClass().getSimpleName(), defaults);
    group.parameters().forEach(parameter -> states.put(parameter, new ParameterState()));
    groups.add(group);
  }

  /// {@return the groups in order, as they are now}
  public final List<ParameterGroup> groups() {
    return Collections.unmodifiableList(groups);
  }

  /// {@return the options that a group without its own was given}
  public final OptimizerOptions defaults() {
    return defaults;
  }

  /// {@return the learning rate of the first group}
  public final double lr() {
    return groups.getFirst().lr();
  }

  /// Changes the learning rate of the steps to come, in all groups.
  ///
  /// @param lr not negative
  /// @return this
  @CanIgnoreReturnValue
  public final Optimizer lr(double lr) {
    groups.forEach(group -> group.lr(lr));
    return this;
  }

  /// Forgets the gradients; parameters that get none until the next step are passed over by it.
  /// This is PyTorch 2's default, `zero_grad(set_to_none=True)`.
  public final void zeroGrad() {
    zeroGrad(true);
  }

  /// Clears the gradients.
  ///
  /// @param setToNone whether to forget them; else they become zeros, and parameters that had one
  ///   are changed by the next step even if backward does not reach them
  public final void zeroGrad(boolean setToNone) {
    for (ParameterGroup group : groups) {
      for (Tensor parameter : group.parameters()) {
        Tensor gradient = parameter.grad();
        if (setToNone) {
          parameter.zeroGrad();
        } else if (gradient != null) {
          gradient.zero_();
        }
      }
    }
  }

  /// Changes every parameter that has a gradient.
  ///
  /// @throws UnsupportedOperationException if a step takes several looks at the loss; see
  ///   [#step(Supplier)]
  public abstract void step();

  /// Computes the loss and its gradients, then takes a step.
  ///
  /// @param closure clears the gradients, computes the loss, calls backward and returns the loss;
  ///   what it allocates ends with the call
  /// @return the loss before the step
  @CanIgnoreReturnValue
  public double step(Supplier<Tensor> closure) {
    double loss = evaluate(closure);
    step();
    return loss;
  }

  /// The loss that a closure returns, with recording on and memory freed.
  static double evaluate(Supplier<Tensor> closure) {
    try (var _ = Scope.open("loss");
        var _ = EnableGrad.open()) {
      return closure.get().item();
    }
  }

  /// What is remembered of one of the parameters.
  ///
  /// @param parameter of one of the groups
  /// @return its state, empty before the first step
  protected final ParameterState state(Tensor parameter) {
    ParameterState state = states.get(parameter);
    if (state == null) {
      throw new IllegalArgumentException(
          "optimizer: %s is in no group".formatted(parameter.describe()));
    }
    return state;
  }

  /// What is remembered, and the options of each group, as PyTorch's `state_dict()`.
  ///
  /// @return names and what they stand for; the tensors share this optimizer's memory, so save or
  ///   copy them before the next step
  public final OptimizerState stateDict() {
    return StateTransfer.save(this);
  }

  /// Goes on where the optimizer was that made `state`: copies what it remembered and sets the
  /// options of each group.
  ///
  /// @param state of an optimizer of the same type with groups of the same sizes
  /// @throws IllegalArgumentException if something does not fit; the message lists all of it, and
  ///   nothing was changed
  public final void loadStateDict(OptimizerState state) {
    StateTransfer.load(this, state);
  }

  /// Goes on where PyTorch's optimizer was: reads the `state_dict()` that `torch.save` wrote, alone
  /// or anywhere in the dicts and lists of a checkpoint.
  ///
  /// @param file the `.pt` file; it must hold one such state
  /// @throws IOException if it cannot be read
  /// @throws IllegalArgumentException if it holds none or several, or as [#loadStateDict]
  public final void load(Path file) throws IOException {
    PyTorchState.load(this, file, null);
  }

  /// As [#load(Path)], of a file that holds the states of several optimizers.
  ///
  /// @param file the `.pt` file
  /// @param name the keys and indices on the way, with dots between them: `optimizers.0`
  /// @throws IOException if it cannot be read
  /// @throws IllegalArgumentException if it holds no such state, or as [#loadStateDict]
  public final void load(Path file, String name) throws IOException {
    PyTorchState.load(this, file, name);
  }

  /// Whether a remembered tensor can be that of `parameter`.
  boolean fits(Tensor parameter, Tensor remembered) {
    return Arrays.equals(parameter.shape(), remembered.shape());
  }

  /// Frees what was remembered; the next step starts anew.
  @Override
  public final void close() {
    states.values().forEach(ParameterState::free);
  }

  /// The name and the options, group by group where there are several.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(getClass().getSimpleName());
    for (int i = 0; i < groups.size(); i++) {
      String options = groups.get(i).options().toString();
      text.append(i == 0 ? "" : ", ").append(options.substring(options.indexOf('[')));
    }
    return text.toString();
  }

  static void requireNonNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("optimizer: " + name + " must not be negative: " + value);
    }
  }

  static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "optimizer: " + name + " must be at least 0 and below 1: " + value);
    }
  }
}
