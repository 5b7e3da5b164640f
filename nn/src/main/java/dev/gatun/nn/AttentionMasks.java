package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The masks of one call of attention as one.
///
/// @param hidden BOOL, where it is true nothing is seen; null for none
/// @param added to the scores; null for none
/// @param isCausal whether later keys are hidden too, which neither of the others says then
record AttentionMasks(@Nullable Tensor hidden, @Nullable Tensor added, boolean isCausal) {
  private static final double NOTHING = Double.NEGATIVE_INFINITY;

  /// @param more keys behind the given ones, which everybody sees
  static AttentionMasks of(
      AttentionArguments arguments,
      long batch,
      int heads,
      long queries,
      long keys,
      int more,
      DType dtype) {
    Tensor pairs = arguments.attnMask();
    Tensor padding = arguments.keyPaddingMask();
    if (pairs == null && padding == null && (!arguments.isCausal() || more == 0)) {
      return new AttentionMasks(null, null, arguments.isCausal());
    }
    Tensor hidden = null;
    Tensor added = null;
    if (pairs != null) {
      Tensor mask = pairs(pairs, batch, heads, queries, keys);
      hidden = isTruth(mask) ? mask.to(DType.BOOL) : null;
      added = hidden == null ? mask.to(dtype) : null;
    }
    if (padding != null) {
      Tensor mask = padding(padding, batch, keys);
      if (isTruth(mask)) {
        hidden = either(hidden, mask.to(DType.BOOL));
      } else {
        Tensor values = mask.to(dtype);
        added = added == null ? values : added.add(values);
      }
    }
    if (arguments.isCausal()) {
      hidden = either(hidden, Tensor.ones(DType.BOOL, queries, keys).triu(1));
    }
    return new AttentionMasks(padded(hidden, more), padded(added, more), false);
  }

  private static boolean isTruth(Tensor mask) {
    if (!mask.dtype().isFloating() && mask.dtype() != DType.BOOL && mask.dtype() != DType.U8) {
      throw new DTypeException(
          "MultiheadAttention: a mask must be BOOL, or floating to be added: %s %s"
              .formatted(mask.dtype(), Numbers.text(mask.shape())));
    }
    return !mask.dtype().isFloating();
  }

  private static Tensor either(@Nullable Tensor a, Tensor b) {
    return a == null ? b : a.logicalOr(b);
  }

  private static @Nullable Tensor padded(@Nullable Tensor mask, int more) {
    return mask == null || more == 0 ? mask : mask.pad(0, more);
  }

  /// `[1, 1, L, S]` or `[N, heads, L, S]`
  private static Tensor pairs(Tensor mask, long batch, int heads, long queries, long keys) {
    long[] flat = {queries, keys};
    long[] whole = {batch * heads, queries, keys};
    if (Arrays.equals(mask.shape(), flat)) {
      return mask.view(1, 1, queries, keys);
    }
    if (!Arrays.equals(mask.shape(), whole)) {
      throw new ShapeException(
          "MultiheadAttention: attnMask is neither [L, S] nor [N * heads, L, S]: %s (%s or %s)"
              .formatted(Numbers.text(mask.shape()), Numbers.text(flat), Numbers.text(whole)));
    }
    return mask.unflatten(0, batch, heads);
  }

  /// `[N, 1, 1, S]`
  private static Tensor padding(Tensor mask, long batch, long keys) {
    long[] shape = mask.shape();
    boolean one = batch == 1 && Arrays.equals(shape, new long[] {keys});
    long[] whole = {batch, keys};
    if (!one && !Arrays.equals(shape, whole)) {
      throw new ShapeException(
          "MultiheadAttention: keyPaddingMask is not [N, S]: %s (%s)"
              .formatted(Numbers.text(shape), Numbers.text(whole)));
    }
    return mask.reshape(batch, 1, 1, keys);
  }

  /// As [Tensor#scaledDotProductAttention] takes it: BOOL where true is seen, or to be added.
  @Nullable Tensor shown() {
    if (added == null) {
      return hidden == null ? null : hidden.logicalNot();
    }
    return hidden == null ? added : added.maskedFill(hidden, NOTHING);
  }

  /// The softmax of masked scores `[N, heads, L, S]`, 0 where a query sees no key.
  Tensor weights(Tensor scores) {
    Tensor masked = added == null ? scores : scores.add(added);
    if (isCausal) {
      Tensor later = Tensor.ones(DType.BOOL, scores.size(-2), scores.size(-1)).triu(1);
      return masked.maskedFill(later, NOTHING).softmax(-1);
    }
    if (hidden != null) {
      masked = masked.maskedFill(hidden, NOTHING);
    }
    if (hidden == null && added == null) {
      return masked.softmax(-1);
    }
    Tensor blind = masked.detach().eq(NOTHING).all(new int[] {-1}, true);
    return masked.maskedFill(blind, 0.0).softmax(-1).maskedFill(blind, 0.0);
  }
}
