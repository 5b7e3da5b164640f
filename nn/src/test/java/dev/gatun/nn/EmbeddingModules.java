package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.tensor.BagMode;
import dev.gatun.tensor.Generator;
import java.util.List;

/// [Embedding] and [EmbeddingBag].
final class EmbeddingModules {
  private static final EmbeddingOptions SMALL = EmbeddingOptions.of(5, 3);

  private EmbeddingModules() {}

  static List<ModuleRow> rows() {
    Generator generator = Generator.shared();
    return List.of(
        row("Embedding-module", dtype -> new Embedding(SMALL, dtype, generator)),
        row(
            "Embedding-module-padding",
            dtype -> new Embedding(SMALL.paddingIdx(-2), dtype, generator)),
        row(
            "EmbeddingBag-module",
            dtype -> new EmbeddingBag(SMALL, BagMode.MEAN, false, dtype, generator)),
        row(
            "EmbeddingBag-module-max",
            dtype -> new EmbeddingBag(SMALL.paddingIdx(3), BagMode.MAX, false, dtype, generator),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("o")))),
        row(
            "EmbeddingBag-module-sum",
            dtype -> new EmbeddingBag(SMALL, BagMode.SUM, true, dtype, generator),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("o"), in.get("s")))));
  }
}
