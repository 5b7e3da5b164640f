package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Margins between the scores of right classes and of wrong ones.
final class LabelMargins {
  private LabelMargins() {}

  /// The loss of each row; its slope where a margin is just kept is 0.
  static Tensor multi(Tensor x, Tensor target, int p, double margin, @Nullable Tensor weight) {
    String name = "multiMarginLoss";
    requireClasses(name, target);
    requireOnePerRow(name, x, target);
    long classes = x.size(-1);
    if (weight != null && !Arrays.equals(weight.shape(), new long[] {classes})) {
      throw new ShapeException(
          "%s: weight must have one value per class: %s (expected [%d])"
              .formatted(name, Numbers.text(weight.shape()), classes));
    }
    requireRange(name, target, 0, classes);
    Tensor right = target.to(DType.I64).unsqueeze(-1);
    Tensor over = x.sub(x.gather(-1, right)).add(margin).relu();
    Tensor power = p == 1 ? over : over.square();
    Tensor others = power.maskedFill(Tensor.arange(classes).eq(right), 0);
    Tensor each = others.sum(-1).div((double) classes);
    return weight == null
        ? each
        : each.mul(weight.indexSelect(0, target.to(DType.I64).flatten()).view(target.shape()));
  }

  /// The loss of each row.
  static Tensor multilabel(Tensor x, Tensor target) {
    String name = "multilabelMarginLoss";
    requireClasses(name, target);
    if (x.dim() != 1 && x.dim() != 2) {
      throw new ShapeException(name + ": input must be [N,C] or [C]: " + Numbers.text(x.shape()));
    }
    LossChecks.requireSameShape(name, x, target);
    if (x.dim() == 1) {
      return multilabel(x.unsqueeze(0), target.unsqueeze(0)).squeeze(0);
    }
    long classes = x.size(1);
    requireRange(name, target, -1, classes);
    Tensor all = target.to(DType.I64);
    // Up to the first -1, and no more columns than the row with most right classes needs.
    Tensor named = all.ge(0).to(DType.I64).cumprod(1);
    long most = named.numel() == 0 ? 0 : named.sum(1).max().itemLong();
    Tensor valid = named.narrow(1, 0, most);
    Tensor right = all.narrow(1, 0, most).mul(valid);
    Tensor wrong = Tensor.zeros(DType.I64, all.shape()).scatterAdd(1, right, valid).eq(0);
    Tensor gap = x.unsqueeze(1).sub(x.gather(1, right).unsqueeze(2)).add(1).relu();
    Tensor counts = valid.ne(0).unsqueeze(2).logicalAnd(wrong.unsqueeze(1));
    return gap.maskedFill(counts.logicalNot(), 0)
        .sum(new int[] {1, 2}, false)
        .div((double) classes);
  }

  private static void requireClasses(String name, Tensor target) {
    if (target.dtype() != DType.I64 && target.dtype() != DType.I32) {
      throw new DTypeException(
          "%s: target must hold classes as I64: %s %s; convert it with to(DType.I64)"
              .formatted(name, target.dtype(), Numbers.text(target.shape())));
    }
  }

  static void requireOnePerRow(String name, Tensor x, Tensor target) {
    long[] shape = x.shape();
    boolean fits =
        (shape.length == 1 || shape.length == 2)
            && Arrays.equals(Arrays.copyOf(shape, shape.length - 1), target.shape());
    if (!fits) {
      throw new ShapeException(
          "%s: needs [N,C] and [N], or [C] and []: %s and %s"
              .formatted(name, Numbers.text(shape), Numbers.text(target.shape())));
    }
  }

  private static void requireRange(String name, Tensor target, long least, long classes) {
    if (target.numel() == 0) {
      return;
    }
    long low = target.min().itemLong();
    long high = target.max().itemLong();
    if (low < least || high >= classes) {
      throw new IndexOutOfBoundsException(
          "%s: target out of range: smallest %d, largest %d (expected %d..%d)"
              .formatted(name, low, high, least, classes - 1));
    }
  }
}
