package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;

/// What losses refuse, and what becomes of their values.
final class LossChecks {
  private LossChecks() {}

  static Tensor reduce(String name, Tensor loss, Reduction reduction) {
    return switch (reduction) {
      case NONE -> loss;
      case MEAN -> loss.mean();
      case SUM -> loss.sum();
      case BATCHMEAN -> throw batchMean(name);
    };
  }

  static IllegalArgumentException batchMean(String name) {
    return new IllegalArgumentException(
        name + ": reduction BATCHMEAN is for klDiv only; use MEAN or SUM");
  }

  /// PyTorch warns and broadcasts, which is hardly ever what was meant.
  static void requireSameShape(String name, Tensor input, Tensor target) {
    if (!Arrays.equals(input.shape(), target.shape())) {
      throw new ShapeException(
          "%s: input and target have different shapes: %s and %s; reshape or expand one"
              .formatted(name, Numbers.text(input.shape()), Numbers.text(target.shape())));
    }
  }

  static void requireSameRank(String name, Tensor a, Tensor b, Tensor c) {
    if (a.dim() != b.dim() || a.dim() != c.dim()) {
      throw new ShapeException(
          "%s: operands differ in rank: %s, %s and %s (%d, %d and %d)"
              .formatted(
                  name,
                  Numbers.text(a.shape()),
                  Numbers.text(b.shape()),
                  Numbers.text(c.shape()),
                  a.dim(),
                  b.dim(),
                  c.dim()));
    }
  }

  static void requireNotNegative(String name, String option, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          "%s: %s must not be negative: %s".formatted(name, option, value));
    }
  }

  static void requirePositive(String name, String option, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          "%s: %s must be positive: %s".formatted(name, option, value));
    }
  }
}
