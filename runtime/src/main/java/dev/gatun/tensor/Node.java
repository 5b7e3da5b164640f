package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One recorded operation, or one leaf: the part of the graph that backward walks.
///
/// A node keeps the tensors that its operation declares as saved, with the version of their memory,
/// and the shapes of all inputs. The results do not keep it longer than they live themselves. Nodes
/// are the garbage of recording, so each kind has the fields it needs and no arrays it does not.
abstract sealed class Node {
  private @Nullable Saved saved;
  private @Nullable Extras extras;

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
    Node node = new Small(op, output.dtype, a, b);
    node.saved = Saved.of(op, output, a, b);
    return node;
  }

  static Node of(Op op, Tensor output, Tensor... inputs) {
    Wide wide = new Wide(op, inputs);
    wide.convert(output.dtype, inputs);
    Node node = wide;
    node.saved = Saved.of(op, inputs, output);
    return node;
  }

  static Several of(Op.Several op, List<Tensor> outputs, Tensor... inputs) {
    Several several = new Several(op, outputs, inputs);
    Node node = several;
    node.saved = Saved.of(op, inputs, outputs.toArray(Tensor[]::new));
    return several;
  }

  /// The node that takes a gradient of `dtype` with respect to `x`. Operations on operands of
  /// several dtypes compute gradients in the one of their result; what it returns converts them
  /// back.
  private static @Nullable Node taking(Op op, DType dtype, Tensor x) {
    Node node = x.node();
    return node == null || x.dtype == dtype || op instanceof Pointwise.To
        ? node
        : new Small(new Pointwise.To(x.dtype, dtype), x.dtype, x, null);
  }

  /// A node for an operation that has overwritten its first input, which was at `version` before:
  /// what it was is not there any longer, and reading it is the error that it is elsewhere.
  static Node overwriting(Op op, Tensor output, int version, Tensor... inputs) {
    Node node =
        switch (inputs.length) {
          case 1 -> of(op, output, inputs[0], null);
          case 2 -> of(op, output, inputs[0], inputs[1]);
          default -> of(op, output, inputs);
        };
    Saved saved = node.saved;
    if (saved != null && inputs[0].storage == output.storage && Saved.inputs(op, 1) > 0) {
      saved.firstVersion(version);
    }
    return node;
  }

  /// The node of a base, after `inner` has overwritten a view of it.
  static Node slice(Geometry at, Node inner, Tensor base, Tensor... inputs) {
    Tensor[] all = inputs.clone();
    all[0] = base;
    return new Slice(new InPlaceRecords.CopySlices(at, inner), all);
  }

  /// What only few nodes have, null where this has none.
  final @Nullable Extras extras() {
    return extras;
  }

  /// The same, made when it is not there.
  final synchronized Extras withExtras() {
    Extras own = extras;
    if (own == null) {
      own = new Extras();
      extras = own;
    }
    return own;
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

  /// A saved input, as a part of the graph that it was a part of then.
  final Tensor input(int i) {
    Tensor input = unpack(i);
    return isSame(input.node(), parent(i)) ? input : as(parent(i), input);
  }

  private static boolean isSame(@Nullable Node now, @Nullable Node parent) {
    return now == parent || (parent != null && parent.op() instanceof Pointwise.To);
  }

  final Tensor output() {
    Tensor output = unpack(saved == null ? 0 : saved.size() - 1);
    return output.node() == null ? as(this, output) : output;
  }

  static Tensor as(@Nullable Node node, Tensor tensor) {
    if (tensor.node() == node) {
      return tensor;
    }
    Tensor same = tensor.detach();
    same.node = node;
    return same;
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
    return Saved.unpack(saved, i, this, "");
  }

  /// The call that what this saved is recomputed by, if any.
  @Nullable Recomputation recomputation() {
    return saved instanceof Recomputation.Packed packed ? packed.call() : null;
  }

  /// Lets go of the saved tensors.
  void release() {
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

    Small(Op op, DType dtype, Tensor a, @Nullable Tensor b) {
      this.op = op;
      parentA = taking(op, dtype, a);
      parentB = b == null ? null : taking(op, dtype, b);
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
        parents[i] = inputs[i].node();
        shapes[i] = inputs[i].shape;
      }
    }

    /// Converts gradients of `dtype` to those of the inputs.
    void convert(DType dtype, Tensor[] inputs) {
      for (int i = 0; i < inputs.length; i++) {
        parents[i] = taking(op, dtype, inputs[i]);
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

  /// A change of a view, as a change of its base.
  private static final class Slice extends Wide {
    private final Node inner;

    Slice(InPlaceRecords.CopySlices op, Tensor[] inputs) {
      super(op, inputs);
      convert(inputs[0].dtype, inputs);
      inner = op.inner();
    }

    @Override
    @Nullable Recomputation recomputation() {
      return inner.recomputation();
    }

    @Override
    void release() {
      inner.release();
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

    @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean[] needed) {
      return op.backwards(this, gradients, needed);
    }

    @Override
    void release() {
      super.release();
      op.release();
    }

    @Override
    Tensor output(int k) {
      Tensor output = unpack(Saved.inputs(op, inputs()) + k);
      return output.dtype.isFloating() && op.differentiable(k) && output.node() == null
          ? as(new Part(this, k), output)
          : output;
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
