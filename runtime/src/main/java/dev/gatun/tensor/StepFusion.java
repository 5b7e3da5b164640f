package dev.gatun.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins a linear layer and the activation that alone reads its result to one step, whose product
/// ends with the activation.
final class StepFusion {
  private final List<Step> steps;
  private final Set<Value> results;

  /// @param results of the program, which must be there in the end
  StepFusion(List<Step> steps, Set<Value> results) {
    this.steps = new ArrayList<>(steps);
    this.results = results;
  }

  /// The steps with those joined that can be.
  List<Step> run() {
    for (int i = 0; i < steps.size(); i++) {
      Step first = steps.get(i);
      Step after = first.op instanceof Products.Linear linear ? reader(linear, first, i) : null;
      if (after != null && first.op instanceof Products.Linear linear) {
        steps.set(steps.indexOf(after), joined(linear, first, after));
        steps.remove(i--);
      }
    }
    return steps;
  }

  /// The step that reads the result of a layer, if it is the only one and an activation.
  private @Nullable Step reader(Products.Linear linear, Step step, int index) {
    if (linear.activation() != Activation.NONE
        || step.made.size() != 1
        || results.contains(step.made.getFirst())) {
      return null;
    }
    Value sums = step.made.getFirst();
    List<Step> readers =
        steps.stream().skip(index + 1L).filter(s -> s.uses.contains(sums)).toList();
    return readers.size() == 1 && isActivation(readers.getFirst(), sums)
        ? readers.getFirst()
        : null;
  }

  private static boolean isActivation(Step step, Value sums) {
    if (activation(step) == null || step.made.size() != 1) {
      return false;
    }
    Tensor before = sums.tensor();
    Tensor after = step.made.getFirst().tensor();
    return before != null
        && after != null
        && after.dtype == before.dtype
        && Arrays.equals(after.shape, before.shape)
        && step.inputs[0].contiguous
        && Arrays.equals(step.inputs[0].shape, before.shape);
  }

  private static @Nullable Activation activation(Step step) {
    for (Activation candidate : Activation.values()) {
      if (candidate.op != null && candidate.op.equals(step.op)) {
        return candidate;
      }
    }
    return null;
  }

  private static Step joined(Products.Linear linear, Step first, Step after) {
    Activation activation = activation(after);
    var whole =
        new Products.Linear(activation == null ? Activation.NONE : activation, linear.weights());
    Step step = new Step(first.name, whole, () -> whole.forward(first.inputs), first.inputs);
    step.made.addAll(after.made);
    step.uses.addAll(first.uses);
    step.uses.removeAll(first.made);
    step.uses.addAll(after.made);
    return step;
  }
}
