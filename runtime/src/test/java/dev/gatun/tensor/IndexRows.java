package dev.gatun.tensor;

import static dev.gatun.tensor.Index.all;
import static dev.gatun.tensor.Index.ellipsis;
import static dev.gatun.tensor.Index.every;
import static dev.gatun.tensor.Index.newAxis;
import static dev.gatun.tensor.Index.slice;
import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.List;

/// Rows of indexing by [Index], and by masks.
final class IndexRows {
  private IndexRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "at",
            row("at-position", a -> a.at(Index.of(1))),
            row("at-negative", a -> a.at(all(), Index.of(-2))),
            row("at-slice", a -> a.at(slice(1, 3), every(2))),
            row("at-ellipsis", a -> a.at(ellipsis(), Index.of(1))),
            row("at-ellipsis-middle", a -> a.at(Index.of(1), ellipsis(), slice(0, 1))),
            row("at-newAxis", a -> a.at(all(), newAxis(), Index.from(1))),
            row(
                "at-all-kinds",
                a -> a.at(ellipsis(), slice(1, 5, 2), Index.of(1), newAxis(), all())),
            row("at-rows", (a, i) -> a.at(Index.of(i))),
            row("at-rows-matrix", (a, i) -> a.at(Index.of(i))),
            row("at-columns", (a, i) -> a.at(all(), Index.of(i))),
            row("at-scalar-tensor", (a, i) -> a.at(Index.of(i))),
            row("at-points", (a, i, j) -> a.at(Index.of(i), Index.of(j))),
            row("at-broadcast", (a, i, j) -> a.at(Index.of(i), Index.of(j))),
            row("at-middle", (a, i, j) -> a.at(all(), Index.of(i), Index.of(j))),
            row("at-middle-behind", (a, i, j) -> a.at(all(), Index.of(i), Index.of(j), all())),
            row("at-apart", (a, i, j) -> a.at(Index.of(i), all(), Index.of(j))),
            row(
                "at-apart-slice",
                (a, i, j) -> a.at(all(), Index.of(i), Index.from(1), Index.of(j))),
            row("at-with-position", (a, i, j) -> a.at(Index.of(i), Index.of(1), Index.of(j))),
            row("at-with-position-apart", (a, i) -> a.at(Index.of(1), all(), Index.of(i))),
            row("at-with-newAxis", (a, i, j) -> a.at(Index.of(i), newAxis(), Index.of(j))),
            row("at-transposed", (a, i, j) -> a.t().at(Index.of(i), Index.of(j))),
            row("at-none", (a, i) -> a.at(Index.of(i))),
            row("at-mask-rows", (a, m) -> a.at(Index.of(m))).counting(),
            row("at-mask", (a, m) -> a.at(Index.of(m))).counting(),
            row("at-mask-behind", (a, m) -> a.at(all(), Index.of(m))).counting(),
            row("at-mask-and-tensor", (a, m, i) -> a.at(Index.of(m), Index.of(i))).counting(),
            row("at-mask-apart", (a, m, i) -> a.at(Index.of(m), all(), Index.of(i))).counting(),
            row("at-mask-nothing", (a, m) -> a.at(Index.of(m))),
            row("at-mask-scalar", (a, m) -> a.at(Index.of(m)))),
        family(
            "put",
            row("selectScatter", (a, b) -> a.selectScatter(b, 1, -2)),
            row("sliceScatter", (a, b) -> a.sliceScatter(b, 1, 0, 4, 4)),
            row("diagonalScatter", (a, b) -> a.diagonalScatter(b, 1, 1, 0)),
            row("put-position", (a, b) -> a.put(b, Index.of(1))),
            row("put-slice", (a, b) -> a.put(b, all(), slice(1, 4, 2))),
            row("put-rows", (a, b, i) -> a.put(b, Index.of(i))),
            four("put-points", (a, b, i, j) -> a.put(b, Index.of(i), Index.of(j))),
            four("put-broadcast", (a, b, i, j) -> a.put(b, Index.of(i), Index.of(j))),
            four("put-apart", (a, b, i, j) -> a.put(b, Index.of(i), all(), Index.of(j))),
            row("put-columns", (a, b, i) -> a.put(b, all(), Index.of(i))),
            row("put-leading", (a, b, i) -> a.put(b, Index.of(i))),
            row("putAdd-rows", (a, b, i) -> a.putAdd(b, Index.of(i))),
            four("putAdd-points", (a, b, i, j) -> a.putAdd(b, Index.of(i), Index.of(j))),
            row("put-mask", (a, b, m) -> a.put(b, Index.of(m))).counting(),
            row("put-mask-rows", (a, b, m) -> a.put(b, Index.of(m))),
            row("putAdd-mask", (a, b, m) -> a.putAdd(b, Index.of(m)))),
        family(
            "take",
            row("take", (a, i) -> a.take(i)),
            row("takeAlongDim", (a, i) -> a.takeAlongDim(i, 1)),
            row("takeAlongDim-broadcast", (a, i) -> a.takeAlongDim(i, 1)),
            row("takeAlongDim-flat", (a, i) -> a.takeAlongDim(i))),
        family(
            "masked",
            row("maskedSelect", (a, m) -> a.maskedSelect(m)).counting(),
            row("maskedSelect-broadcast", (a, m) -> a.maskedSelect(m)).counting(),
            row("maskedSelect-broadcast-both", (a, m) -> a.maskedSelect(m)).counting(),
            row("maskedSelect-i64", (a, m) -> a.maskedSelect(m)),
            row("maskedScatter", (a, m, b) -> a.maskedScatter(m, b)),
            row("maskedScatter-broadcast", (a, m, b) -> a.maskedScatter(m, b)).counting(),
            row("nonzero", a -> a.nonzero()),
            row("nonzero-vector", a -> a.nonzero()),
            row("nonzero-mask", a -> a.nonzero()),
            row("nonzero-rank0", a -> a.nonzero())));
  }

  @FunctionalInterface
  private interface Op4 {
    Tensor apply(Tensor a, Tensor b, Tensor c, Tensor d);
  }

  private static Row four(String name, Op4 op) {
    return new Row(
        name, false, in -> List.of(op.apply(in.get(0), in.get(1), in.get(2), in.get(3))));
  }
}
