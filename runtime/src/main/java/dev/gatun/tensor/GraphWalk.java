package dev.gatun.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The nodes below some results, in an order in which each comes after everything that used its
/// result (Kahn's algorithm, linear in nodes and edges, without recursion).
final class GraphWalk {
  private final Map<Node, Step> steps = new HashMap<>();
  private final List<Step> reached = new ArrayList<>();
  private final List<Step> starts = new ArrayList<>();

  private GraphWalk() {}

  /// Finds every node below `roots` and counts how many of them use each one's result.
  static GraphWalk from(List<Node> roots) {
    GraphWalk walk = new GraphWalk();
    int next = 0;
    for (Node root : roots) {
      walk.starts.add(walk.enter(root));
      for (; next < walk.reached.size(); next++) {
        walk.follow(walk.reached.get(next));
      }
    }
    return walk;
  }

  private void follow(Step step) {
    for (int i = 0; i < step.parents.length; i++) {
      Node parent = step.node.parent(i);
      if (parent != null) {
        Step below = enter(parent);
        below.uses++;
        step.parents[i] = below;
      }
    }
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

  /// The steps of the roots, in their order.
  List<Step> starts() {
    return starts;
  }

  /// All steps, those on a way to a node that is `wanted` marked. To be called once.
  List<Step> ordered(Predicate<Node> wanted) {
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
    for (int i = order.size() - 1; i >= 0; i--) {
      order.get(i).mark(wanted);
    }
    return order;
  }

  /// What a pass knows of one node. It is kept apart from the node, which other threads may be
  /// passing at the same time: a shared parameter is a node of all their graphs.
  static final class Step {
    final Node node;
    final @Nullable Step[] parents;
    private int uses;

    /// Whether one operation alone uses the result.
    boolean usedOnce;

    boolean needed;

    /// Whether something below this is needed, and not only this.
    boolean passesOn;

    boolean gradientOwned;
    @Nullable Tensor gradient;

    /// Of a node with several results, one for each.
    @Nullable Tensor @Nullable [] gradients;

    Step(Node node) {
      this.node = node;
      this.parents = new @Nullable Step[node.inputs()];
    }

    private void mark(Predicate<Node> wanted) {
      for (Step parent : parents) {
        passesOn |= parent != null && parent.needed;
      }
      needed = passesOn || wanted.test(node);
    }
  }
}
