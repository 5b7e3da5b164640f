package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;

/// An encoder and a decoder (Vaswani et al., arXiv:1706.03762), each of layers with a normalization
/// at the end.
///
/// | tensor            | shape                                                               |
/// |-------------------|---------------------------------------------------------------------|
/// | source            | `[S, N, dModel]`, `[N, S, dModel]` with `batchFirst`, `[S, dModel]` |
/// | target and result | the same with T in the place of S                                   |
///
/// Parameters are those of PyTorch's `torch.nn.Transformer`, in its order; all with more than one
/// dimension start as Glorot's uniform ones.
public final class Transformer extends Module {
  private final TransformerOptions options;
  private final TransformerEncoder encoder;
  private final TransformerDecoder decoder;

  /// PyTorch's default: 6 layers each, of size 512 with 8 heads.
  public Transformer() {
    this(TransformerOptions.of(512, 8), 6, 6);
  }

  /// With options.
  ///
  /// @param options what all layers are like
  /// @param numEncoderLayers layers of the encoder
  /// @param numDecoderLayers layers of the decoder
  public Transformer(TransformerOptions options, int numEncoderLayers, int numDecoderLayers) {
    this.options = options;
    encoder =
        child(
            "encoder",
            new TransformerEncoder(
                () -> new TransformerEncoderLayer(options), numEncoderLayers, norm(options)));
    decoder =
        child(
            "decoder",
            new TransformerDecoder(
                () -> new TransformerDecoderLayer(options), numDecoderLayers, norm(options)));
    resetParameters(options.generator());
  }

  private static LayerNorm norm(TransformerOptions options) {
    return new LayerNorm(
        new long[] {options.dModel()}, options.layerNormEps(), true, true, options.dtype());
  }

  /// Draws the parameters of more than one dimension anew.
  ///
  /// @param generator where they are drawn from
  public void resetParameters(Generator generator) {
    for (Parameter parameter : parameters()) {
      if (parameter.dim() > 1) {
        Init.xavierUniform_(parameter, 1, generator);
      }
    }
  }

  /// Throws: there are two sequences.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor src) {
    throw new UnsupportedOperationException("Transformer: needs a target; call forward(src, tgt)");
  }

  /// Encodes one sequence and decodes another, without masks.
  ///
  /// @param src the source
  /// @param tgt the target
  /// @return the shape of `tgt`
  public Tensor forward(Tensor src, Tensor tgt) {
    return forward(src, tgt, TransformerMasks.NONE);
  }

  /// Encodes one sequence and decodes another.
  ///
  /// @param src the source
  /// @param tgt the target
  /// @param masks of both
  /// @return the shape of `tgt`
  /// @throws ShapeException if the sequences are of different batches
  public Tensor forward(Tensor src, Tensor tgt, TransformerMasks masks) {
    int batch = options.batchFirst() ? 0 : 1;
    if (src.dim() == 3 && (tgt.dim() != 3 || src.size(batch) != tgt.size(batch))) {
      throw new ShapeException(
          "Transformer: source and target are of different batches: %s and %s (batchFirst=%s)"
              .formatted(
                  Numbers.text(src.shape()), Numbers.text(tgt.shape()), options.batchFirst()));
    }
    Tensor memory =
        encoder.call(
            src,
            x ->
                encoder.forward(
                    x, masks.srcMask(), masks.srcKeyPaddingMask(), masks.srcIsCausal()));
    return decoder.call(tgt, x -> decoder.forward(x, memory, masks));
  }

  /// {@return the encoder}
  public TransformerEncoder encoder() {
    return encoder;
  }

  /// {@return the decoder}
  public TransformerDecoder decoder() {
    return decoder;
  }

  /// 0 for each position and those before it, minus infinity for later ones, in F32.
  ///
  /// @param size of the sequence
  /// @return `[size, size]`, to be added to scores
  public static Tensor generateSquareSubsequentMask(long size) {
    return generateSquareSubsequentMask(size, DType.F32);
  }

  /// 0 for each position and those before it, minus infinity for later ones.
  ///
  /// @param size of the sequence
  /// @param dtype F32 or F64
  /// @return `[size, size]`, to be added to scores
  public static Tensor generateSquareSubsequentMask(long size, DType dtype) {
    return Tensor.full(dtype, Double.NEGATIVE_INFINITY, size, size).triu(1);
  }
}
