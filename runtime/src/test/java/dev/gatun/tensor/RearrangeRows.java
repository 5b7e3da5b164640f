package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.dims;
import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [ViewOps], [RearrangeOps] and [JoiningFactories].
final class RearrangeRows {
  private RearrangeRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "slice",
            row("slice-step", a -> a.slice(0, 1, 7, 3)),
            row("slice-dim1", a -> a.slice(1, -4, -1)),
            row("slice-cut", a -> a.slice(1, 2, 100, 2)),
            row("slice-transposed", a -> a.t().slice(0, 0, 5, 2))),
        family(
            "movedim",
            row("movedim", a -> a.movedim(0, 2)),
            row("movedim-back", a -> a.movedim(-1, 0)),
            row("movedim-several", a -> a.movedim(dims(0, 2), dims(-1, 0))),
            row("swapdims", a -> a.swapdims(0, 2)),
            row("mT", a -> a.mT())),
        family(
            "unflatten",
            row("unflatten", a -> a.unflatten(1, 2, 3)),
            row("unflatten-inferred", a -> a.unflatten(0, 2, -1))),
        family(
            "unfold",
            row("unfold", a -> a.unfold(0, 3, 1)),
            row("unfold-apart", a -> a.unfold(1, 2, 3)),
            row("unfold-few", a -> a.unfold(0, 4, 2))),
        family(
            "flip",
            row("flip", a -> a.flip(0)),
            row("flip-last", a -> a.flip(-1)),
            row("flip-both", a -> a.flip(0, 2)),
            row("flip-transposed", a -> a.t().flip(0)),
            row("fliplr", a -> a.fliplr()),
            row("flipud", a -> a.flipud()),
            row("flip-rank0", a -> a.flip(0)),
            row("flip-i64", a -> a.flip(0, 1))),
        family(
            "roll",
            row("roll", a -> a.roll(2)),
            row("roll-dim0", a -> a.roll(1, 0)),
            row("roll-dim1", a -> a.roll(-1, 1)),
            row("roll-both", a -> a.roll(new long[] {1, 5}, dims(0, 1))),
            row("roll-twice", a -> a.roll(new long[] {1, 1}, dims(0, 0)))),
        family(
            "rot90",
            row("rot90-0", a -> a.rot90(0, 0, 1)),
            row("rot90-1", a -> a.rot90(1, 0, 1)),
            row("rot90-2", a -> a.rot90(2, 0, 1)),
            row("rot90-3", a -> a.rot90(3, 0, 1)),
            row("rot90--1", a -> a.rot90(-1, 0, 1))),
        family(
            "repeat",
            row("repeat", a -> a.repeat(2, 3)),
            row("repeat-leading", a -> a.repeat(2, 1, 2)),
            row("repeat-none", a -> a.repeat(0, 2)),
            row("tile", a -> a.tile(2)),
            row("tile-leading", a -> a.tile(2, 1, 2))),
        family(
            "repeatInterleave",
            row("repeatInterleave", a -> a.repeatInterleave(2)),
            row("repeatInterleave-dim0", a -> a.repeatInterleave(3, 0)),
            row("repeatInterleave-dim-1", a -> a.repeatInterleave(2, -1)),
            row(
                "repeatInterleave-tensor",
                a -> a.repeatInterleave(Tensor.of(new long[] {2, 0, 1}, 3), 1))),
        family(
            "pad",
            row("pad", a -> a.pad(1, 2)),
            row("pad-two", a -> a.padWith(0.5, 1, 0, 2, 1)),
            row("pad-crop", a -> a.pad(-1, 2, 1, -1)),
            row("pad-reflect", a -> a.pad(PadMode.REFLECT, 3, 2)),
            row("pad-reflect-2d", a -> a.pad(PadMode.REFLECT, 1, 2, 2, 1)),
            row("pad-replicate", a -> a.pad(PadMode.REPLICATE, 2, 3)),
            row("pad-replicate-2d", a -> a.pad(PadMode.REPLICATE, 1, 2, 2, 1)),
            row("pad-circular", a -> a.pad(PadMode.CIRCULAR, 2, 3)),
            row("pad-circular-2d", a -> a.pad(PadMode.CIRCULAR, 1, 2, 2, 1)),
            row("pad-bool", a -> a.padWith(1, 1, 1))),
        family(
            "triangles",
            row("tril", a -> a.tril()),
            row("tril-above", a -> a.tril(1)),
            row("tril-below", a -> a.tril(-2)),
            row("tril-batched", a -> a.tril()),
            row("tril-transposed", a -> a.t().tril()),
            row("triu", a -> a.triu()),
            row("triu-above", a -> a.triu(2)),
            row("triu-below", a -> a.triu(-1)),
            row("triu-batched", a -> a.triu(1)),
            row("trilIndices", () -> Tensor.trilIndices(3, 4, 1)),
            row("triuIndices", () -> Tensor.triuIndices(4, 3, -1))),
        family(
            "diag",
            row("diag", a -> a.diag()),
            row("diag-above", a -> a.diag(1)),
            row("diag-below", a -> a.diag(-2)),
            row("diag-matrix", a -> a.diag()),
            row("diag-matrix-below", a -> a.diag(-1)),
            row("diagflat", a -> a.diagflat(1)),
            row("diagEmbed", a -> a.diagEmbed()),
            row("diagEmbed-dims", a -> a.diagEmbed(-1, 0, 2)),
            row("diagonal-dims", a -> a.diagonal(1, 2, 0))),
        family(
            "split",
            row("split", a -> a.split(2, 1)[1]),
            row("split-last", a -> a.split(2, 1)[2]),
            row("split-sizes", a -> a.split(new long[] {1, 3, 1}, -1)[1]),
            row("chunk", a -> a.chunk(3, 0)[2]),
            row("tensorSplit", a -> a.tensorSplit(3, 0)[1]),
            row("tensorSplit-indices", a -> a.tensorSplit(new long[] {1, 4}, 0)[1]),
            row("unbind", a -> a.unbind(1)[2]),
            row("hsplit", a -> a.hsplit(2)[1]),
            row("hsplit-vector", a -> a.hsplit(2)[0]),
            row("vsplit", a -> a.vsplit(2)[1]),
            row("dsplit", a -> a.dsplit(2)[0])),
        family(
            "joined",
            row("hstack", (a, b) -> Tensor.hstack(a, b)),
            row("hstack-vectors", (a, b) -> Tensor.hstack(a, b)),
            row("vstack", (a, b) -> Tensor.vstack(a, b)),
            row("vstack-vectors", (a, b) -> Tensor.vstack(a, b)),
            row("dstack", (a, b) -> Tensor.dstack(a, b)),
            row("columnStack", (a, b) -> Tensor.columnStack(a, b)),
            row("broadcastTensors", (a, b) -> Tensor.stack(0, Tensor.broadcastTensors(a, b))),
            row("meshgrid", (a, b) -> Tensor.stack(0, Tensor.meshgrid(a, b))),
            row("meshgrid-xy", (a, b) -> Tensor.stack(0, Tensor.meshgrid(true, a, b))),
            row("cartesianProd", (a, b) -> Tensor.cartesianProd(a, b)),
            row("cat-nothing", (a, b) -> Tensor.cat(0, a, b)),
            row("combinations", a -> Tensor.combinations(a, 2)),
            row("combinations-three", a -> Tensor.combinations(a, 3))));
  }
}
