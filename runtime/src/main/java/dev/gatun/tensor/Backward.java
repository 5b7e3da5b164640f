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
  private final List<Node> reached = new ArrayList<>();
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
      for (Tensor root : roots) {
        reach(node("backward", root));
      }
      List<Node> order = order();
      markNeeded(order);
      for (int i = 0; i < roots.size(); i++) {
        contribute(node("backward", roots.get(i)), seeds.get(i));
      }
      for (Node node : order) {
        visit(node);
      }
    } finally {
      Tape.recording(before);
      for (Node node : reached) {
        node.pass = null;
        node.pending = 0;
        node.gradient = null;
        node.gradientOwned = false;
      }
    }
  }

  /// Finds every node below `root` and counts how many of them use each one's result.
  private void reach(Node root) {
    int next = reached.size();
    enter(root);
    for (; next < reached.size(); next++) {
      for (Node parent : reached.get(next).parents) {
        if (parent != null) {
          enter(parent);
          parent.pending++;
        }
      }
    }
  }

  private void enter(Node node) {
    if (node.pass == this) {
      return;
    }
    if (node.pass != null) {
      throw new IllegalStateException(
          "backward: this graph is being differentiated by another call; run them one after the"
              + " other");
    }
    node.pass = this;
    reached.add(node);
  }

  private List<Node> order() {
    List<Node> order = new ArrayList<>(reached.size());
    ArrayDeque<Node> ready = new ArrayDeque<>();
    for (Node node : reached) {
      if (node.pending == 0) {
        ready.add(node);
      }
    }
    for (Node node = ready.poll(); node != null; node = ready.poll()) {
      order.add(node);
      for (Node parent : node.parents) {
        if (parent != null && --parent.pending == 0) {
          ready.add(parent);
        }
      }
    }
    return order;
  }

  /// Marks the nodes on a way to something whose gradient is asked for.
  private void markNeeded(List<Node> order) {
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.get(i);
      boolean needed = wanted.isEmpty() ? node.leaf != null : wanted.containsKey(node);
      for (Node parent : node.parents) {
        needed |= parent != null && parent.needed;
      }
      node.needed = needed;
    }
  }

  private void visit(Node node) {
    Tensor g = node.gradient;
    if (g == null || !node.needed) {
      return;
    }
    node.gradient = null;
    if (wanted.containsKey(node)) {
      wanted.put(node, g);
    } else if (wanted.isEmpty() && node.leaf != null) {
      accumulate(node.leaf, g);
    }
    if (node.leaf != null) {
      return;
    }
    Op op = node.operation();
    for (int i = 0; i < node.parents.length; i++) {
      Node parent = node.parents[i];
      if (parent != null && parent.needed) {
        contribute(parent, op.backward(i, node, g));
      }
    }
    if (!retainGraph) {
      node.release();
    }
  }

  private void contribute(Node node, Tensor g) {
    Tensor sum = node.gradient;
    if (sum == null) {
      node.gradient = g;
    } else if (node.gradientOwned && !createGraph) {
      Gradient.addTo(sum, g);
    } else {
      node.gradient = Gradient.sum(sum, g);
      node.gradientOwned = true;
    }
  }

  private void accumulate(Tensor leaf, Tensor g) {
    Gradient gradient = leaf.gradient;
    if (gradient == null) {
      gradient = new Gradient();
      leaf.gradient = gradient;
    }
    if (createGraph) {
      gradient.accumulateRecorded(g);
    } else {
      gradient.accumulate(leaf, g);
    }
  }
}
