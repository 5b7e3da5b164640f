package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [LinearAlgebraOps].
final class ProductRows {
  private ProductRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "matmul",
            row("matmul-vec-vec", (a, b) -> a.matmul(b)),
            row("matmul-mat-vec", (a, b) -> a.matmul(b)),
            row("matmul-vec-mat", (a, b) -> a.matmul(b)),
            row("matmul-mat-mat", (a, b) -> a.matmul(b)),
            row("matmul-batched", (a, b) -> a.matmul(b)),
            row("matmul-batched-mat", (a, b) -> a.matmul(b)),
            row("matmul-mat-batched", (a, b) -> a.matmul(b)),
            row("matmul-batched-vec", (a, b) -> a.matmul(b)),
            row("matmul-vec-batched", (a, b) -> a.matmul(b)),
            row("matmul-broadcast", (a, b) -> a.matmul(b)),
            row("matmul-transposed-left", (a, b) -> a.t().matmul(b)),
            row("matmul-transposed-right", (a, b) -> a.matmul(b.t())),
            row("matmul-transposed-both", (a, b) -> a.t().matmul(b.t())),
            row("matmul-transposed-batched", (a, b) -> a.transpose(1, 2).matmul(b.transpose(1, 2))),
            row("matmul-narrow", (a, b) -> a.narrow(1, 1, 3).matmul(b.narrow(0, 2, 3))),
            row("matmul-empty-inner", (a, b) -> a.matmul(b)),
            row("matmul-edge", (a, b) -> a.matmul(b))),
        family("mm", row("mm", (a, b) -> a.mm(b)), row("mm-transposed", (a, b) -> a.t().mm(b.t()))),
        family("bmm", row("bmm", (a, b) -> a.bmm(b))),
        family("mv", row("mv", (a, b) -> a.mv(b))),
        family("dot", row("dot", (a, b) -> a.dot(b))),
        family(
            "linear",
            row("linear", (x, w, b) -> x.linear(w, b)),
            row("linear-nobias", (x, w) -> x.linear(w, null)),
            row("linear-3d", (x, w, b) -> x.linear(w, b)),
            row("linear-3d-nobias", (x, w) -> x.linear(w, null)),
            row("linear-1d", (x, w, b) -> x.linear(w, b)),
            row("linear-1d-nobias", (x, w) -> x.linear(w, null))));
  }
}
