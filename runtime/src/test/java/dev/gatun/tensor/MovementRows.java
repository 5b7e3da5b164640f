package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.memory.DType;
import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [MovementOps], [IndexingOps], joining and creation.
final class MovementRows {
  private MovementRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "cat",
            row("cat-dim0", (a, b) -> Tensor.cat(0, a, b)),
            row("cat-dim1", (a, b) -> Tensor.cat(1, a, b)),
            row("cat-dim-1", (a, b) -> Tensor.cat(-1, a, b)),
            row("cat-three", (a, b) -> Tensor.cat(1, a, b, a))),
        family(
            "stack",
            row("stack-dim0", (a, b) -> Tensor.stack(0, a, b)),
            row("stack-dim1", (a, b) -> Tensor.stack(1, a, b)),
            row("stack-dim-1", (a, b) -> Tensor.stack(-1, a, b)),
            row("stack-rank0", (a, b) -> Tensor.stack(0, a, b))),
        family(
            "gather",
            row("gather-dim0", (a, i) -> a.gather(0, i)),
            row("gather-dim1", (a, i) -> a.gather(1, i)),
            row("gather-repeated", (a, i) -> a.gather(1, i)),
            row("gather-fewer-rows", (a, i) -> a.gather(1, i))),
        family(
            "indexSelect",
            row("indexSelect-dim0", (a, i) -> a.indexSelect(0, i)),
            row("indexSelect-dim0-repeated", (a, i) -> a.indexSelect(0, i)),
            row("indexSelect-dim1", (a, i) -> a.indexSelect(1, i)),
            row("indexSelect-dim1-repeated", (a, i) -> a.indexSelect(1, i)),
            row("indexSelect-3d", (a, i) -> a.indexSelect(1, i))),
        family(
            "reshape",
            row("reshape", a -> a.reshape(3, 2)),
            row("reshape-inferred", a -> a.reshape(4, -1)),
            row("reshape-transposed", a -> a.t().reshape(2, 6))),
        family(
            "transpose",
            row("transpose", a -> a.transpose(0, 1)),
            row("transpose-3d", a -> a.transpose(0, -1))),
        family("t", row("t", a -> a.t())),
        family("permute", row("permute", a -> a.permute(2, 0, 1))),
        family(
            "expand",
            row("expand", a -> a.expand(4, 3)),
            row("expand-leading", a -> a.expand(2, 4, 3))),
        family("narrow", row("narrow", a -> a.narrow(1, 1, 2))),
        family(
            "select",
            row("select", a -> a.select(1, 2)),
            row("select-negative", a -> a.select(0, -1))),
        family("squeeze", row("squeeze", a -> a.squeeze()), row("squeeze-dim", a -> a.squeeze(0))),
        family(
            "unsqueeze",
            row("unsqueeze", a -> a.unsqueeze(1)),
            row("unsqueeze-last", a -> a.unsqueeze(-1))),
        family(
            "flatten", row("flatten", a -> a.flatten()), row("flatten-1-2", a -> a.flatten(1, 2))),
        family(
            "diagonal",
            row("diagonal", a -> a.diagonal()),
            row("diagonal-wide", a -> a.diagonal()),
            row("diagonal-tall", a -> a.diagonal())),
        family(
            "creation",
            row("linspace", () -> Tensor.linspace(DType.F64, -1, 2, 7)),
            row("linspace-thirds", () -> Tensor.linspace(DType.F64, 0, 1, 4)),
            row("linspace-descending", () -> Tensor.linspace(DType.F64, 3, -3, 5)),
            row("linspace-one", () -> Tensor.linspace(DType.F64, 2.5, 9, 1)),
            row("arange", () -> Tensor.arange(5)),
            row("arange-i64", () -> Tensor.arange(DType.I64, 3, 12, 2)),
            row("arange-i64-descending", () -> Tensor.arange(DType.I64, 5, -4, -3)),
            row("arange-f64", () -> Tensor.arange(DType.F64, 0, 1, 0.25)),
            row("arange-f64-tenths", () -> Tensor.arange(DType.F64, 0.5, 1, 0.1)),
            row("arange-f64-descending", () -> Tensor.arange(DType.F64, 2, -1, -0.75)),
            row("eye", () -> Tensor.eye(DType.F64, 4)),
            row("full", () -> Tensor.full(DType.F64, -1.25, 2, 3))));
  }
}
