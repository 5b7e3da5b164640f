package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Activation;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/// [TransformerEncoderLayer], [TransformerDecoderLayer] and what is made of them, by the cases of
/// their golden file.
final class TransformerModules {
  private TransformerModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        row("TransformerEncoderLayer", dtype -> encoder(dtype, o -> o)),
        row("TransformerEncoderLayer-normFirst", dtype -> encoder(dtype, o -> o.normFirst(true))),
        row(
            "TransformerEncoderLayer-gelu",
            dtype -> encoder(dtype, o -> o.activation(Activation.GELU).batchFirst(true))),
        row(
            "TransformerEncoderLayer-tanh",
            dtype -> encoder(dtype, o -> o.activation(Tensor::tanh).layerNormEps(0.1))),
        row("TransformerEncoderLayer-eval", dtype -> encoder(dtype, o -> o.dropout(0.3)).eval()),
        row(
            "TransformerEncoderLayer-masks",
            dtype -> encoder(dtype, o -> o),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("mask"), in.get("pad")))),
        row(
            "TransformerEncoder",
            dtype -> {
              try (TransformerEncoderLayer layer = encoder(dtype, o -> o)) {
                return new TransformerEncoder(layer, 2);
              }
            }),
        row(
            "TransformerEncoder-norm",
            dtype -> new TransformerEncoder(() -> encoder(dtype, o -> o), 2, norm(dtype)),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("mask"), in.get("pad")))),
        row(
            "TransformerDecoderLayer",
            dtype -> decoder(dtype, o -> o),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("y")))),
        row(
            "TransformerDecoderLayer-normFirst",
            dtype -> decoder(dtype, o -> o.normFirst(true).activation(Activation.GELU)),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("y")))),
        row(
            "TransformerDecoderLayer-masks",
            dtype -> decoder(dtype, o -> o),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("y"), masks(in)))),
        row(
            "TransformerDecoder",
            dtype -> {
              try (TransformerDecoderLayer layer = decoder(dtype, o -> o)) {
                return new TransformerDecoder(layer, 2, norm(dtype));
              }
            },
            (m, in) -> List.of(m.forward(in.get("x"), in.get("y"), masks(in)))),
        row(
            "Transformer",
            dtype -> new Transformer(options(dtype), 1, 2),
            (m, in) -> List.of(m.forward(in.get("y"), in.get("x")))),
        row(
            "Transformer-masks",
            dtype -> new Transformer(options(dtype), 1, 1),
            (m, in) ->
                List.of(
                    m.forward(
                        in.get("y"),
                        in.get("x"),
                        TransformerMasks.NONE
                            .tgtMask(
                                Transformer.generateSquareSubsequentMask(3, in.get("x").dtype()))
                            .srcKeyPaddingMask(in.get("mempad"))
                            .memoryKeyPaddingMask(in.get("mempad"))))));
  }

  private static TransformerMasks masks(Checks.Inputs in) {
    return TransformerMasks.NONE
        .tgtMask(in.get("tgt"))
        .memoryMask(in.get("mem"))
        .tgtKeyPaddingMask(in.get("pad"))
        .memoryKeyPaddingMask(in.get("mempad"));
  }

  private static TransformerOptions options(DType dtype) {
    return TransformerOptions.of(4, 2).dimFeedforward(5).dropout(0).dtype(dtype);
  }

  private static TransformerEncoderLayer encoder(
      DType dtype, UnaryOperator<TransformerOptions> with) {
    return new TransformerEncoderLayer(with.apply(options(dtype)));
  }

  private static TransformerDecoderLayer decoder(
      DType dtype, UnaryOperator<TransformerOptions> with) {
    return new TransformerDecoderLayer(with.apply(options(dtype)));
  }

  private static LayerNorm norm(DType dtype) {
    return new LayerNorm(new long[] {4}, LayerNorm.EPS, true, true, dtype);
  }
}
