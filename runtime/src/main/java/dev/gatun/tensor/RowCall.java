package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.UnaryRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A row kernel applied to whole tensors, as a [Step] has done it.
///
/// @param one a kernel of one operand, or null
/// @param two a kernel of two, or null
/// @param y the result
/// @param a the first operand
/// @param b the second one; of one operand, the first one again
record RowCall(@Nullable UnaryRow one, @Nullable BinaryRow two, Tensor y, Tensor a, Tensor b) {
  /// How an operand is repeated over a shape: each element of it `inner` times, and all `size` of
  /// them again and again.
  record Repeat(long inner, long size) {}

  /// How `x` is broadcast to a shape; null where it is in a way that is no [Repeat].
  static @Nullable Repeat repeat(Tensor x, long[] shape) {
    long[] strides = Shapes.broadcastStrides(x, shape);
    int last = shape.length;
    while (last > 0 && (strides[last - 1] == 0 || shape[last - 1] == 1)) {
      last--;
    }
    long inner = 1;
    for (int d = last; d < shape.length; d++) {
      inner *= shape[d];
    }
    long size = 1;
    int first = last;
    while (first > 0 && (shape[first - 1] == 1 || strides[first - 1] == size)) {
      size *= shape[--first];
    }
    for (int d = 0; d < first; d++) {
      if (strides[d] != 0 && shape[d] != 1) {
        return null;
      }
    }
    return size == 1 ? new Repeat(1, 1) : new Repeat(inner, size);
  }

  boolean fits(long[] shape) {
    return y.contiguous
        && y.offset == 0
        && y.numel > 0
        && Arrays.equals(y.shape, shape)
        && repeat(a, shape) != null
        && repeat(b, shape) != null;
  }

  /// Whether `x`, where it is an operand, is read from its first to its last element.
  boolean readsInOrder(Value x) {
    return isInOrder(a, x) && isInOrder(b, x);
  }

  private boolean isInOrder(Tensor operand, Value x) {
    Repeat whole = new Repeat(1, y.numel);
    return operand.storage != x.storage
        || (operand.offset == 0 && (y.numel == 1 || whole.equals(repeat(operand, y.shape))));
  }
}
