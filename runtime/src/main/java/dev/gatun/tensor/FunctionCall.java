package dev.gatun.tensor;

import dev.gatun.memory.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One call of a function that is differentiated, recorded from inputs of its own.
record FunctionCall(String op, List<Tensor> inputs, List<Tensor> outputs, boolean createGraph) {
  static FunctionCall of(
      String op,
      Function<List<Tensor>, List<Tensor>> function,
      List<Tensor> inputs,
      Functional.Config config) {
    List<Tensor> own = new ArrayList<>();
    try (var _ = EnableGrad.open()) {
      for (Tensor input : inputs) {
        // A view, so that the caller's graph, if it has one, goes on behind it.
        boolean joined = config.createGraph() && input.requiresGrad();
        own.add(joined ? new Movement.Reshape(Size.of(input.shape)).apply(input) : leaf(input));
      }
      return new FunctionCall(op, own, function.apply(own), config.createGraph());
    }
  }

  private static Tensor leaf(Tensor input) {
    return input.detach().requiresGrad_();
  }

  List<Tensor> results() {
    return createGraph ? outputs : outputs.stream().map(Tensor::detach).toList();
  }

  /// The Jacobians of output `i`, one for each input.
  List<Tensor> rows(int i, Functional.Config config) {
    Tensor y = outputs.get(i);
    List<List<Tensor>> rows = new ArrayList<>();
    inputs.forEach(_ -> rows.add(new ArrayList<>()));
    for (long at = 0; at < y.numel; at++) {
      Tensor one = Tensor.zeros(y.dtype, y.numel);
      one.set_(1, at);
      List<Tensor> v = List.of(one.view(y.shape));
      List<Tensor> row =
          gradients(op, List.of(y), inputs, v, config.createGraph(), config.strict());
      for (int k = 0; k < row.size(); k++) {
        rows.get(k).add(row.get(k).reshape(row.get(k).numel));
      }
    }
    List<Tensor> jacobians = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      Tensor x = inputs.get(k);
      long[] shape = concat(y.shape, x.shape);
      jacobians.add(
          rows.get(k).isEmpty()
              ? Tensor.zeros(x.dtype, shape)
              : Tensor.stack(rows.get(k), 0).reshape(shape));
    }
    return jacobians;
  }

  List<Tensor> times(List<Tensor> v, boolean createGraph, boolean strict) {
    return gradients(op, outputs, inputs, v, createGraph, strict);
  }

  /// The gradients of `outputs`, zeros where they do not depend on an input.
  static List<Tensor> gradients(
      String op,
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict) {
    List<Tensor> recorded = new ArrayList<>();
    List<@Nullable Tensor> seeds = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).requiresGrad()) {
        recorded.add(outputs.get(i));
        seeds.add(v == null ? null : v.get(i));
      } else if (strict) {
        throw new IllegalStateException(
            "%s: output %d does not depend on any input: %s"
                .formatted(op, i, outputs.get(i).describe()));
      }
    }
    GradOptions options =
        new GradOptions()
            .gradOutputs(seeds.toArray(new @Nullable Tensor[0]))
            .allowUnused()
            .retainGraph();
    List<@Nullable Tensor> found =
        recorded.isEmpty()
            ? new ArrayList<@Nullable Tensor>(Collections.nCopies(inputs.size(), null))
            : Autograd.grad(recorded, inputs, createGraph ? options.createGraph() : options);
    List<Tensor> gradients = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      Tensor g = found.get(k);
      if (g == null && strict) {
        throw new IllegalStateException(
            "%s: no output depends on input %d: %s".formatted(op, k, inputs.get(k).describe()));
      }
      gradients.add(g == null ? Tensor.zeros(inputs.get(k).dtype, inputs.get(k).shape) : g);
    }
    return gradients;
  }

  void requireLike(String name, String what, List<Tensor> v, List<Tensor> like) {
    if (v.size() != like.size()) {
      throw new IllegalArgumentException(
          "%s: needs one tensor of %s for each: %d given, %d needed"
              .formatted(name, what, v.size(), like.size()));
    }
    for (int i = 0; i < v.size(); i++) {
      Gradient.require(name, what, v.get(i), like.get(i).dtype, like.get(i).shape);
    }
  }

  private static long[] concat(long[] a, long[] b) {
    long[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /// Hands what `scope` owns of these tensors to the scope around it.
  static void keep(Scope scope, Iterable<? extends @Nullable Tensor> tensors) {
    for (Tensor tensor : tensors) {
      if (tensor != null && tensor.storage.isOwnedBy(scope)) {
        tensor.storage.keep();
      }
    }
  }
}
