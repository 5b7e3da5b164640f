package dev.gatun.tensor;

import dev.gatun.kernel.RandomKernels;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Attention.Setting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The gradients of attention out of operations that have gradients themselves. They hold all
/// scores.
record ComposedAttention(Setting setting, Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
  /// `softmax(scale Q Kᵀ + mask)`; zeros where a query sees no key.
  private Tensor weights() {
    Tensor scores = q.matmul(k.transpose(-2, -1)).mul(setting.scale());
    double nothing = Double.NEGATIVE_INFINITY;
    if (setting.causal()) {
      long[] shape = {scores.size(-2), scores.size(-1)};
      scores = scores.maskedFill(Tensor.ones(DType.BOOL, shape).triu(1), nothing);
    }
    if (mask == null) {
      return scores.softmax(-1);
    }
    scores =
        mask.dtype == DType.BOOL ? scores.maskedFill(mask.logicalNot(), nothing) : scores.add(mask);
    Tensor blind = scores.detach().eq(nothing).all(new int[] {-1}, true);
    return scores.maskedFill(blind, 0.0).softmax(-1).maskedFill(blind, 0.0);
  }

  /// 0 for weights to drop, what makes up for them for the others.
  private @Nullable Tensor kept(Tensor weights) {
    Recomputation.Draw draw = setting.draw();
    if (draw == null) {
      return null;
    }
    Tensor u = Raw.empty(Attention.NAME, DType.F32, weights.shape);
    RandomKernels.uniform(DType.F32, u.writable(), 0, u.numel, 0, 1, draw.seed(), draw.counter());
    double p = setting.dropout();
    return u.ge(p).to(weights.dtype).mul(p == 1 ? 0 : 1 / (1 - p));
  }

  /// The gradients with respect to `q`, `k`, `v` and the mask, as far as they are needed.
  @Nullable Tensor[] gradients(Tensor g, boolean[] needed) {
    Tensor p = weights();
    Tensor kept = kept(p);
    @Nullable Tensor[] parts = new @Nullable Tensor[4];
    if (needed[2]) {
      parts[2] = (kept == null ? p : p.mul(kept)).transpose(-2, -1).matmul(g);
    }
    Tensor dp = g.matmul(v.transpose(-2, -1));
    if (kept != null) {
      dp = dp.mul(kept);
    }
    Tensor ds = p.mul(dp.sub(p.mul(dp).sum(new int[] {-1}, true)));
    if (needed[0]) {
      parts[0] = ds.matmul(k).mul(setting.scale());
    }
    if (needed[1]) {
      parts[1] = ds.transpose(-2, -1).matmul(q).mul(setting.scale());
    }
    if (mask != null && needed[3]) {
      parts[3] = Reductions.sumTo(ds, mask.shape);
    }
    return needed.length == 4 ? parts : Arrays.copyOf(parts, needed.length);
  }
}
