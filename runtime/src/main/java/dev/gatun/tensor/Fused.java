package dev.gatun.tensor;

import dev.gatun.kernel.ElementRun;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// What operations share that do several steps in one pass over contiguous memory.
final class Fused {
  private Fused() {}

  /// The dtype of `x`, which `other` must have, and its shape too.
  static DType floating(String op, Tensor x, Tensor other) {
    if (!Arrays.equals(x.shape, other.shape)) {
      throw new ShapeException(
          "%s: shapes differ: %s and %s"
              .formatted(op, Shapes.format(x.shape), Shapes.format(other.shape)));
    }
    return Arithmetic.floating(op, x, other);
  }

  /// Whether `other` is contiguous and what is written to one is not read from the other.
  static boolean apart(Tensor x, Tensor other) {
    return other.contiguous && x.storage != other.storage;
  }

  static ElementRun readable(Tensor x) {
    return new ElementRun(x.memory(), x.offset);
  }

  static ElementRun writable(Tensor x) {
    return new ElementRun(x.writable(), x.offset);
  }
}
