package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows of [ScatterOps].
final class IndexingRows {
  private IndexingRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "scatter",
            row("scatter-dim0", (a, i, b) -> a.scatter(0, i, b)),
            row("scatter-dim1", (a, i, b) -> a.scatter(1, i, b)),
            row("scatter-dim-2-3d", (a, i, b) -> a.scatter(-2, i, b)),
            row("scatter-part", (a, i, b) -> a.scatter(0, i, b)),
            row("scatter-rank0", (a, i, b) -> a.scatter(0, i, b)),
            row("scatter-i64", (a, i, b) -> a.scatter(0, i, b)),
            row("scatter-value", (a, i) -> a.scatter(1, i, 1.25))),
        family(
            "scatterAdd",
            row("scatterAdd-dim0", (a, i, b) -> a.scatterAdd(0, i, b)),
            row("scatterAdd-dim1", (a, i, b) -> a.scatterAdd(1, i, b)),
            row("scatterAdd-dim-2-3d", (a, i, b) -> a.scatterAdd(-2, i, b)),
            row("scatterAdd-part", (a, i, b) -> a.scatterAdd(0, i, b)),
            row("scatterAdd-rank0", (a, i, b) -> a.scatterAdd(0, i, b)),
            row("scatterAdd-i64", (a, i, b) -> a.scatterAdd(0, i, b)),
            row("scatterAdd-repeated", (a, i, b) -> a.scatterAdd(0, i, b))),
        family("scatterReduce", reductions()),
        family(
            "indexAdd",
            row("indexAdd-dim0", (a, i, b) -> a.indexAdd(0, i, b)),
            row("indexAdd-dim1", (a, i, b) -> a.indexAdd(1, i, b)),
            row("indexAdd-dim-1", (a, i, b) -> a.indexAdd(-1, i, b)),
            row("indexAdd-3d", (i, a, b) -> a.indexAdd(1, i, b)),
            row("indexAdd-alpha", (a, i, b) -> a.indexAdd(0, i, b, -1.5)),
            row("indexAdd-rank0", (a, i, b) -> a.indexAdd(0, i, b)),
            row("indexAdd-i64", (a, i, b) -> a.indexAdd(0, i, b))),
        family(
            "indexCopy",
            row("indexCopy-dim0", (a, i, b) -> a.indexCopy(0, i, b)),
            row("indexCopy-dim1", (a, i, b) -> a.indexCopy(1, i, b)),
            row("indexCopy-dim-1", (a, i, b) -> a.indexCopy(-1, i, b)),
            row("indexCopy-3d", (i, a, b) -> a.indexCopy(1, i, b))),
        family(
            "indexFill",
            row("indexFill-dim0", (a, i) -> a.indexFill(0, i, 0.5)),
            row("indexFill-dim1", (a, i) -> a.indexFill(1, i, 0.5)),
            row("indexFill-dim-1", (a, i) -> a.indexFill(-1, i, 0.5)),
            row("indexFill-tensor", (a, i, b) -> a.indexFill(1, i, b))));
  }

  private static Row[] reductions() {
    List<Row> rows = new ArrayList<>();
    for (ScatterReduction how : ScatterReduction.values()) {
      String name = "scatterReduce-" + how.name().toLowerCase(Locale.ROOT);
      for (String suffix : List.of("", "-i64")) {
        rows.add(row(name + suffix, (a, i, b) -> a.scatterReduce(0, i, b, how)));
        rows.add(
            row(
                name + "-without-self" + suffix,
                (a, i, b) -> a.scatterReduce(0, i, b, how, false)));
      }
    }
    for (ScatterReduction how : List.of(ScatterReduction.AMAX, ScatterReduction.AMIN)) {
      String name = "scatterReduce-" + how.name().toLowerCase(Locale.ROOT);
      rows.add(row(name + "-tie", (a, i, b) -> a.scatterReduce(0, i, b, how)).atKink());
      rows.add(row(name + "-nan", (a, i, b) -> a.scatterReduce(0, i, b, how)));
    }
    rows.add(
        row(
                "scatterReduce-prod-zeros",
                (a, i, b) -> a.scatterReduce(0, i, b, ScatterReduction.PROD))
            .atKink());
    return rows.toArray(Row[]::new);
  }
}
