package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// One recorded operation, or one leaf: the part of the graph that backward walks.
///
/// A node keeps the tensors that its operation declares as saved, with the version of their memory,
/// and the shapes of all inputs. The results do not keep it longer than they live themselves.
final class Node {
  private static final Node[] NO_PARENTS = {};
  private static final Tensor[] NO_TENSORS = {};

  /// Null for a leaf.
  final @Nullable Op op;

  /// The node of each input that needs a gradient, null for the others.
  final @Nullable Node[] parents;

  /// The tensor whose gradient a leaf accumulates.
  final @Nullable Tensor leaf;

  private final long[][] shapes;
  private Tensor @Nullable [] saved;
  private int[] versions;

  // The state of the one backward pass that is under way, see Backward.
  @Nullable Backward pass;
  int pending;
  boolean needed;
  boolean gradientOwned;
  @Nullable Tensor gradient;

  private Node(@Nullable Op op, @Nullable Node[] parents, @Nullable Tensor leaf, long[][] shapes) {
    this.op = op;
    this.parents = parents;
    this.leaf = leaf;
    this.shapes = shapes;
    this.versions = new int[0];
  }

  static Node leaf(Tensor leaf) {
    return new Node(null, NO_PARENTS, leaf, new long[0][]);
  }

  static Node of(Op op, Tensor output, Tensor... inputs) {
    @Nullable Node[] parents = new @Nullable Node[inputs.length];
    long[][] shapes = new long[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      parents[i] = inputs[i].node;
      shapes[i] = inputs[i].shape;
    }
    Node node = new Node(op, parents, null, shapes);
    switch (op.saves()) {
      case NOTHING -> {}
      case INPUTS -> node.save(inputs, null);
      case OUTPUT -> node.save(NO_TENSORS, output);
      case INPUTS_AND_OUTPUT -> node.save(inputs, output);
    }
    return node;
  }

  /// Keeps the inputs in their order, then the output.
  private void save(Tensor[] inputs, @Nullable Tensor output) {
    int n = inputs.length;
    Tensor[] tensors = new Tensor[output == null ? n : n + 1];
    System.arraycopy(inputs, 0, tensors, 0, n);
    if (output != null) {
      tensors[n] = output;
    }
    versions = new int[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      versions[i] = tensors[i].storage.version();
    }
    saved = tensors;
  }

  /// The operation of a node that is not a leaf.
  Op operation() {
    if (op == null) {
      throw new IllegalStateException("a leaf has no operation");
    }
    return op;
  }

  String name() {
    return op == null ? "leaf" : op.opName();
  }

  long[] shape(int input) {
    return shapes[input];
  }

  int inputs() {
    return shapes.length;
  }

  Tensor input(int i) {
    return unpack(i);
  }

  Tensor output() {
    return unpack(versions.length - 1);
  }

  private Tensor unpack(int i) {
    if (saved == null) {
      throw new IllegalStateException(
          "backward: what %s saved was freed by an earlier backward; pass retainGraph = true there"
              .formatted(name()));
    }
    Tensor tensor = saved[i];
    if (tensor.storage.version() != versions[i]) {
      throw new IllegalStateException(
          "backward: %s, saved by %s, was changed in place since (version %d, saved at %d); change a copy() instead"
              .formatted(tensor.describe(), name(), tensor.storage.version(), versions[i]));
    }
    return tensor;
  }

  /// Lets go of the saved tensors.
  void release() {
    saved = null;
  }
}
