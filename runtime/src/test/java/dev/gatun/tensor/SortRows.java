package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.pair;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [SortOps].
final class SortRows {
  private SortRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "sort",
            pair("sort-dim0", a -> a.sort(0)),
            pair("sort-dim1", a -> a.sort(1, false)),
            pair("sort-dim-1", a -> a.sort(-1)),
            pair("sort-rank0", a -> a.sort(0, false)),
            pair("sort-empty", a -> a.sort(0, false)),
            pair("sort-ties", a -> a.sort(1, false)),
            pair("sort-edge", a -> a.sort(1, false)),
            pair("sort-i64", a -> a.sort(1, false)),
            pair("sort-bool", a -> a.sort(0, false)),
            pair("sort-descending-dim0", a -> a.sort(0, true)),
            pair("sort-descending-dim1", a -> a.sort(1, true)),
            pair("sort-descending-dim-1", a -> a.sort(-1, true)),
            pair("sort-descending-rank0", a -> a.sort(0, true)),
            pair("sort-descending-empty", a -> a.sort(0, true)),
            pair("sort-descending-ties", a -> a.sort(1, true)),
            pair("sort-descending-edge", a -> a.sort(1, true)),
            pair("sort-descending-i64", a -> a.sort(1, true)),
            pair("sort-descending-bool", a -> a.sort(0, true)),
            row("argsort", a -> a.argsort(0)),
            row("argsort-descending", a -> a.argsort(-1, true))),
        family(
            "topk",
            pair("topk", a -> a.topk(2)),
            pair("topk-dim0", a -> a.topk(3, 0)),
            pair("topk-smallest", a -> a.topk(2, 1, false, true)),
            pair("topk-all", a -> a.topk(4, 1, true, true)),
            pair("topk-none", a -> a.topk(0, 1, true, true)),
            pair("topk-edge", a -> a.topk(4, 1, true, true)),
            pair("topk-smallest-edge", a -> a.topk(4, 1, false, true)),
            pair("topk-i64", a -> a.topk(2, 0, true, true))),
        family(
            "kthvalue",
            pair("kthvalue", a -> a.kthvalue(2)),
            pair("kthvalue-dim0-keepdim", a -> a.kthvalue(3, 0, true)),
            pair("kthvalue-edge", a -> a.kthvalue(5, 1)),
            pair("kthvalue-i64", a -> a.kthvalue(2, 0, false))),
        family(
            "median",
            row("median", a -> a.median()),
            row("median-ties", a -> a.median()).atKink(),
            pair("median-dim0", a -> a.median(0)),
            pair("median-dim1-keepdim", a -> a.median(1, true)),
            pair("median-nan", a -> a.median(1, false)),
            row("median-all-nan", a -> a.median()),
            pair("median-i64", a -> a.median(0, false)),
            row("nanmedian", a -> a.nanmedian()),
            row("nanmedian-ties", a -> a.nanmedian()).atKink(),
            pair("nanmedian-dim0", a -> a.nanmedian(0, false)),
            pair("nanmedian-dim1-keepdim", a -> a.nanmedian(1, true)),
            pair("nanmedian-nan", a -> a.nanmedian(1, false)),
            row("nanmedian-all-nan", a -> a.nanmedian()),
            pair("nanmedian-i64", a -> a.nanmedian(0, false))),
        family(
            "quantile",
            row("quantile-linear", a -> a.quantile(0.4, 1, false, Interpolation.LINEAR)),
            row("quantile-several-linear", (a, q) -> a.quantile(q, 0, true, Interpolation.LINEAR)),
            row("quantile-edge-linear", (a, q) -> a.quantile(q, 1, false, Interpolation.LINEAR)),
            row("quantile-lower", a -> a.quantile(0.4, 1, false, Interpolation.LOWER)),
            row("quantile-several-lower", (a, q) -> a.quantile(q, 0, true, Interpolation.LOWER)),
            row("quantile-edge-lower", (a, q) -> a.quantile(q, 1, false, Interpolation.LOWER)),
            row("quantile-higher", a -> a.quantile(0.4, 1, false, Interpolation.HIGHER)),
            row("quantile-several-higher", (a, q) -> a.quantile(q, 0, true, Interpolation.HIGHER)),
            row("quantile-edge-higher", (a, q) -> a.quantile(q, 1, false, Interpolation.HIGHER)),
            row("quantile-nearest", a -> a.quantile(0.4, 1, false, Interpolation.NEAREST)),
            row(
                "quantile-several-nearest",
                (a, q) -> a.quantile(q, 0, true, Interpolation.NEAREST)),
            row("quantile-edge-nearest", (a, q) -> a.quantile(q, 1, false, Interpolation.NEAREST)),
            row("quantile-midpoint", a -> a.quantile(0.4, 1, false, Interpolation.MIDPOINT)),
            row(
                "quantile-several-midpoint",
                (a, q) -> a.quantile(q, 0, true, Interpolation.MIDPOINT)),
            row(
                "quantile-edge-midpoint",
                (a, q) -> a.quantile(q, 1, false, Interpolation.MIDPOINT)),
            row("quantile", a -> a.quantile(0.3)),
            row("quantile-3d", (a, q) -> a.quantile(q, 1, false, Interpolation.LINEAR)),
            row("nanquantile", a -> a.nanquantile(0.3)),
            row("nanquantile-dim1", a -> a.nanquantile(0.6, 1, false, Interpolation.LINEAR))));
  }
}
