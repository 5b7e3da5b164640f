package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of [NormalizationOps].
final class NormalizationRows {
  private NormalizationRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "layerNorm",
            row("layerNorm", (a, w, b) -> norm(a, w, b, 4)),
            row("layerNorm-3d", (a, w, b) -> norm(a, w, b, 4)),
            row("layerNorm-1d", (a, w, b) -> norm(a, w, b, 4)),
            row("layerNorm-plain", a -> norm(a, null, null, 4)),
            row("layerNorm-weight", (a, w) -> norm(a, w, null, 4)),
            row("layerNorm-bias", (a, b) -> norm(a, null, b, 4)),
            row("layerNorm-two-dims", (a, w, b) -> norm(a, w, b, 2, 3)),
            row("layerNorm-eps", (a, w, b) -> a.layerNorm(new long[] {5}, w, b, 0.5)),
            row("layerNorm-transposed", (a, w, b) -> norm(a.t(), w, b, 3)),
            row("layerNorm-edge", a -> norm(a, null, null, 3))));
  }

  private static Tensor norm(
      Tensor a, @Nullable Tensor weight, @Nullable Tensor bias, long... shape) {
    return a.layerNorm(shape, weight, bias, 1e-5);
  }
}
