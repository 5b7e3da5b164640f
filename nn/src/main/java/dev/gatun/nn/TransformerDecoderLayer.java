package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Self-attention, attention to the result of an encoder, and then two linear layers, each added to
/// its input and normalized (Vaswani et al., arXiv:1706.03762):
///
/// ```
/// x = norm1(x + dropout1(self_attn(x)))
/// x = norm2(x + dropout2(multihead_attn(x, memory)))
/// x = norm3(x + dropout3(linear2(dropout(activation(linear1(x))))))
/// ```
///
/// or, with `normFirst`, `x = x + dropout1(self_attn(norm1(x)))` and so on.
///
/// | tensor           | shape                                                               |
/// |------------------|---------------------------------------------------------------------|
/// | input and result | `[T, N, dModel]`, `[N, T, dModel]` with `batchFirst`, `[T, dModel]` |
/// | memory           | the same with S in the place of T                                   |
///
/// Parameters are those of PyTorch's `torch.nn.TransformerDecoderLayer`, in its order.
public final class TransformerDecoderLayer extends TransformerLayer {
  /// With PyTorch's defaults; see [TransformerOptions#of].
  ///
  /// @param dModel size of input and result
  /// @param nhead heads of attention
  public TransformerDecoderLayer(long dModel, int nhead) {
    this(TransformerOptions.of(dModel, nhead));
  }

  /// With options.
  ///
  /// @param options what the layer is like
  public TransformerDecoderLayer(TransformerOptions options) {
    super(options, true);
  }

  /// A layer of its own with the options and values of another.
  ///
  /// @param other the layer to copy
  public TransformerDecoderLayer(TransformerDecoderLayer other) {
    this(other.options());
    copy(other);
  }

  /// Throws: a decoder needs the result of an encoder too.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor tgt) {
    throw new UnsupportedOperationException(
        "TransformerDecoderLayer: needs a memory; call forward(tgt, memory)");
  }

  /// Decodes a sequence without masks.
  ///
  /// @param tgt the sequence
  /// @param memory result of an encoder
  /// @return the shape of `tgt`
  public Tensor forward(Tensor tgt, Tensor memory) {
    return forward(tgt, memory, TransformerMasks.NONE);
  }

  /// Decodes a sequence under masks.
  ///
  /// @param tgt the sequence
  /// @param memory result of an encoder
  /// @param masks those of target and memory
  /// @return the shape of `tgt`
  public Tensor forward(Tensor tgt, Tensor memory, TransformerMasks masks) {
    Tensor x =
        residual(
            0,
            tgt,
            part ->
                attendToItself(
                    part, masks.tgtMask(), masks.tgtKeyPaddingMask(), masks.tgtIsCausal()));
    Tensor y =
        residual(
            1, x, part -> attendTo(memory, part, masks.memoryMask(), masks.memoryKeyPaddingMask()));
    return residual(2, y, this::feedForward);
  }
}
