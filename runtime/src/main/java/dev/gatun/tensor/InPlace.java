package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.CopyKernels;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What methods with a trailing underscore are made of. Each runs a kernel that overwrites the
/// tensor where it stands, counts the change, so that backward can refuse a saved tensor that is
/// not what it was, and records the operation of its twin without underscore when an operand needs
/// a gradient: the tensor is then the result of that operation, and so is what shares its memory.
///
/// Nothing is copied but what backward has to read of the old values ([Op#reads]).
final class InPlace {
  private InPlace() {}

  /// `x = row(x)`, recorded as `op`.
  static Tensor unary(String name, Op op, UnaryRow row, Tensor x) {
    return apply(name, op, () -> Raw.unary(row, x, x), x);
  }

  /// `x = row(x, other)`, recorded as `op`; `other` broadcasts to the shape of `x`.
  static Tensor binary(String name, Op op, BinaryRow row, Tensor x, Tensor other) {
    requireFits(name, x, other);
    return apply(name, op, () -> Raw.binary(row, x, apart(x, other), x), x, other);
  }

  /// `x = row(x, a, b)`, recorded as `op`; the operands broadcast to the shape of `x`.
  static Tensor ternary(String name, Op op, TernaryRow row, Tensor x, Tensor a, Tensor b) {
    requireFits(name, x, a);
    requireFits(name, x, b);
    return apply(name, op, () -> Raw.ternary(row, x, apart(x, a), apart(x, b), x), x, a, b);
  }

  /// `x` becomes something that what it was has no part in.
  static Tensor overwrite(String name, Runnable kernel, Tensor x) {
    return apply(name, new InPlaceRecords.Overwrite(name), kernel, x);
  }

  /// Every element of `x` becomes `value`.
  static Tensor fill(String name, Tensor x, double value) {
    return overwrite(name, () -> fill(x, value), x);
  }

  private static void fill(Tensor x, double value) {
    if (x.contiguous) {
      int bytes = x.dtype.byteSize();
      CopyKernels.fill(x.dtype, x.writable(), x.offset * bytes, bytes, x.numel, value);
    } else {
      Raw.copy(Tensor.scalar(x.dtype, value), x);
    }
  }

  /// `x = op(x, others)` for an operation without a kernel that could write over its operand: the
  /// result is made apart and copied.
  static Tensor through(String name, Op.Variadic op, Tensor x, Tensor... others) {
    Tensor[] inputs = inputs(x, others);
    return apply(name, op, () -> Raw.copy(op.forward(inputs), x), x, others);
  }

  /// As [#through(String, Op.Variadic, Tensor, Tensor...)], of one operand.
  static Tensor through(String name, Op.Unary op, Tensor x) {
    return apply(name, op, () -> Raw.copy(op.forward(x), x), x);
  }

  /// As [#through(String, Op.Variadic, Tensor, Tensor...)], of two operands.
  static Tensor through(String name, Op.Binary op, Tensor x, Tensor other) {
    return apply(name, op, () -> Raw.copy(op.forward(x, other), x), x, other);
  }

  /// What all of these do.
  ///
  /// @param name of the method, for messages
  /// @param op what is recorded, with `x` as its first input and `others` as the next
  /// @param kernel overwrites elements of `x`, and reads what it needs of the others; see [#apart].
  ///   What it refuses it refuses before it writes
  /// @param x is changed
  /// @param others operands that backward knows of
  /// @return `x`
  static Tensor apply(String name, Op op, Runnable kernel, Tensor x, Tensor... others) {
    requireDistinct(name, x);
    requireChangeable(name, x);
    if (!isRecorded(x, others)) {
      Trace.change(name, kernel, x, others);
      x.storage.markModified();
      return x;
    }
    Tensor base = View.base(x);
    refuseLeaf(name, x, base);
    int version = x.storage.version();
    Tensor[] inputs = asTheyWere(op, x, others);
    kernel.run();
    x.storage.markModified();
    Node node = Tape.noted(Node.overwriting(op, x, version, inputs), x);
    if (base == null) {
      Extras.moveRetained(x.node, node);
      x.node = node;
    } else {
      Node slice = Tape.noted(Node.slice(Geometry.of(base, x), node, base, inputs), x);
      Extras.moveRetained(base.node(), slice);
      base.node = slice;
    }
    return x;
  }

  /// Whether a change of `x` by means of `others` becomes a part of a graph.
  static boolean isRecorded(Tensor x, Tensor... others) {
    if (!x.dtype.isFloating() || !Tape.isRecording()) {
      return false;
    }
    Tensor base = View.base(x);
    boolean needed = x.requiresGrad() || (base != null && base.requiresGrad());
    for (Tensor other : others) {
      needed |= other.requiresGrad();
    }
    return needed;
  }

  /// The inputs to record: copies, in the same place of the graph, of what backward reads and the
  /// kernel overwrites.
  private static Tensor[] asTheyWere(Op op, Tensor x, Tensor... others) {
    Tensor[] inputs = inputs(x, others);
    for (int k = 0; k < Saved.inputs(op, inputs.length); k++) {
      if (inputs[k].inference) {
        throw Saved.refused(op.opName(), inputs[k]);
      }
      if (inputs[k].storage == x.storage && isRead(op, k, inputs)) {
        inputs[k] = Node.as(inputs[k].node(), Raw.copy(inputs[k]));
      }
    }
    return inputs;
  }

  private static boolean isRead(Op op, int saved, Tensor[] inputs) {
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].requiresGrad() && op.reads(saved, i)) {
        return true;
      }
    }
    return false;
  }

  private static Tensor[] inputs(Tensor x, Tensor... others) {
    Tensor[] inputs = new Tensor[others.length + 1];
    inputs[0] = x;
    System.arraycopy(others, 0, inputs, 1, others.length);
    return inputs;
  }

  /// Refuses, for what is never recorded, a change that backward would have to know of.
  static void check(String op, Tensor target, Tensor... operands) {
    if (Tape.isRecording()) {
      refuseRecorded(op, target);
      for (Tensor operand : operands) {
        refuseRecorded(op, operand);
      }
    }
    requireDistinct(op, target);
    requireChangeable(op, target);
  }

  /// Refuses what a user's function must not change in place.
  static void requireResult(String op, Tensor x, boolean recorded) {
    requireChangeable(op, x);
    Tensor base = View.base(x);
    if (recorded) {
      refuseLeaf(op, x, base);
      if (base != null) {
        throw new IllegalStateException(
            "%s: a view cannot be marked dirty: %s of %s; change a copy()"
                .formatted(op, x.describe(), base.describe()));
      }
    }
  }

  private static void requireChangeable(String op, Tensor x) {
    if (x.inference && !InferenceMode.isOpen()) {
      throw new IllegalStateException(
          "%s: a tensor made in inference mode cannot be changed outside of it: %s; change a copy()"
              .formatted(op, x.describe()));
    }
  }

  private static void refuseRecorded(String op, Tensor tensor) {
    if (tensor.requiresGrad()) {
      throw new IllegalStateException(
          "%s: %s needs a gradient and this change is not recorded; open NoGrad"
              .formatted(op, tensor.describe()));
    }
  }

  private static void refuseLeaf(String op, Tensor x, @Nullable Tensor base) {
    Tensor changed = base == null ? x : base;
    if (changed.requiresGrad() && changed.isLeaf()) {
      throw new IllegalStateException(
          "%s: a %sleaf that requires a gradient cannot be changed in place: %s%s; open NoGrad, or change a copy()"
              .formatted(
                  op,
                  base == null ? "" : "view of a ",
                  x.describe(),
                  base == null ? "" : " of " + base.describe()));
    }
    requireDistinct(op, changed);
  }

  static void requireDistinct(String op, Tensor target) {
    for (int i = 0; i < target.shape.length; i++) {
      if (target.strides[i] == 0 && target.shape[i] > 1) {
        throw new IllegalStateException(
            "%s: %s repeats elements along dim %d; call contiguous() first"
                .formatted(op, target.describe(), i));
      }
    }
  }

  static void requireFits(String op, Tensor x, Tensor other) {
    if (!Arrays.equals(Shapes.broadcast(op, x.shape, other.shape), x.shape)) {
      throw new ShapeException(
          "%s: operand %s does not broadcast to %s, which is changed in place"
              .formatted(op, Shapes.format(other.shape), Shapes.format(x.shape)));
    }
  }

  /// `other`, or a copy of it where it looks at the memory of `x` in another way, so that no
  /// element is read after it was overwritten.
  static Tensor apart(Tensor x, Tensor other) {
    boolean same =
        other.offset == x.offset
            && Arrays.equals(other.shape, x.shape)
            && Arrays.equals(other.strides, x.strides);
    return other.storage != x.storage || same ? other : Raw.copy(other);
  }

  static DType number(String op, Tensor x, Tensor other) {
    return Arithmetic.number(op, x, other);
  }
}
