package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of [ChannelNormOps] and of [NormalizationOps#rmsNorm].
final class ChannelNormRows {
  private ChannelNormRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "batchNorm",
            row("batchNorm", (x, w, b) -> batch(x, w, b)),
            row("batchNorm-2d", (x, w, b) -> batch(x, w, b)),
            row("batchNorm-matrix", (x, w, b) -> batch(x, w, b)),
            row("batchNorm-one", (x, w, b) -> batch(x, w, b)),
            row("batchNorm-3d", (x, w, b) -> batch(x, w, b)),
            row("batchNorm-long", (x, w, b) -> batch(x, w, b)),
            row("batchNorm-plain", x -> batch(x, null, null)),
            row("batchNorm-bias", (x, b) -> x.batchNorm(null, null, null, b, true, 0.1, 0.5)),
            running("batchNorm-running", true),
            given("batchNorm-eval"),
            given("batchNorm-eval-long"),
            row(
                "batchNorm-eval-plain",
                (x, m, v) -> x.batchNorm(m, v, null, null, false, 0.1, 1e-5))),
        family(
            "groupNorm",
            row("groupNorm", (x, w, b) -> x.groupNorm(2, w, b, 1e-5)),
            row("groupNorm-one", (x, w, b) -> x.groupNorm(1, w, b, 1e-5)),
            row("groupNorm-matrix", (x, w, b) -> x.groupNorm(3, w, b, 0.1)),
            row("groupNorm-plain", x -> x.groupNorm(3, null, null, 1e-5))),
        family(
            "instanceNorm",
            row("instanceNorm", (x, w, b) -> x.instanceNorm(null, null, w, b, true, 0.1, 1e-5)),
            row("instanceNorm-2d", x -> x.instanceNorm(null, null, null, null, true, 0.1, 1e-5)),
            running("instanceNorm-running", false),
            new Row(
                "instanceNorm-given",
                false,
                in ->
                    List.of(
                        in.get(0)
                            .instanceNorm(
                                in.get(1), in.get(2), in.get(3), in.get(4), false, 0.1, 1e-5)))),
        family(
            "rmsNorm",
            row("rmsNorm", (x, w) -> x.rmsNorm(new long[] {5}, w, 1e-5)),
            row("rmsNorm-plain", x -> x.rmsNorm(new long[] {9}, null, 0.5)),
            row("rmsNorm-two-dims", (x, w) -> x.rmsNorm(new long[] {3, 4}, w, 1e-5))));
  }

  private static Tensor batch(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    return x.batchNorm(null, null, weight, bias, true, 0.1, 1e-5);
  }

  private static Row given(String name) {
    return new Row(
        name,
        false,
        in ->
            List.of(
                in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), in.get(4), false, 0.1, 1e-5)));
  }

  /// The running values change where they are, so each call gets copies.
  private static Row running(String name, boolean batch) {
    return new Row(
        name,
        false,
        in -> {
          Tensor x = in.get(0);
          Tensor mean = in.get(1).copy();
          Tensor variance = in.get(2).copy();
          Tensor w = in.get(3);
          Tensor b = in.get(4);
          Tensor y =
              batch
                  ? x.batchNorm(mean, variance, w, b, true, 0.3, 1e-5)
                  : x.instanceNorm(mean, variance, w, b, true, 0.3, 1e-5);
          return List.of(y, mean, variance);
        });
  }
}
