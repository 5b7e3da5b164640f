package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.memory.DType;
import dev.gatun.nn.MultiheadAttention.Options;
import dev.gatun.nn.MultiheadAttention.Result;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// [MultiheadAttention], by the cases of its golden file.
final class AttentionModules {
  private static final AttentionArguments ALONE = AttentionArguments.of().needWeights(false);

  private AttentionModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        own("", o -> o),
        own("-batchFirst", o -> o.batchFirst(true)),
        own("-unbatched", o -> o),
        own("-nobias", o -> o.bias(false)),
        own("-biasKv", o -> o.addBiasKv(true)),
        own("-zeroAttn", o -> o.addZeroAttn(true)),
        own("-all", o -> o.bias(false).addBiasKv(true).addZeroAttn(true).batchFirst(true)),
        crossed("-memory", o -> o, "y", "y"),
        crossed("-three", o -> o, "y", "z"),
        crossed("-sizes", o -> o.kdim(3).vdim(5), "y", "z"),
        crossed("-sizes-unbatched", o -> o.kdim(3).batchFirst(true), "y", "z"),
        row(
            "MultiheadAttention-weights",
            dtype -> make(dtype, o -> o),
            (m, in) -> both(m.forward(in.get("x"), in.get("x"), in.get("x")))),
        row(
            "MultiheadAttention-weights-apart",
            dtype -> make(dtype, o -> o.batchFirst(true)),
            (m, in) ->
                both(
                    m.forward(
                        in.get("x"),
                        in.get("y"),
                        in.get("y"),
                        AttentionArguments.of().averageAttnWeights(false)))),
        row(
            "MultiheadAttention-weights-unbatched",
            dtype -> make(dtype, o -> o.addBiasKv(true).addZeroAttn(true)),
            (m, in) ->
                both(
                    m.forward(
                        in.get("x"),
                        in.get("x"),
                        in.get("x"),
                        AttentionArguments.of().attnMask(in.get("mask"))))),
        masked("", o -> o),
        masked("-added", o -> o),
        masked("-heads", o -> o),
        masked("-padding", o -> o),
        masked("-both", o -> o),
        masked("-both-added", o -> o),
        masked("-more", o -> o.addBiasKv(true).addZeroAttn(true)));
  }

  private static MultiheadAttention make(DType dtype, UnaryOperator<Options> with) {
    return new MultiheadAttention(with.apply(Options.of(4, 2)).dtype(dtype));
  }

  private static ModuleRow own(String name, UnaryOperator<Options> with) {
    return row("MultiheadAttention" + name, dtype -> make(dtype, with));
  }

  private static ModuleRow crossed(
      String name, UnaryOperator<Options> with, String key, String value) {
    return row(
        "MultiheadAttention" + name,
        dtype -> make(dtype, with),
        (m, in) -> List.of(m.forward(in.get("x"), in.get(key), in.get(value), ALONE).output()));
  }

  private static ModuleRow masked(String name, UnaryOperator<Options> with) {
    return row(
        "MultiheadAttention-mask" + name,
        dtype -> make(dtype, with),
        (m, in) -> {
          Tensor x = in.get("x");
          AttentionArguments arguments =
              ALONE.attnMask(in.find("mask")).keyPaddingMask(in.find("pad"));
          return List.of(m.forward(x, x, x, arguments).output());
        });
  }

  private static List<Tensor> both(Result result) {
    return List.of(result.output(), Objects.requireNonNull(result.weights()));
  }
}
