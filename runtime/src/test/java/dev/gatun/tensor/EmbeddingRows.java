package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows of [EmbeddingOps]. Gradients that skip padding or are divided by frequencies are no slopes.
final class EmbeddingRows {
  private EmbeddingRows() {}

  static List<Family> families() {
    return List.of(
        OpCatalog.family(
            "embedding",
            row("embedding", (w, i) -> w.embedding(i)),
            row("embedding-matrix", (w, i) -> w.embedding(i)),
            row("embedding-scalar", (w, i) -> w.embedding(i)),
            row("embedding-none", (w, i) -> w.embedding(i)),
            row("embedding-one-column", (w, i) -> w.embedding(i)),
            row("embedding-padding", (w, i) -> w.embedding(i, 4, false)).atKink(),
            row("embedding-frequency", (w, i) -> w.embedding(i, -1, true)).atKink(),
            row("embedding-frequency-padding", (w, i) -> w.embedding(i, 0, true)).atKink()),
        new Family("embeddingBag.txt", bags()),
        OpCatalog.family(
            "embeddingRenorm_",
            row("embeddingRenorm_-1.0", (w, i) -> renorm(w, i, 1)),
            row("embeddingRenorm_-2.0", (w, i) -> renorm(w, i, 2)),
            row("embeddingRenorm_-3.5", (w, i) -> renorm(w, i, 3.5)),
            row("embeddingRenorm_-inf", (w, i) -> renorm(w, i, Double.POSITIVE_INFINITY))));
  }

  private static List<Row> bags() {
    List<Row> rows = new ArrayList<>();
    for (BagMode mode : BagMode.values()) {
      String name = "embeddingBag-" + mode.toString().toLowerCase(Locale.ROOT);
      rows.add(row(name, (w, i, o) -> w.embeddingBag(i, o, mode)));
      rows.add(row(name + "-matrix", (w, i) -> w.embeddingBag(i, null, mode)));
      rows.add(
          row(name + "-padding", (w, i, o) -> w.embeddingBag(i, o, mode, null, 4, false, false)));
      rows.add(
          row(
              name + "-last-offset",
              (w, i, o) -> w.embeddingBag(i, o, mode, null, -1, true, false)));
      rows.add(row(name + "-none", (w, i, o) -> w.embeddingBag(i, o, mode)));
      if (mode != BagMode.MAX) {
        rows.add(
            row(name + "-frequency", (w, i, o) -> w.embeddingBag(i, o, mode, null, -1, false, true))
                .atKink());
      }
    }
    rows.add(weighted("embeddingBag-weights", -1));
    rows.add(weighted("embeddingBag-weights-padding", 4));
    rows.add(
        row(
            "embeddingBag-weights-matrix",
            (w, i, s) -> w.embeddingBag(i, null, BagMode.SUM, s, -1, false, false)));
    return rows;
  }

  private static Row weighted(String name, long padding) {
    return new Row(
        name,
        false,
        in ->
            List.of(
                in.get(0)
                    .embeddingBag(
                        in.get(1), in.get(2), BagMode.SUM, in.get(3), padding, false, false)));
  }

  private static Tensor renorm(Tensor w, Tensor index, double p) {
    return w.copy().embeddingRenorm_(index, 2, p);
  }
}
