package dev.gatun.tensor;

import dev.gatun.kernel.CrossEntropyKernels;
import dev.gatun.kernel.CrossEntropyKernels.Problem;
import dev.gatun.kernel.ElementRun;
import dev.gatun.memory.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Losses that are one operation.
final class Losses {
  private Losses() {}

  /// `-(1 - s) w[t] ln p[t] - s / C Σ w[c] ln p[c]` with `p = softmax(x)`; its inputs are the
  /// logits, the targets, what forward knows of each row, and the weights if there are any.
  record CrossEntropy(long ignored, double smoothing, LossReduction reduction) implements Op {
    Tensor apply(Tensor x, Tensor target, @Nullable Tensor weight) {
      List<Tensor> made =
          Trace.isOn()
              ? Trace.several(
                  this, () -> forward(x, target, weight), Trace.present(x, target, weight))
              : forward(x, target, weight);
      Tensor y = made.getFirst();
      Tensor stats = made.getLast();
      if (!x.requiresGrad()) {
        return y;
      }
      return weight == null
          ? Tape.record(this, y, x, target, stats)
          : Tape.record(this, y, x, target, stats, weight);
    }

    private List<Tensor> forward(Tensor x, Tensor target, @Nullable Tensor weight) {
      Tensor stats =
          Raw.empty("crossEntropy", x.dtype, x.shape[0], (long) CrossEntropyKernels.STATS);
      Problem p = problem(x, target, stats, weight);
      if (CrossEntropyKernels.forward(p) >= 0) {
        throw outOfRange(target, ignored, x.shape[1]);
      }
      return List.of(result(p, stats), stats);
    }

    private Problem problem(Tensor x, Tensor target, Tensor stats, @Nullable Tensor weight) {
      return new Problem(
          x.dtype,
          Fused.readable(x),
          Fused.readable(target),
          weight == null ? null : Fused.readable(weight),
          Fused.writable(stats),
          x.shape[0],
          Math.toIntExact(x.shape[1]),
          ignored,
          smoothing);
    }

    private Tensor result(Problem p, Tensor stats) {
      return switch (reduction) {
        case NONE -> Raw.copy(stats.select(1, 2));
        case SUM -> Tensor.scalar(p.dtype(), CrossEntropyKernels.sum(p));
        case MEAN ->
            Tensor.scalar(p.dtype(), CrossEntropyKernels.sum(p) / CrossEntropyKernels.divisor(p));
      };
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `(a softmax(x) - k) g`, where `k` is the row's target, weighted and smoothed, and `a` its
    /// sum.
    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      if (i != 0) {
        throw new IllegalStateException("crossEntropy: only logits have a gradient");
      }
      Tensor x = node.input(0);
      Tensor weight = node.inputs() == 4 ? node.input(3) : null;
      Problem p = problem(x, node.input(1), node.input(2), weight);
      double scale = reduction == LossReduction.MEAN ? 1 / CrossEntropyKernels.divisor(p) : 1;
      boolean each = reduction == LossReduction.NONE;
      Tensor y = Raw.emptyLike(x);
      if (Tape.isRecording()) {
        CrossEntropyKernels.targets(p, scale, Fused.writable(y));
        Tensor shares = x.softmax(1).mul(y.sum(new int[] {1}, true));
        return shares.sub(y).mul(each ? g.unsqueeze(1) : g);
      }
      ElementRun outer = Fused.readable(Raw.contiguous(g));
      CrossEntropyKernels.backward(p, outer, each, scale, Fused.writable(y));
      return y;
    }
  }

  static void check(Tensor x, Tensor target, @Nullable Tensor weight, double smoothing) {
    if (x.shape.length != 2) {
      throw new ShapeException(
          "crossEntropy: input must be [N,C] or [C]: " + Shapes.format(x.shape));
    }
    if (target.shape.length != 1 || target.shape[0] != x.shape[0]) {
      throw new ShapeException(
          "crossEntropy: target does not fit the input: %s and %s (expected [%d])"
              .formatted(Shapes.format(x.shape), Shapes.format(target.shape), x.shape[0]));
    }
    Arithmetic.floating("crossEntropy", x, x);
    if (target.dtype != DType.I64 && target.dtype != DType.I32) {
      throw new DTypeException(
          "crossEntropy: target must hold classes as I64: %s %s; convert it with to(DType.I64)"
              .formatted(target.dtype, Shapes.format(target.shape)));
    }
    if (weight != null) {
      Arithmetic.same("crossEntropy", x, weight);
      if (weight.shape.length != 1 || weight.shape[0] != x.shape[1]) {
        throw new ShapeException(
            "crossEntropy: weight must have one value per class: %s (expected [%d])"
                .formatted(Shapes.format(weight.shape), x.shape[1]));
      }
    }
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          "crossEntropy: label smoothing must be between 0 and 1: " + smoothing);
    }
    if (x.shape[1] > CrossEntropyKernels.MOST_CLASSES) {
      throw new ShapeException(
          "crossEntropy: more than 2^28 classes: input " + Shapes.format(x.shape));
    }
  }

  private static IndexOutOfBoundsException outOfRange(Tensor target, long ignored, long classes) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (long t : target.toLongArray()) {
      least = t == ignored ? least : Math.min(least, t);
      most = t == ignored ? most : Math.max(most, t);
    }
    return new IndexOutOfBoundsException(
        "crossEntropy: target out of range: smallest %d, largest %d (expected 0..%d)"
            .formatted(least, most, classes - 1));
  }
}
