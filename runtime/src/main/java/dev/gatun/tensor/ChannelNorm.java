package dev.gatun.tensor;

import dev.gatun.kernel.ChannelNormKernels;
import dev.gatun.kernel.ChannelNormKernels.Problem;
import dev.gatun.memory.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batch, group and instance normalization, which differ in what has a mean and a variance in
/// common.
final class ChannelNorm {
  /// Rows shorter than this are brought together by channels first, where a group is a channel.
  private static final long SHORT = 16;

  private ChannelNorm() {}

  /// `y = z w + b` with `z = (x - mean) / √(variance + eps)`; its inputs are `x`, the means and
  /// variances of the groups, then `w` and `b` if there are any.
  ///
  /// @param op the method, for messages
  /// @param together channels of a sample that make a group; 0 where a group is one channel of all
  ///   samples
  /// @param given whether the means and variances are not those of `x`
  record Normalize(
      String op, int together, double eps, boolean given, boolean weighted, boolean biased)
      implements Op.Several {
    @Override
    public List<Tensor> forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor rows = byRows(x);
      Tensor y = Raw.emptyLike(rows);
      ChannelNormKernels.forward(
          problem(x, rows, inputs[1], weighted ? inputs[2] : null),
          biased ? Fused.readable(inputs[weighted ? 3 : 2]) : null,
          Fused.writable(y));
      return List.of(back(y, x));
    }

    private Problem problem(Tensor x, Tensor rows, Tensor stats, @Nullable Tensor weight) {
      long samples = isMoved(x) ? 1 : x.shape[0];
      long channels = x.shape[1];
      return new Problem(
          x.dtype,
          Fused.readable(rows),
          weight == null ? null : Fused.readable(weight),
          given ? Fused.readable(stats) : Fused.writable(stats),
          samples,
          Math.toIntExact(channels),
          x.numel == 0 ? 0 : x.numel / samples / channels,
          together,
          eps,
          given);
    }

    /// Whether bringing the channels to the front makes long rows of short ones.
    private boolean isMoved(Tensor x) {
      return together == 0 && x.shape[0] > 1 && inner(x) < SHORT;
    }

    /// `x`, or a copy with the channels in front.
    private Tensor byRows(Tensor x) {
      return isMoved(x) ? Raw.copy(flat(x, x.shape[0], x.shape[1])) : x;
    }

    /// What has become of [#byRows], as `x` lies.
    private Tensor back(Tensor rows, Tensor x) {
      if (!isMoved(x)) {
        return rows;
      }
      Tensor same = Raw.copy(flat(rows, x.shape[1], x.shape[0]));
      return new Tensor(same.storage, same.dtype, x.shape, Shapes.contiguousStrides(x), 0, x.numel);
    }

    /// `[second, first, inner]` of what is `[first, second, inner]`.
    private static Tensor flat(Tensor x, long first, long second) {
      long inner = x.numel / Math.max(1, first * second);
      long[] shape = {second, first, inner};
      return Raw.view(x, shape, new long[] {inner, second * inner, 1}, x.offset);
    }

    private static long inner(Tensor x) {
      long inner = 1;
      for (int i = 2; i < x.shape.length; i++) {
        inner *= x.shape[i];
      }
      return inner;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
      boolean[] needed = new boolean[node.inputs()];
      needed[i] = true;
      return backwards(node, gradients, needed)[i];
    }

    @Override
    public @Nullable Tensor[] backwards(Node node, @Nullable Tensor[] gradients, boolean[] needed) {
      @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
      Tensor g = gradients[0];
      if (g == null) {
        return parts;
      }
      if (Tape.isRecording()) {
        new Composed(this, node, g).fill(parts, needed);
        return parts;
      }
      Tensor x = node.input(0);
      Tensor rows = byRows(x);
      Tensor outer = byRows(Raw.contiguous(g));
      Tensor dx = needed[0] ? Raw.emptyLike(rows) : null;
      for (int i = 2; i < needed.length; i++) {
        parts[i] = needed[i] ? Raw.empty(op, x.dtype, x.shape[1]) : null;
      }
      Tensor dw = weighted ? parts[2] : null;
      Tensor db = biased ? parts[weighted ? 3 : 2] : null;
      ChannelNormKernels.backward(
          problem(x, rows, node.input(1), weighted ? node.input(2) : null),
          Fused.readable(outer),
          dx == null ? null : Fused.writable(dx),
          dw == null ? null : Fused.writable(dw),
          db == null ? null : Fused.writable(db));
      parts[0] = dx == null ? null : back(dx, x);
      return parts;
    }

    @Override
    public String opName() {
      return op;
    }
  }

  /// The gradients in operations that have gradients themselves: with `g w = h`, `dx = (h - mean(h)
  /// - z mean(h z)) / √(variance + eps)` and `dw = Σ g z`.
  private static final class Composed {
    private final Normalize op;
    private final Tensor x;
    private final Tensor g;
    private final Tensor z;
    private final Tensor scale;
    private final @Nullable Tensor weight;
    private final int[] dims;

    Composed(Normalize op, Node node, Tensor outer) {
      this.op = op;
      x = node.input(0);
      long together = op.together == 0 ? 1 : op.together;
      long[] shape = {x.shape[0], x.shape[1] / together, together, Normalize.inner(x)};
      Tensor parts = x.reshape(shape);
      g = outer.reshape(shape);
      dims = op.together == 0 ? new int[] {0, 3} : new int[] {2, 3};
      weight = op.weighted ? node.input(2).reshape(1, shape[1], together, 1) : null;
      Tensor stats = node.input(1);
      Tensor apart;
      if (op.given) {
        apart = parts.sub(column(stats, 0, x.dtype));
        scale = column(stats, 1, x.dtype).add(op.eps).pow(-0.5);
      } else {
        apart = parts.sub(mean(parts));
        scale = mean(apart.square()).add(op.eps).pow(-0.5);
      }
      z = apart.mul(scale);
    }

    /// Means or variances, one for each channel: what is given is so.
    private static Tensor column(Tensor stats, int which, DType dtype) {
      return stats.detach().select(1, which).to(dtype).reshape(1, -1, 1, 1);
    }

    private Tensor mean(Tensor v) {
      return v.mean(dims, true);
    }

    void fill(@Nullable Tensor[] parts, boolean[] needed) {
      int bias = op.weighted ? 3 : 2;
      if (needed[0]) {
        Tensor h = weight == null ? g : g.mul(weight);
        Tensor slope = op.given ? h : h.sub(mean(h)).sub(z.mul(mean(h.mul(z))));
        parts[0] = slope.mul(scale).reshape(x.shape);
      }
      if (op.weighted && needed[2]) {
        parts[2] = g.mul(z).sum(0, 3).reshape(-1);
      }
      if (op.biased && needed[bias]) {
        parts[bias] = g.sum(0, 3).reshape(-1);
      }
    }
  }
}
