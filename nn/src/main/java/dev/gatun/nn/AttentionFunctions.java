package dev.gatun.nn;

import dev.gatun.nn.MultiheadAttention.Options;
import dev.gatun.nn.MultiheadAttention.Result;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attention of [F].
abstract sealed class AttentionFunctions extends EmbeddingFunctions permits VisionFunctions {
  AttentionFunctions() {}

  /// `softmax(Q Kᵀ / √E) V`; see [Tensor#scaledDotProductAttention(Tensor, Tensor, Tensor, double,
  /// boolean, double, Generator)].
  ///
  /// @param query `[*, L, E]`
  /// @param key `[*, S, E]`
  /// @param value `[*, S, Ev]`
  /// @return `[*, L, Ev]`
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return query.scaledDotProductAttention(key, value);
  }

  /// `dropout(softmax(Q Kᵀ / √E + mask)) V`; see [Tensor#scaledDotProductAttention(Tensor, Tensor,
  /// Tensor, double, boolean, double, Generator)]. The dropout is applied whatever the mode.
  ///
  /// @param query `[*, L, E]`
  /// @param key `[*, S, E]`
  /// @param value `[*, S, Ev]`
  /// @param attnMask broadcasts to `[*, L, S]`; BOOL where true takes part, or added to the scores;
  ///   null for none
  /// @param dropoutP the probability of a weight to be dropped
  /// @param isCausal whether query `i` sees the keys 0 to `i` alone
  /// @return `[*, L, Ev]`
  public static Tensor scaledDotProductAttention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor attnMask,
      double dropoutP,
      boolean isCausal) {
    return query.scaledDotProductAttention(key, value, attnMask, dropoutP, isCausal);
  }

  /// As that, with another factor of the scores.
  ///
  /// @param query `[*, L, E]`
  /// @param key `[*, S, E]`
  /// @param value `[*, S, Ev]`
  /// @param attnMask broadcasts to `[*, L, S]`; BOOL where true takes part, or added to the scores;
  ///   null for none
  /// @param dropoutP the probability of a weight to be dropped
  /// @param isCausal whether query `i` sees the keys 0 to `i` alone
  /// @param scale factor of the scores
  /// @return `[*, L, Ev]`
  public static Tensor scaledDotProductAttention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor attnMask,
      double dropoutP,
      boolean isCausal,
      double scale) {
    Generator generator = Generator.shared();
    return query.scaledDotProductAttention(
        key, value, attnMask, dropoutP, isCausal, scale, generator);
  }

  /// What [MultiheadAttention] computes, sequence first, with the given weights.
  ///
  /// @param query `[L, N, E]` or `[L, E]`
  /// @param key `[S, N, E]` or `[S, E]`
  /// @param value the shape of `key`
  /// @param numHeads heads
  /// @param inProjWeight `[3 E, E]`
  /// @param inProjBias `[3 E]`, or null
  /// @param outProjWeight `[E, E]`
  /// @param outProjBias `[E]`, or null
  /// @param dropoutP the probability of a weight to be dropped
  /// @param arguments masks, and whether weights are wanted
  /// @return output and weights
  public static Result multiHeadAttentionForward(
      Tensor query,
      Tensor key,
      Tensor value,
      int numHeads,
      Tensor inProjWeight,
      @Nullable Tensor inProjBias,
      Tensor outProjWeight,
      @Nullable Tensor outProjBias,
      double dropoutP,
      AttentionArguments arguments) {
    Options options = Options.of(query.size(-1), numHeads);
    options.check();
    var heads = new AttentionHeads(options, inProjWeight, List.of(), inProjBias, null, null);
    Result inner = heads.attend(query, key, value, arguments, dropoutP);
    return new Result(inner.output().linear(outProjWeight, outProjBias), inner.weights());
  }
}
