package dev.gatun.tensor;

import dev.gatun.kernel.AttentionKernels;
import dev.gatun.kernel.AttentionKernels.Gradients;
import dev.gatun.kernel.AttentionKernels.Mask;
import dev.gatun.kernel.AttentionKernels.Problem;
import dev.gatun.memory.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Attention by scaled dot products. Forward and the first gradient never hold all scores; a
/// gradient that is recorded, and the one of a mask, are composed of operations that do.
final class Attention {
  static final String NAME = "scaledDotProductAttention";

  private Attention() {}

  /// What is not an operand.
  ///
  /// @param scale factor of the scores
  /// @param causal whether query `i` sees keys up to `i` alone
  /// @param dropout probability of a weight to be dropped
  /// @param draw where the numbers are that decide which; null where none is dropped
  record Setting(double scale, boolean causal, double dropout, Recomputation.@Nullable Draw draw) {
    Problem problem(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
      int rank = q.shape.length;
      long queries = q.shape[rank - 2];
      long keys = k.shape[rank - 2];
      var matrices = AttentionLayout.matrices(q);
      return new Problem(
          q.dtype,
          matrices.count(),
          queries,
          keys,
          Math.toIntExact(q.shape[rank - 1]),
          Math.toIntExact(v.shape[rank - 1]),
          scale,
          causal,
          dropout,
          draw == null ? 0 : draw.seed(),
          draw == null ? 0 : draw.counter(),
          matrices,
          AttentionLayout.matrices(k),
          AttentionLayout.matrices(v),
          mask == null ? null : mask(mask, Shapes.with(q.shape, rank - 1, keys)));
    }

    private static Mask mask(Tensor mask, long[] scores) {
      return new Mask(mask.dtype == DType.BOOL, AttentionLayout.broadcast(mask, scores));
    }
  }

  /// Inputs are `q`, `k`, `v` and perhaps a mask; results the output and the logarithm of the sum
  /// of each row's exponentials.
  record Separate(Setting setting) implements Op.Several {
    @Override
    public List<Tensor> forward(Tensor... in) {
      return attend(setting, in[0], in[1], in[2], in.length > 3 ? in[3] : null);
    }

    @Override
    public String opName() {
      return NAME;
    }

    @Override
    public boolean differentiable(int k) {
      return k == 0;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
      boolean[] needed = new boolean[node.inputs()];
      needed[i] = true;
      return backwards(node, gradients, needed)[i];
    }

    @Override
    public @Nullable Tensor[] backwards(Node node, @Nullable Tensor[] gradients, boolean[] needed) {
      boolean masked = needed.length > 3;
      Tensor g = node.orZero(gradients, 0);
      Tensor q = node.input(0);
      Tensor k = node.input(1);
      Tensor v = node.input(2);
      Tensor mask = masked ? node.input(3) : null;
      if (Tape.isRecording() || (masked && needed[3])) {
        return new ComposedAttention(setting, q, k, v, mask).gradients(g, needed);
      }
      @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
      parts[0] = needed[0] ? AttentionLayout.like(q, q.shape) : null;
      parts[1] = needed[1] ? AttentionLayout.like(k, k.shape) : null;
      parts[2] = needed[2] ? AttentionLayout.like(v, v.shape) : null;
      differentiate(setting.problem(q, k, v, mask), node, g, parts[0], parts[1], parts[2]);
      return parts;
    }
  }

  /// One input holds `q`, `k` and `v`, and so does its gradient; there may be a mask behind.
  record Packed(Setting setting) implements Op.Several {
    @Override
    public List<Tensor> forward(Tensor... in) {
      Tensor x = in[0];
      Tensor[] parts = {part(x, 0), part(x, 1), part(x, 2)};
      return attend(setting, parts[0], parts[1], parts[2], in.length > 1 ? in[1] : null);
    }

    /// `[*, L, 3, H, E]` as one of three `[*, H, L, E]`.
    static Tensor part(Tensor x, int which) {
      int rank = x.shape.length;
      long[] shape = Shapes.remove(x.shape, rank - 3);
      long[] strides = Shapes.remove(x.strides, rank - 3);
      swap(shape, rank - 4);
      swap(strides, rank - 4);
      return Raw.view(x, shape, strides, x.offset + which * x.strides[rank - 3]);
    }

    private static void swap(long[] values, int i) {
      long first = values[i];
      values[i] = values[i + 1];
      values[i + 1] = first;
    }

    @Override
    public String opName() {
      return NAME + "Packed";
    }

    @Override
    public boolean differentiable(int k) {
      return k == 0;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
      boolean[] needed = new boolean[node.inputs()];
      needed[i] = true;
      return backwards(node, gradients, needed)[i];
    }

    @Override
    public @Nullable Tensor[] backwards(Node node, @Nullable Tensor[] gradients, boolean[] needed) {
      boolean masked = needed.length > 1;
      Tensor g = node.orZero(gradients, 0);
      Tensor x = node.input(0);
      Tensor mask = masked ? node.input(1) : null;
      if (Tape.isRecording() || (masked && needed[1])) {
        return composed(x, mask, g, needed);
      }
      Tensor dx = AttentionLayout.like(x, x.shape);
      Problem problem = setting.problem(part(x, 0), part(x, 1), part(x, 2), mask);
      differentiate(problem, node, g, part(dx, 0), part(dx, 1), part(dx, 2));
      @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
      parts[0] = dx;
      return parts;
    }

    private @Nullable Tensor[] composed(
        Tensor x, @Nullable Tensor mask, Tensor g, boolean[] needed) {
      boolean[] inner = {needed[0], needed[0], needed[0], mask != null && needed[1]};
      Tensor[] qkv = new Tensor[3];
      for (int i = 0; i < 3; i++) {
        qkv[i] = x.select(-3, i).transpose(-3, -2);
      }
      var composed = new ComposedAttention(setting, qkv[0], qkv[1], qkv[2], mask);
      @Nullable Tensor[] d = composed.gradients(g, inner);
      @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
      Tensor dq = d[0];
      Tensor dk = d[1];
      Tensor dv = d[2];
      if (dq != null && dk != null && dv != null) {
        Tensor[] turned = {dq.transpose(-3, -2), dk.transpose(-3, -2), dv.transpose(-3, -2)};
        parts[0] = Tensor.stack(-3, turned);
      }
      if (parts.length > 1) {
        parts[1] = d[3];
      }
      return parts;
    }
  }

  private static List<Tensor> attend(
      Setting setting, Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
    int rank = q.shape.length;
    Tensor out = AttentionLayout.like(q, Shapes.with(q.shape, rank - 1, v.shape[rank - 1]));
    Tensor lse = Raw.empty(NAME, q.dtype, Shapes.remove(q.shape, rank - 1));
    long keys = k.shape[rank - 2];
    MultiplyAdds.add(lse.numel, 1, keys, q.shape[rank - 1] + v.shape[rank - 1]);
    AttentionKernels.forward(
        setting.problem(q, k, v, mask), AttentionLayout.writable(out), Fused.writable(lse));
    return List.of(out, lse);
  }

  private static void differentiate(
      Problem problem,
      Node node,
      Tensor g,
      @Nullable Tensor dq,
      @Nullable Tensor dk,
      @Nullable Tensor dv) {
    AttentionKernels.backward(
        problem,
        AttentionLayout.matrices(node.output(0)),
        Fused.readable(node.output(1)),
        AttentionLayout.matrices(AttentionLayout.rows(g)),
        new Gradients(writable(dq), writable(dk), writable(dv)));
  }

  private static AttentionKernels.@Nullable Matrices writable(@Nullable Tensor x) {
    return x == null ? null : AttentionLayout.writable(x);
  }
}
