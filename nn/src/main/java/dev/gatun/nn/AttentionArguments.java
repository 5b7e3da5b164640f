package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The arguments of one call of [MultiheadAttention]. Masks are PyTorch's: where a BOOL one is
/// true, nothing is seen; any other one is added to the scores.
///
/// @param keyPaddingMask `[N, S]`, or `[S]` without a batch
/// @param attnMask `[L, S]`, or `[N * heads, L, S]`
/// @param isCausal whether query `i` sees keys 0 to `i` alone, which saves a mask
/// @param needWeights whether the result has the weights
/// @param averageAttnWeights whether these are averaged over the heads
public record AttentionArguments(
    @Nullable Tensor keyPaddingMask,
    @Nullable Tensor attnMask,
    boolean isCausal,
    boolean needWeights,
    boolean averageAttnWeights) {
  private static final AttentionArguments DEFAULT =
      new AttentionArguments(null, null, false, true, true);

  /// {@return no masks, and weights averaged over the heads}
  public static AttentionArguments of() {
    return DEFAULT;
  }

  /// The same with another mask of keys.
  ///
  /// @param keyPaddingMask `[N, S]`, or `[S]` without a batch; null for none
  /// @return the changed arguments
  public AttentionArguments keyPaddingMask(@Nullable Tensor keyPaddingMask) {
    return new AttentionArguments(
        keyPaddingMask, attnMask, isCausal, needWeights, averageAttnWeights);
  }

  /// The same with another mask of queries and keys.
  ///
  /// @param attnMask `[L, S]`, or `[N * heads, L, S]`; null for none
  /// @return the changed arguments
  public AttentionArguments attnMask(@Nullable Tensor attnMask) {
    return new AttentionArguments(
        keyPaddingMask, attnMask, isCausal, needWeights, averageAttnWeights);
  }

  /// The same, with or without a view of later keys.
  ///
  /// @param isCausal whether query `i` sees keys 0 to `i` alone
  /// @return the changed arguments
  public AttentionArguments isCausal(boolean isCausal) {
    return new AttentionArguments(
        keyPaddingMask, attnMask, isCausal, needWeights, averageAttnWeights);
  }

  /// The same, with or without weights in the result.
  ///
  /// @param needWeights whether the result has the weights
  /// @return the changed arguments
  public AttentionArguments needWeights(boolean needWeights) {
    return new AttentionArguments(
        keyPaddingMask, attnMask, isCausal, needWeights, averageAttnWeights);
  }

  /// The same with weights that are averaged, or not.
  ///
  /// @param averageAttnWeights whether weights are averaged over the heads
  /// @return the changed arguments
  public AttentionArguments averageAttnWeights(boolean averageAttnWeights) {
    return new AttentionArguments(
        keyPaddingMask, attnMask, isCausal, needWeights, averageAttnWeights);
  }
}
