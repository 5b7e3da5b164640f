package dev.gatun.tensor;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.GraphWalk.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One pass over the graph, from results to leaves, without recursion.
///
/// The nodes are visited once each, in the order of [GraphWalk]. A node's gradient is complete when
/// its turn comes, so contributions after the first two are added in place.
final class Backward {
  private final boolean retainGraph;
  private final boolean createGraph;

  /// Whether gradients are found and not accumulated.
  private final boolean finds;

  /// The nodes of the inputs whose gradients are asked for; empty for those of all leaves.
  private final Map<Node, Tensor> asked = new HashMap<>();

  private final Map<Node, Tensor> found = new HashMap<>();

  /// Calls whose tensors this pass had recomputed and not forgotten yet.
  private final Set<Recomputation> recomputed = new LinkedHashSet<>();

  private final PassMemory memory;

  private Backward(GradOptions options, boolean finds, @Nullable Scope scope) {
    memory = new PassMemory(scope);
    retainGraph = options.retains();
    createGraph = options.creates();
    this.finds = finds;
  }

  /// Accumulates the gradients of `roots` in `inputs`, or in every leaf when there are none.
  static void accumulate(List<Tensor> roots, GradOptions options, Tensor... inputs) {
    if (options.creates()) {
      new Backward(options, false, null).accumulateFrom(roots, options, inputs);
      return;
    }
    // What the pass makes in between dies with this scope; gradients belong to their leaves.
    try (Scope scope = Scope.open("backward")) {
      new Backward(options, false, scope).accumulateFrom(roots, options, inputs);
    }
  }

  private void accumulateFrom(List<Tensor> roots, GradOptions options, Tensor... inputs) {
    ask("backward", inputs);
    run(roots, Seeds.of("backward", roots, options));
  }

  /// The gradients of `outputs` with respect to `inputs`.
  static List<@Nullable Tensor> grad(
      List<Tensor> outputs, List<Tensor> inputs, GradOptions options) {
    if (options.creates()) {
      return new Backward(options, true, null).gradOf(outputs, inputs, options);
    }
    try (Scope scope = Scope.open("grad")) {
      List<@Nullable Tensor> gradients =
          new Backward(options, true, scope).gradOf(outputs, inputs, options);
      FunctionCall.keep(scope, gradients);
      return gradients;
    }
  }

  private List<@Nullable Tensor> gradOf(
      List<Tensor> outputs, List<Tensor> inputs, GradOptions options) {
    ask("grad", inputs.toArray(Tensor[]::new));
    if (inputs.isEmpty()) {
      return List.of();
    }
    run(outputs, Seeds.of("grad", outputs, options));
    return found(inputs, options);
  }

  private List<@Nullable Tensor> found(List<Tensor> inputs, GradOptions options) {
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor g = found.get(Seeds.node("grad", inputs.get(i)));
      if (g == null && !options.allowsUnused()) {
        throw new IllegalStateException(
            "grad: input %d was not used to compute the outputs: %s; pass allowUnused() to get null for it"
                .formatted(i, inputs.get(i).describe()));
      }
      gradients.add(g);
    }
    return gradients;
  }

  private void ask(String op, Tensor... inputs) {
    for (Tensor input : inputs) {
      asked.put(Seeds.node(op, input), input);
    }
  }

  private void run(List<Tensor> roots, List<Tensor> seeds) {
    boolean before = Tape.isOn();
    Backward around = Tape.pass();
    Tape.recording(createGraph);
    Tape.pass(this);
    try {
      List<Node> nodes = new ArrayList<>();
      for (Tensor root : roots) {
        nodes.add(Seeds.node("backward", root));
      }
      GraphWalk walk = GraphWalk.from(nodes);
      List<Step> order =
          walk.ordered(node -> asked.isEmpty() ? node.leaf() != null : asked.containsKey(node));
      for (int i = 0; i < seeds.size(); i++) {
        contribute(walk.starts().get(i), seeds.get(i));
      }
      visit(order);
    } finally {
      Tape.recording(before);
      Tape.pass(around);
      for (Recomputation call : recomputed) {
        call.forget(!createGraph);
      }
    }
  }

  private void visit(List<Step> order) {
    if (!Recomputation.isUsed()) {
      order.forEach(this::visit);
      return;
    }
    Map<Recomputation, Integer> left = new HashMap<>();
    for (Step step : order) {
      Recomputation call = step.needed ? step.node.recomputation() : null;
      if (call != null) {
        left.merge(call, 1, Integer::sum);
      }
    }
    for (Step step : order) {
      Recomputation call = step.needed ? step.node.recomputation() : null;
      visit(step);
      if (call != null && left.merge(call, -1, Integer::sum) == 0 && recomputed.remove(call)) {
        call.forget(!createGraph);
      }
    }
  }

  /// Where what this pass needs until its end belongs; null for the current scope.
  @Nullable Scope scope() {
    return memory.scope();
  }

  /// Has this pass forget a call's tensors when it is through with them.
  void opened(Recomputation call) {
    recomputed.add(call);
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
    Extras extras = node.extras();
    Tensor seen = extras == null ? g : look(extras, g);
    deliver(node, seen);
    if (step.passesOn) {
      if (node instanceof Node.Part part) {
        contribute(step, part, seen);
      } else {
        differentiate(step, seen);
      }
    }
    if (extras == null) {
      // A hook may still have it.
      memory.letGo(g);
    }
  }

  private void differentiate(Step step, Tensor g) {
    Node node = step.node;
    Op op = node.operation();
    if (op instanceof Op.Unary unary && wroteOver(step, unary, g)) {
      return;
    }
    try (var _ = memory.openStep(g)) {
      for (int i = 0; i < step.parents.length; i++) {
        Step parent = step.parents[i];
        if (parent != null && parent.needed && !wroteInto(parent, op, i, node, g)) {
          contribute(parent, Anomaly.checked(node, i, op.backward(i, node, g)));
        }
      }
    } finally {
      memory.endStep();
    }
    if (!retainGraph) {
      node.release();
    }
  }

  /// Whether the gradient could be turned into that of the operand where it is.
  private boolean wroteOver(Step step, Op.Unary op, Tensor g) {
    Step parent = step.parents[0];
    Node node = step.node;
    if (createGraph
        || parent == null
        || !parent.needed
        || node.extras() != null
        || !memory.isAlone(g)
        || !op.backwardOver(node, g)) {
      return false;
    }
    contribute(parent, Anomaly.checked(node, 0, g));
    if (!retainGraph) {
      node.release();
    }
    return true;
  }

  private void visit(Step step, Node.Several node) {
    @Nullable Tensor[] gradients = step.gradients;
    if (gradients == null) {
      return;
    }
    step.gradients = null;
    Tensor largest = null;
    for (Tensor g : gradients) {
      largest = g != null && (largest == null || g.numel > largest.numel) ? g : largest;
    }
    if (largest != null) {
      try (var _ = memory.openStep(largest)) {
        differentiate(step, node, gradients);
      } finally {
        memory.endStep();
      }
    }
    if (!(node.op() instanceof CustomOp)) {
      for (Tensor g : gradients) {
        if (g != null) {
          memory.letGo(g);
        }
      }
    }
  }

  private void differentiate(Step step, Node.Several node, @Nullable Tensor[] gradients) {
    boolean[] needed = new boolean[step.parents.length];
    for (int i = 0; i < needed.length; i++) {
      Step parent = step.parents[i];
      needed[i] = parent != null && parent.needed;
    }
    @Nullable Tensor[] parts = node.backward(gradients, needed);
    for (Tensor part : parts) {
      if (part != null) {
        memory.hold(part); // two inputs may have been given the same one
      }
    }
    for (int i = 0; i < needed.length; i++) {
      Step parent = step.parents[i];
      Tensor part = parts[i];
      if (parent != null && part != null) {
        contribute(parent, Anomaly.checked(node, i, part));
      }
    }
    for (Tensor part : parts) {
      if (part != null) {
        memory.letGo(part);
      }
    }
    if (!retainGraph) {
      node.release();
    }
  }

  /// Has the hooks see a gradient that is complete, and the tensor that retains it keep it.
  private Tensor look(Extras extras, Tensor g) {
    Tensor seen = extras.run(g);
    Tensor retaining = extras.retaining();
    if (retaining != null) {
      accumulate(retaining, seen);
    }
    return seen;
  }

  /// Gives a gradient to whom it was computed for.
  private void deliver(Node node, Tensor g) {
    if (finds) {
      if (asked.containsKey(node)) {
        found.put(node, memory.hold(g));
      }
      return;
    }
    Tensor target = asked.isEmpty() ? node.leaf() : asked.get(node);
    if (target != null) {
      accumulate(target, g);
      accumulated(node, target);
    }
  }

  private static void accumulated(Node node, Tensor leaf) {
    Extras extras = node.extras();
    if (extras != null) {
      extras.ran(leaf);
    }
  }

  /// Hands the gradient of one of several results to their common node.
  private void contribute(Step step, Node.Part part, Tensor g) {
    Step whole = step.parents[0];
    if (whole != null && whole.node instanceof Node.Several several) {
      if (whole.gradients == null) {
        whole.gradients = new @Nullable Tensor[several.results()];
      }
      Tensor before = whole.gradients[part.index()];
      whole.gradients[part.index()] = memory.hold(before == null ? g : Gradient.sum(before, g));
    }
  }

  private void contribute(Step step, Tensor part) {
    Tensor g = isGoing(part) ? Raw.copy(part) : part;
    Tensor sum = step.gradient;
    if (sum == null) {
      step.gradient = memory.hold(g);
    } else if (step.gradientOwned && !createGraph) {
      Gradient.addTo(sum, g);
      memory.drop(g);
    } else {
      step.gradient = memory.hold(Gradient.sum(sum, g));
      step.gradientOwned = true;
      memory.letGo(sum);
      memory.drop(g);
    }
  }

  /// Whether a gradient is in memory that is freed before the pass ends.
  private boolean isGoing(Tensor g) {
    if (!createGraph && !recomputed.isEmpty()) {
      for (Recomputation call : recomputed) {
        if (call.owns(g.storage)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Spares a leaf that one operation alone has used the copy into the memory of its gradient.
  private boolean wroteInto(Step parent, Op op, int i, Node node, Tensor g) {
    Tensor leaf = parent.node.leaf();
    Extras extras = parent.node.extras();
    if (leaf == null
        || !parent.usedOnce
        || createGraph
        || finds
        || Anomaly.isOn()
        || (extras != null && extras.seesGradient())) {
      return false;
    }
    synchronized (leaf) {
      if (!gradient(leaf).accumulate(leaf, op, i, node, g)) {
        return false;
      }
    }
    accumulated(parent.node, leaf);
    return true;
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
}
