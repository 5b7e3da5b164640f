package dev.gatun.tensor;

import dev.gatun.kernel.LayerNormKernels;
import dev.gatun.kernel.LayerNormKernels.Problem;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operations that give the elements of a group a mean and a variance.
final class Normalization {
  private Normalization() {}

  /// `y = z w + b` with `z = (x - mean) / √(variance + eps)` over the last `n` elements, or `z = x
  /// / √(mean square + eps)` where nothing is centered; its inputs are `x`, what forward knows of
  /// each row, then `w` and `b` if there are any.
  record LayerNorm(long n, double eps, boolean weighted, boolean centered) implements Op {
    Tensor apply(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
      List<Tensor> made =
          Trace.isOn()
              ? Trace.several(this, () -> forward(x, weight, bias), Trace.present(x, weight, bias))
              : forward(x, weight, bias);
      Tensor y = made.getFirst();
      Tensor stats = made.getLast();
      if (weight == null) {
        return bias == null ? Tape.record(this, y, x, stats) : Tape.record(this, y, x, stats, bias);
      }
      return bias == null
          ? Tape.record(this, y, x, stats, weight)
          : Tape.record(this, y, x, stats, weight, bias);
    }

    private List<Tensor> forward(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
      long rows = n == 0 ? 0 : x.numel / n;
      Tensor y = Raw.emptyLike(x);
      Tensor stats = Raw.empty("layerNorm", x.dtype, rows, (long) LayerNormKernels.STATS);
      LayerNormKernels.forward(
          problem(x, stats, weight),
          bias == null ? null : Fused.readable(bias),
          eps,
          Fused.writable(y));
      return List.of(y, stats);
    }

    private Problem problem(Tensor x, Tensor stats, @Nullable Tensor weight) {
      return new Problem(
          x.dtype,
          Fused.readable(x),
          weight == null ? null : Fused.readable(weight),
          Fused.writable(stats),
          stats.shape[0],
          Math.toIntExact(n),
          centered);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      if (i == 1) {
        throw new IllegalStateException("layerNorm: statistics have no gradient");
      }
      boolean isWeight = i == 2 && weighted;
      if (i > 1 && !isWeight) {
        return Reductions.sumTo(g, node.shape(i));
      }
      if (Tape.isRecording()) {
        return composed(isWeight, node, g);
      }
      Tensor weight = weighted ? node.input(2) : null;
      Problem p = problem(node.input(0), node.input(1), weight);
      Tensor d = Raw.empty("layerNorm", g.dtype, node.shape(i));
      Tensor outer = Raw.contiguous(g);
      if (isWeight) {
        LayerNormKernels.weightGradient(p, Fused.readable(outer), Fused.writable(d));
      } else {
        LayerNormKernels.backward(p, Fused.readable(outer), Fused.writable(d));
      }
      return d;
    }

    /// `dw = Σ g z`, `dx = (g w - mean(g w) - z mean(g w z)) / √(variance + eps)`
    private Tensor composed(boolean isWeight, Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor rows = x.reshape(node.input(1).shape[0], n);
      Tensor apart = centered ? rows.sub(mean(rows)) : rows;
      Tensor scale = mean(apart.square()).add(eps).pow(-0.5);
      Tensor z = apart.mul(scale);
      Tensor outer = g.reshape(rows.shape);
      if (isWeight) {
        return outer.mul(z).sum(0).view(node.shape(2));
      }
      Tensor gw = weighted ? outer.mul(node.input(2).reshape(n)) : outer;
      Tensor level = centered ? gw.sub(mean(gw)) : gw;
      Tensor straight = level.sub(z.mul(mean(gw.mul(z))));
      return straight.mul(scale).view(x.shape);
    }

    private static Tensor mean(Tensor rows) {
      return rows.mean(new int[] {1}, true);
    }
  }

  /// The number of elements that are normalized together.
  static long check(
      String op,
      Tensor x,
      long[] shape,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    Arithmetic.floating(op, x, x);
    int shift = x.shape.length - shape.length;
    if (shape.length == 0
        || shift < 0
        || !Arrays.equals(Arrays.copyOfRange(x.shape, shift, x.shape.length), shape)) {
      throw new ShapeException(
          "%s: input %s does not end with the normalized shape %s"
              .formatted(op, Shapes.format(x.shape), Shapes.format(shape)));
    }
    checkAffine(op, "weight", x, shape, weight);
    checkAffine(op, "bias", x, shape, bias);
    if (!(eps >= 0)) {
      throw new IllegalArgumentException(op + ": eps must not be negative: " + eps);
    }
    long n = Shapes.numel(op, shape);
    if (n > LayerNormKernels.LONGEST) {
      throw new ShapeException(
          op + ": more than 2^28 elements in the normalized shape " + Shapes.format(shape));
    }
    return n;
  }

  private static void checkAffine(
      String op, String name, Tensor x, long[] shape, @Nullable Tensor given) {
    if (given == null) {
      return;
    }
    Arithmetic.same(op, x, given);
    if (!Arrays.equals(given.shape, shape)) {
      throw new ShapeException(
          "%s: %s %s does not have the normalized shape %s"
              .formatted(op, name, Shapes.format(given.shape), Shapes.format(shape)));
    }
  }
}
