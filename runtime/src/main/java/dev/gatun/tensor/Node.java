package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One recorded operation, or one leaf: the part of the graph that backward walks.
///
/// A node keeps the tensors that its operation declares as saved, with the version of their memory,
/// and the shapes of all inputs. The results do not keep it longer than they live themselves. Nodes
/// are the garbage of recording, so each kind has the fields it needs and no arrays it does not.
abstract sealed class Node {
  private static final int[] NO_VERSIONS = {};

  private Tensor @Nullable [] saved;
  private int[] versions = NO_VERSIONS;

  /// Null for a leaf.
  abstract @Nullable Op op();

  /// The tensor whose gradient a leaf accumulates, else null.
  @Nullable Tensor leaf() {
    return null;
  }

  abstract int inputs();

  /// The node of an input that needs a gradient, null for the others.
  abstract @Nullable Node parent(int input);

  abstract long[] shape(int input);

  static Node leaf(Tensor leaf) {
    return new Leaf(leaf);
  }

  static Node of(Op op, Tensor output, Tensor a, @Nullable Tensor b) {
    Node node = new Small(op, a, b);
    switch (op.saves()) {
      case NOTHING -> {}
      case INPUTS -> node.keep(b == null ? new Tensor[] {a} : new Tensor[] {a, b});
      case OUTPUT -> node.keep(output);
      case INPUTS_AND_OUTPUT ->
          node.keep(b == null ? new Tensor[] {a, output} : new Tensor[] {a, b, output});
    }
    return node;
  }

  static Node of(Op op, Tensor output, Tensor... inputs) {
    Node node = new Wide(op, inputs);
    node.keep(op, inputs, output);
    return node;
  }

  static Several of(Op.Several op, List<Tensor> outputs, Tensor... inputs) {
    Several several = new Several(op, outputs, inputs);
    Node node = several;
    node.keep(op, inputs, outputs.toArray(Tensor[]::new));
    return several;
  }

  private void keep(Op op, Tensor[] inputs, Tensor... outputs) {
    switch (op.saves()) {
      case NOTHING -> {}
      case INPUTS -> keep(inputs.clone());
      case OUTPUT -> keep(outputs);
      case INPUTS_AND_OUTPUT -> {
        Tensor[] all = Arrays.copyOf(inputs, inputs.length + outputs.length);
        System.arraycopy(outputs, 0, all, inputs.length, outputs.length);
        keep(all);
      }
    }
  }

  /// The inputs in their order, then the output; the array is not copied.
  private void keep(Tensor... tensors) {
    versions = new int[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      versions[i] = tensors[i].storage.version();
    }
    saved = tensors;
  }

  /// The operation of a node that is not a leaf.
  final Op operation() {
    Op op = op();
    if (op == null) {
      throw new IllegalStateException("a leaf has no operation");
    }
    return op;
  }

  final String name() {
    Op op = op();
    return op == null ? "leaf" : op.opName();
  }

  final Tensor input(int i) {
    return unpack(i);
  }

  final Tensor output() {
    return unpack(versions.length - 1);
  }

  /// One of several results.
  Tensor output(int k) {
    throw new IllegalStateException("%s has one result".formatted(name()));
  }

  /// The gradient of result `k` of several, zeros where the loss does not depend on it.
  Tensor orZero(@Nullable Tensor[] gradients, int k) {
    throw new IllegalStateException("%s has one result".formatted(name()));
  }

  final Tensor unpack(int i) {
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
  final void release() {
    saved = null;
  }

  /// A tensor that no operation made.
  private static final class Leaf extends Node {
    private final Tensor leaf;

    Leaf(Tensor leaf) {
      this.leaf = leaf;
    }

    @Override
    @Nullable Op op() {
      return null;
    }

    @Override
    Tensor leaf() {
      return leaf;
    }

    @Override
    int inputs() {
      return 0;
    }

    @Override
    @Nullable Node parent(int input) {
      throw new IndexOutOfBoundsException(input);
    }

    @Override
    long[] shape(int input) {
      throw new IndexOutOfBoundsException(input);
    }
  }

  /// One or two inputs.
  private static final class Small extends Node {
    private final Op op;
    private final @Nullable Node parentA;
    private final @Nullable Node parentB;
    private final long[] shapeA;
    private final long @Nullable [] shapeB;

    Small(Op op, Tensor a, @Nullable Tensor b) {
      this.op = op;
      parentA = a.node;
      parentB = b == null ? null : b.node;
      shapeA = a.shape;
      shapeB = b == null ? null : b.shape;
    }

    @Override
    Op op() {
      return op;
    }

    @Override
    int inputs() {
      return shapeB == null ? 1 : 2;
    }

    @Override
    @Nullable Node parent(int input) {
      return input == 0 ? parentA : parentB;
    }

    @Override
    long[] shape(int input) {
      if (input == 0) {
        return shapeA;
      }
      if (shapeB == null) {
        throw new IndexOutOfBoundsException(input);
      }
      return shapeB;
    }
  }

  /// Any number of inputs.
  static sealed class Wide extends Node {
    private final Op op;
    private final @Nullable Node[] parents;
    private final long[][] shapes;

    Wide(Op op, Tensor[] inputs) {
      this.op = op;
      parents = new @Nullable Node[inputs.length];
      shapes = new long[inputs.length][];
      for (int i = 0; i < inputs.length; i++) {
        parents[i] = inputs[i].node;
        shapes[i] = inputs[i].shape;
      }
    }

    @Override
    Op op() {
      return op;
    }

    @Override
    int inputs() {
      return shapes.length;
    }

    @Override
    @Nullable Node parent(int input) {
      return parents[input];
    }

    @Override
    long[] shape(int input) {
      return shapes[input];
    }
  }

  /// Any number of inputs, several results. Each result that carries a gradient has a [Part] of
  /// this as its node.
  static final class Several extends Wide {
    private final Op.Several op;
    private final long[][] shapes;
    private final DType[] dtypes;

    Several(Op.Several op, List<Tensor> outputs, Tensor[] inputs) {
      super(op, inputs);
      this.op = op;
      shapes = new long[outputs.size()][];
      dtypes = new DType[shapes.length];
      for (int k = 0; k < shapes.length; k++) {
        shapes[k] = outputs.get(k).shape;
        dtypes[k] = outputs.get(k).dtype;
      }
    }

    int results() {
      return shapes.length;
    }

    @Nullable Tensor backward(int i, @Nullable Tensor[] gradients) {
      return op.backward(i, this, gradients);
    }

    @Override
    Tensor output(int k) {
      return unpack((op.saves() == Op.Saves.OUTPUT ? 0 : inputs()) + k);
    }

    @Override
    Tensor orZero(@Nullable Tensor[] gradients, int k) {
      Tensor g = gradients[k];
      return g == null ? Tensor.zeros(dtypes[k], shapes[k]) : g;
    }
  }

  /// One of several results.
  static final class Part extends Node {
    private final Several whole;
    private final int index;

    Part(Several whole, int index) {
      this.whole = whole;
      this.index = index;
    }

    int index() {
      return index;
    }

    @Override
    @Nullable Op op() {
      return whole.op();
    }

    @Override
    int inputs() {
      return 1;
    }

    @Override
    Node parent(int input) {
      return whole;
    }

    @Override
    long[] shape(int input) {
      throw new IllegalStateException("a part of %s has no shapes".formatted(name()));
    }
  }
}
