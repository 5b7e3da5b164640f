package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The masks of one call of a [Transformer] or of its decoder: `TransformerMasks.NONE
/// .tgtMask(mask)`. Where a BOOL one is true nothing is seen; any other one is added to the scores;
/// null is none.
///
/// @param srcMask `[S, S]` or `[N * nhead, S, S]`, in the encoder
/// @param tgtMask `[T, T]` or `[N * nhead, T, T]`, in the decoder
/// @param memoryMask `[T, S]` or `[N * nhead, T, S]`, between the two
/// @param srcKeyPaddingMask `[N, S]`, in the encoder
/// @param tgtKeyPaddingMask `[N, T]`, in the decoder
/// @param memoryKeyPaddingMask `[N, S]`, between the two
/// @param srcIsCausal whether positions of the source see none behind them
/// @param tgtIsCausal whether positions of the target see none behind them, which saves a mask
public record TransformerMasks(
    @Nullable Tensor srcMask,
    @Nullable Tensor tgtMask,
    @Nullable Tensor memoryMask,
    @Nullable Tensor srcKeyPaddingMask,
    @Nullable Tensor tgtKeyPaddingMask,
    @Nullable Tensor memoryKeyPaddingMask,
    boolean srcIsCausal,
    boolean tgtIsCausal) {
  /// Everything sees everything.
  public static final TransformerMasks NONE =
      new TransformerMasks(null, null, null, null, null, null, false, false);

  /// The same with another mask.
  ///
  /// @param srcMask `[S, S]` or `[N * nhead, S, S]`, in the encoder
  /// @return the changed masks
  public TransformerMasks srcMask(@Nullable Tensor srcMask) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }

  /// The same with another mask.
  ///
  /// @param tgtMask `[T, T]` or `[N * nhead, T, T]`, in the decoder
  /// @return the changed masks
  public TransformerMasks tgtMask(@Nullable Tensor tgtMask) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }

  /// The same with another mask.
  ///
  /// @param memoryMask `[T, S]` or `[N * nhead, T, S]`, between the two
  /// @return the changed masks
  public TransformerMasks memoryMask(@Nullable Tensor memoryMask) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }

  /// The same with another mask.
  ///
  /// @param srcKeyPaddingMask `[N, S]`, in the encoder
  /// @return the changed masks
  public TransformerMasks srcKeyPaddingMask(@Nullable Tensor srcKeyPaddingMask) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }

  /// The same with another mask.
  ///
  /// @param tgtKeyPaddingMask `[N, T]`, in the decoder
  /// @return the changed masks
  public TransformerMasks tgtKeyPaddingMask(@Nullable Tensor tgtKeyPaddingMask) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }

  /// The same with another mask.
  ///
  /// @param memoryKeyPaddingMask `[N, S]`, between the two
  /// @return the changed masks
  public TransformerMasks memoryKeyPaddingMask(@Nullable Tensor memoryKeyPaddingMask) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }

  /// The same with another setting.
  ///
  /// @param srcIsCausal whether positions of the source see none behind them
  /// @return the changed masks
  public TransformerMasks srcIsCausal(boolean srcIsCausal) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }

  /// The same with another setting.
  ///
  /// @param tgtIsCausal whether positions of the target see none behind them, which saves a mask
  /// @return the changed masks
  public TransformerMasks tgtIsCausal(boolean tgtIsCausal) {
    return new TransformerMasks(
        srcMask,
        tgtMask,
        memoryMask,
        srcKeyPaddingMask,
        tgtKeyPaddingMask,
        memoryKeyPaddingMask,
        srcIsCausal,
        tgtIsCausal);
  }
}
