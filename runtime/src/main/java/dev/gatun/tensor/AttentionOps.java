package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// Attention by scaled dot products. Results belong to the current scope.
public sealed interface AttentionOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `softmax(Q Kᵀ / √E) V`, with this as Q; see [#scaledDotProductAttention(Tensor, Tensor,
  /// Tensor, double, boolean, double, Generator)].
  ///
  /// @param key `[*, S, E]`
  /// @param value `[*, S, Ev]`
  /// @return `[*, L, Ev]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor scaledDotProductAttention(Tensor key, Tensor value) {
    return scaledDotProductAttention(key, value, null, 0, false);
  }

  /// `dropout(softmax(Q Kᵀ / √E + mask)) V`, with this as Q, drawing from the process's generator;
  /// see [#scaledDotProductAttention(Tensor, Tensor, Tensor, double, boolean, double, Generator)].
  ///
  /// @param key `[*, S, E]`
  /// @param value `[*, S, Ev]`
  /// @param mask broadcasts to `[*, L, S]`; null for none
  /// @param dropoutP the probability of a weight to be dropped
  /// @param isCausal whether query `i` sees the keys 0 to `i` alone
  /// @return `[*, L, Ev]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor scaledDotProductAttention(
      Tensor key, Tensor value, @Nullable Tensor mask, double dropoutP, boolean isCausal) {
    double scale = AttentionChecks.scale(self());
    Generator generator = Generator.shared();
    return scaledDotProductAttention(key, value, mask, dropoutP, isCausal, scale, generator);
  }

  /// `dropout(softmax(scale Q Kᵀ + mask)) V`, with this as Q (Vaswani et al., arXiv:1706.03762), as
  /// one operation in blocks (Dao et al., arXiv:2205.14135): the scores `[*, L, S]` are never in
  /// memory as a whole, neither here nor in backward. The exceptions are the gradient of the mask
  /// and gradients that are themselves recorded.
  ///
  /// | operand | shape                      |
  /// |---------|----------------------------|
  /// | this    | `[*, L, E]`                |
  /// | `key`   | `[*, S, E]`                |
  /// | `value` | `[*, S, Ev]`               |
  /// | `mask`  | broadcasts to `[*, L, S]`  |
  /// | result  | `[*, L, Ev]`               |
  ///
  /// Leading dimensions broadcast. Dtypes: F32 or F64, equal; BF16 and F16 are computed in F32. A
  /// mask of BOOL says what takes part; any other one has the dtype of this and is added to the
  /// scores. A query that sees no key, because its whole row is masked or there are none, has the
  /// result 0 and no gradient, as in PyTorch since 2.5. The dimensions of the result lie in memory
  /// in the order of those of this.
  ///
  /// @param key `[*, S, E]`
  /// @param value `[*, S, Ev]`
  /// @param mask null for none
  /// @param dropoutP the probability of a weight to be dropped; the others are multiplied by `1 /
  ///   (1 - dropoutP)`
  /// @param isCausal whether query `i` sees the keys 0 to `i` alone; not together with a mask
  /// @param scale factor of the scores
  /// @param generator where the weights to drop are drawn from
  /// @return `[*, L, Ev]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  /// @throws IllegalArgumentException if `dropoutP` is not from 0 to 1, or there is a mask with
  ///   `isCausal`
  default Tensor scaledDotProductAttention(
      Tensor key,
      Tensor value,
      @Nullable Tensor mask,
      double dropoutP,
      boolean isCausal,
      double scale,
      Generator generator) {
    Tensor q = self();
    long[] batch = AttentionChecks.batch(q, key, value);
    AttentionChecks.options(q, mask, dropoutP, isCausal);
    AttentionChecks.mask(Attention.NAME, mask, batch, q.size(-2), key.size(-2));
    if (AttentionChecks.isHalf(q)) {
      Tensor m = AttentionChecks.wideOrNull(mask);
      Tensor k = AttentionChecks.wide(key);
      Tensor v = AttentionChecks.wide(value);
      return AttentionChecks.wide(q)
          .scaledDotProductAttention(k, v, m, dropoutP, isCausal, scale, generator)
          .to(q.dtype);
    }
    long scores = Shapes.numel(Attention.NAME, batch) * q.size(-2) * key.size(-2);
    var setting = AttentionChecks.setting(scale, isCausal, dropoutP, scores, generator);
    Tensor a = AttentionLayout.rows(AttentionChecks.expand(q, batch));
    Tensor b = AttentionLayout.rows(AttentionChecks.expand(key, batch));
    Tensor c = AttentionLayout.rows(AttentionChecks.expand(value, batch));
    var op = new Attention.Separate(setting);
    return (mask == null ? op.apply(a, b, c) : op.apply(a, b, c, mask)).getFirst();
  }

  /// Self-attention with Q, K and V in one tensor, this: what one linear layer makes of a sequence.
  /// As [#scaledDotProductAttention(Tensor, Tensor, Tensor, double, boolean, double, Generator)]
  /// for each head, with `scale = 1 / √E`; the gradient is one tensor too, and nothing is copied.
  ///
  /// | operand | shape                         |
  /// |---------|-------------------------------|
  /// | this    | `[*, L, 3, H, E]`             |
  /// | `mask`  | broadcasts to `[*, H, L, L]`  |
  /// | result  | `[*, L, H, E]`                |
  ///
  /// @param mask BOOL where true takes part, or added to the scores; null for none
  /// @param dropoutP the probability of a weight to be dropped
  /// @param isCausal whether position `i` sees 0 to `i` alone; not together with a mask
  /// @param generator where the weights to drop are drawn from
  /// @return `[*, L, H, E]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  /// @throws IllegalArgumentException if `dropoutP` is not from 0 to 1, or there is a mask with
  ///   `isCausal`
  default Tensor scaledDotProductAttentionPacked(
      @Nullable Tensor mask, double dropoutP, boolean isCausal, Generator generator) {
    Tensor x = self();
    long[] batch = AttentionChecks.packed(x);
    AttentionChecks.options(x, mask, dropoutP, isCausal);
    AttentionChecks.mask(Attention.NAME + "Packed", mask, batch, x.size(-4), x.size(-4));
    if (AttentionChecks.isHalf(x)) {
      Tensor m = AttentionChecks.wideOrNull(mask);
      return AttentionChecks.wide(x)
          .scaledDotProductAttentionPacked(m, dropoutP, isCausal, generator)
          .to(x.dtype);
    }
    long scores = Shapes.numel(Attention.NAME, batch) * x.size(-4) * x.size(-4);
    double scale = AttentionChecks.scale(x);
    var setting = AttentionChecks.setting(scale, isCausal, dropoutP, scores, generator);
    boolean fits = x.strides[x.dim() - 1] == 1 && x.strides[x.dim() - 4] >= x.size(-1);
    Tensor rows = fits ? x : x.contiguous();
    var op = new Attention.Packed(setting);
    Tensor y = (mask == null ? op.apply(rows) : op.apply(rows, mask)).getFirst();
    return y.transpose(-3, -2);
  }
}
