package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Self-attention and then two linear layers, each added to its input and normalized (Vaswani et
/// al., arXiv:1706.03762):
///
/// ```
/// x = norm1(x + dropout1(self_attn(x)))
/// x = norm2(x + dropout2(linear2(dropout(activation(linear1(x))))))
/// ```
///
/// or, with `normFirst`, `x = x + dropout1(self_attn(norm1(x)))` and so on.
///
/// | tensor           | shape                                                               |
/// |------------------|---------------------------------------------------------------------|
/// | input and result | `[S, N, dModel]`, `[N, S, dModel]` with `batchFirst`, `[S, dModel]` |
///
/// Parameters are those of PyTorch's `torch.nn.TransformerEncoderLayer`, in its order.
public final class TransformerEncoderLayer extends TransformerLayer {
  /// With PyTorch's defaults; see [TransformerOptions#of].
  ///
  /// @param dModel size of input and result
  /// @param nhead heads of attention
  public TransformerEncoderLayer(long dModel, int nhead) {
    this(TransformerOptions.of(dModel, nhead));
  }

  /// With options.
  ///
  /// @param options what the layer is like
  public TransformerEncoderLayer(TransformerOptions options) {
    super(options, false);
  }

  /// A layer of its own with the options and values of another.
  ///
  /// @param other the layer to copy
  public TransformerEncoderLayer(TransformerEncoderLayer other) {
    this(other.options());
    copy(other);
  }

  @Override
  public Tensor forward(Tensor src) {
    return forward(src, null, null);
  }

  /// Encodes a sequence under masks.
  ///
  /// @param src the sequence
  /// @param srcMask `[S, S]` or `[N * nhead, S, S]`; BOOL where true hides, or added; null for none
  /// @param srcKeyPaddingMask `[N, S]`; BOOL where true hides, or added; null for none
  /// @return the shape of `src`
  public Tensor forward(Tensor src, @Nullable Tensor srcMask, @Nullable Tensor srcKeyPaddingMask) {
    return forward(src, srcMask, srcKeyPaddingMask, false);
  }

  /// Encodes a sequence under masks.
  ///
  /// @param src the sequence
  /// @param srcMask `[S, S]` or `[N * nhead, S, S]`; BOOL where true hides, or added; null for none
  /// @param srcKeyPaddingMask `[N, S]`; BOOL where true hides, or added; null for none
  /// @param isCausal whether each position sees itself and earlier ones alone, which saves a mask
  /// @return the shape of `src`
  public Tensor forward(
      Tensor src, @Nullable Tensor srcMask, @Nullable Tensor srcKeyPaddingMask, boolean isCausal) {
    Tensor x = residual(0, src, part -> attendToItself(part, srcMask, srcKeyPaddingMask, isCausal));
    return residual(1, x, this::feedForward);
  }
}
