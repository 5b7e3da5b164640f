package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// What the methods of [InPlaceOps] share: they write through an existing tensor, record nothing
/// and count the change, so that backward can refuse a saved tensor that is not what it was.
final class InPlace {
  private InPlace() {}

  /// Refuses a change that backward would have to know of.
  static void check(String op, Tensor target, Tensor... operands) {
    if (Tape.isRecording()) {
      refuseRecorded(op, target);
      for (Tensor operand : operands) {
        refuseRecorded(op, operand);
      }
    }
    for (int i = 0; i < target.shape.length; i++) {
      if (target.strides[i] == 0 && target.shape[i] > 1) {
        throw new IllegalStateException(
            "%s: %s repeats elements along dim %d; call contiguous() first"
                .formatted(op, target.describe(), i));
      }
    }
  }

  private static void refuseRecorded(String op, Tensor tensor) {
    if (tensor.requiresGrad()) {
      throw new IllegalStateException(
          "%s: %s needs a gradient and changes in place are not recorded; use the method without underscore, or NoGrad"
              .formatted(op, tensor.describe()));
    }
  }

  static Tensor unary(String op, UnaryRow row, Tensor x) {
    check(op, x);
    Raw.unary(row, x, x);
    x.storage.markModified();
    return x;
  }

  static Tensor binary(String op, BinaryRow row, Tensor x, Tensor other) {
    check(op, x, other);
    requireFits(op, x, other);
    Raw.binary(row, x, apart(x, other), x);
    x.storage.markModified();
    return x;
  }

  static Tensor ternary(String op, TernaryRow row, Tensor x, Tensor a, Tensor b) {
    check(op, x, a, b);
    Arithmetic.floating(op, x, a);
    Arithmetic.floating(op, x, b);
    requireFits(op, x, a);
    requireFits(op, x, b);
    Raw.ternary(row, x, apart(x, a), apart(x, b), x);
    x.storage.markModified();
    return x;
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
