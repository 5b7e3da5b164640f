package dev.gatun.tensor;

import dev.gatun.memory.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One pass over the graph, from results to leaves, without recursion.
///
/// The nodes are first put in an order in which each comes after everything that used its result
/// (Kahn's algorithm, linear in nodes and edges), then visited once each. A node's gradient is
/// complete when its turn comes, so contributions after the first two are added in place.
final class Backward {
  private final boolean retainGraph;
  private final boolean createGraph;
  private final Map<Node, Step> steps = new HashMap<>();
  private final List<Step> reached = new ArrayList<>();
  private final Map<Node, @Nullable Tensor> wanted = new HashMap<>();

  private Backward(boolean retainGraph, boolean createGraph) {
    this.retainGraph = retainGraph;
    this.createGraph = createGraph;
  }

  /// Accumulates the gradient of `root` in the leaves.
  static void accumulate(
      Tensor root, @Nullable Tensor g, boolean retainGraph, boolean createGraph) {
    Tensor seed = seed(root, g);
    Backward pass = new Backward(retainGraph, createGraph);
    if (createGraph) {
      pass.run(List.of(root), List.of(seed));
      return;
    }
    // What the pass makes in between dies with this scope; gradients belong to their leaves.
    try (var _ = Scope.open("backward")) {
      pass.run(List.of(root), List.of(seed));
    }
  }

  /// The gradients of `outputs` with respect to `inputs`, null for an input that none depends on.
  static List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph) {
    List<Tensor> seeds = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      seeds.add(seed(outputs.get(i), gradOutputs == null ? null : gradOutputs.get(i)));
    }
    Backward pass = new Backward(retainGraph, createGraph);
    for (Tensor input : inputs) {
      pass.wanted.put(node("grad", input), null);
    }
    pass.run(outputs, seeds);
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (Tensor input : inputs) {
      gradients.add(pass.wanted.get(node("grad", input)));
    }
    return gradients;
  }

  private static Tensor seed(Tensor root, @Nullable Tensor g) {
    node("backward", root);
    if (g == null) {
      if (root.numel != 1) {
        throw new ShapeException(
            "backward: loss must be a scalar, got %s; call sum() or mean() first"
                .formatted(Shapes.format(root.shape)));
      }
      return Creation.full(root.dtype, 1, root.shape);
    }
    if (!Arrays.equals(g.shape, root.shape) || g.dtype != root.dtype) {
      throw new ShapeException(
          "backward: gradient %s %s does not match result %s %s"
              .formatted(g.dtype, Shapes.format(g.shape), root.dtype, Shapes.format(root.shape)));
    }
    return g;
  }

  private static Node node(String op, Tensor tensor) {
    if (tensor.node == null) {
      throw new IllegalStateException(
          "%s: %s needs no gradient; call requiresGrad_() on a leaf it is computed from, outside NoGrad"
              .formatted(op, tensor.describe()));
    }
    return tensor.node;
  }

  private void run(List<Tensor> roots, List<Tensor> seeds) {
    boolean before = Tape.isRecording();
    Tape.recording(createGraph);
    try {
      List<Step> starts = new ArrayList<>();
      for (Tensor root : roots) {
        starts.add(reach(node("backward", root)));
      }
      List<Step> order = order();
      markNeeded(order);
      for (int i = 0; i < starts.size(); i++) {
        contribute(starts.get(i), seeds.get(i));
      }
      for (Step step : order) {
        visit(step);
      }
    } finally {
      Tape.recording(before);
    }
  }

  /// Finds every node below `root` and counts how many of them use each one's result.
  private Step reach(Node root) {
    int next = reached.size();
    Step start = enter(root);
    for (; next < reached.size(); next++) {
      Step step = reached.get(next);
      for (int i = 0; i < step.parents.length; i++) {
        Node parent = step.node.parent(i);
        if (parent != null) {
          Step below = enter(parent);
          below.uses++;
          step.parents[i] = below;
        }
      }
    }
    return start;
  }

  private Step enter(Node node) {
    Step step = steps.get(node);
    if (step == null) {
      step = new Step(node);
      steps.put(node, step);
      reached.add(step);
    }
    return step;
  }

  private List<Step> order() {
    List<Step> order = new ArrayList<>(reached.size());
    ArrayDeque<Step> ready = new ArrayDeque<>();
    for (Step step : reached) {
      step.usedOnce = step.uses == 1;
      if (step.uses == 0) {
        ready.add(step);
      }
    }
    for (Step step = ready.poll(); step != null; step = ready.poll()) {
      order.add(step);
      for (Step parent : step.parents) {
        if (parent != null && --parent.uses == 0) {
          ready.add(parent);
        }
      }
    }
    return order;
  }

  /// Marks the nodes on a way to something whose gradient is asked for.
  private void markNeeded(List<Step> order) {
    for (int i = order.size() - 1; i >= 0; i--) {
      Step step = order.get(i);
      boolean needed = wanted.isEmpty() ? step.node.leaf() != null : wanted.containsKey(step.node);
      for (Step parent : step.parents) {
        needed |= parent != null && parent.needed;
      }
      step.needed = needed;
    }
  }

  private void visit(Step step) {
    if (!step.needed) {
      return;
    }
    if (step.node instanceof Node.Several node) {
      visit(step, node);
      return;
    }
    Tensor g = step.gradient;
    if (g == null) {
      return;
    }
    step.gradient = null;
    Node node = step.node;
    Tensor leaf = node.leaf();
    if (wanted.containsKey(node)) {
      wanted.put(node, g);
    } else if (wanted.isEmpty() && leaf != null) {
      accumulate(leaf, g);
    }
    if (leaf != null) {
      return;
    }
    if (node instanceof Node.Part part) {
      contribute(step, part, g);
      return;
    }
    Op op = node.operation();
    for (int i = 0; i < step.parents.length; i++) {
      Step parent = step.parents[i];
      if (parent != null && parent.needed && !wroteInto(parent, op, i, node, g)) {
        contribute(parent, op.backward(i, node, g));
      }
    }
    if (!retainGraph) {
      node.release();
    }
  }

  /// Hands the gradient of one of several results to their common node.
  private static void contribute(Step step, Node.Part part, Tensor g) {
    Step whole = step.parents[0];
    if (whole != null && whole.node instanceof Node.Several several) {
      if (whole.gradients == null) {
        whole.gradients = new @Nullable Tensor[several.results()];
      }
      whole.gradients[part.index()] = g;
    }
  }

  private void visit(Step step, Node.Several node) {
    @Nullable Tensor[] gradients = step.gradients;
    if (gradients == null) {
      return;
    }
    step.gradients = null;
    for (int i = 0; i < step.parents.length; i++) {
      Step parent = step.parents[i];
      if (parent != null && parent.needed) {
        Tensor part = node.backward(i, gradients);
        if (part != null) {
          contribute(parent, part);
        }
      }
    }
    if (!retainGraph) {
      node.release();
    }
  }

  private void contribute(Step step, Tensor g) {
    Tensor sum = step.gradient;
    if (sum == null) {
      step.gradient = g;
    } else if (step.gradientOwned && !createGraph) {
      Gradient.addTo(sum, g);
    } else {
      step.gradient = Gradient.sum(sum, g);
      step.gradientOwned = true;
    }
  }

  /// Spares a leaf that one operation alone has used the copy into the memory of its gradient.
  private boolean wroteInto(Step parent, Op op, int i, Node node, Tensor g) {
    Tensor leaf = parent.node.leaf();
    if (leaf == null || !parent.usedOnce || createGraph || !wanted.isEmpty()) {
      return false;
    }
    synchronized (leaf) {
      return gradient(leaf).accumulate(leaf, op, i, node, g);
    }
  }

  private static Gradient gradient(Tensor leaf) {
    Gradient gradient = leaf.gradient;
    if (gradient == null) {
      gradient = new Gradient();
      leaf.gradient = gradient;
    }
    return gradient;
  }

  /// Threads that train a shared leaf at once add up, in whatever order they come.
  private void accumulate(Tensor leaf, Tensor g) {
    synchronized (leaf) {
      Gradient gradient = gradient(leaf);
      if (createGraph) {
        gradient.accumulateRecorded(g);
      } else {
        gradient.accumulate(leaf, g);
      }
    }
  }

  /// What this pass knows of one node. It is kept apart from the node, which other threads may be
  /// passing at the same time: a shared parameter is a node of all their graphs.
  private static final class Step {
    final Node node;
    final @Nullable Step[] parents;
    int uses;
    boolean usedOnce;
    boolean needed;
    boolean gradientOwned;
    @Nullable Tensor gradient;

    /// Of a node with several results, one for each.
    @Nullable Tensor @Nullable [] gradients;

    Step(Node node) {
      this.node = node;
      this.parents = new @Nullable Step[node.inputs()];
    }
  }
}
