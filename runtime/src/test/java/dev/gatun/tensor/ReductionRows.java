package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.dims;
import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.pair;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [ReductionOps].
final class ReductionRows {
  private ReductionRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "sum",
            row("sum", a -> a.sum()),
            row("sum-rank0", a -> a.sum()),
            row("sum-dim0", a -> a.sum(0)),
            row("sum-dim1", a -> a.sum(1)),
            row("sum-dim-1-keepdim", a -> a.sum(dims(-1), true)),
            row("sum-dims-0-2", a -> a.sum(0, 2)),
            row("sum-dims-0-2-keepdim", a -> a.sum(dims(0, 2), true)),
            row("sum-dims-1-2", a -> a.sum(1, 2)),
            row("sum-transposed", a -> a.t().sum(1)),
            row("sum-broadcast", a -> a.expand(4, 3).sum(0)),
            row("sum-edge", a -> a.sum(1)),
            row("sum-empty", a -> a.sum(0)),
            row("sum-i64", a -> a.sum(0)),
            row("sum-bool", a -> a.sum(1))),
        family(
            "mean",
            row("mean", a -> a.mean()),
            row("mean-rank0", a -> a.mean()),
            row("mean-dim0", a -> a.mean(0)),
            row("mean-dim1", a -> a.mean(1)),
            row("mean-dim-1-keepdim", a -> a.mean(dims(-1), true)),
            row("mean-dims-0-2", a -> a.mean(0, 2)),
            row("mean-dims-0-2-keepdim", a -> a.mean(dims(0, 2), true)),
            row("mean-dims-1-2", a -> a.mean(1, 2)),
            row("mean-transposed", a -> a.t().mean(1)),
            row("mean-broadcast", a -> a.expand(4, 3).mean(0)),
            row("mean-edge", a -> a.mean(1)),
            row("mean-empty", a -> a.mean(0))),
        family(
            "amax",
            row("amax", a -> a.amax(new int[0], false)),
            row("amax-rank0", a -> a.amax(new int[0], false)),
            row("amax-dim0", a -> a.amax(dims(0), false)),
            row("amax-dim1", a -> a.amax(dims(1), false)),
            row("amax-dim-1-keepdim", a -> a.amax(dims(-1), true)),
            row("amax-dims-0-2", a -> a.amax(dims(0, 2), false)),
            row("amax-dims-0-2-keepdim", a -> a.amax(dims(0, 2), true)),
            row("amax-dims-1-2", a -> a.amax(dims(1, 2), false)),
            row("amax-transposed", a -> a.t().amax(dims(1), false)),
            row("amax-broadcast", a -> a.expand(4, 3).amax(dims(0), false)),
            row("amax-edge", a -> a.amax(dims(1), false)),
            row("amax-tie", a -> a.amax(dims(1), false)).atKink(),
            row("amax-i64", a -> a.amax(dims(0), false))),
        family(
            "amin",
            row("amin", a -> a.amin(new int[0], false)),
            row("amin-rank0", a -> a.amin(new int[0], false)),
            row("amin-dim0", a -> a.amin(dims(0), false)),
            row("amin-dim1", a -> a.amin(dims(1), false)),
            row("amin-dim-1-keepdim", a -> a.amin(dims(-1), true)),
            row("amin-dims-0-2", a -> a.amin(dims(0, 2), false)),
            row("amin-dims-0-2-keepdim", a -> a.amin(dims(0, 2), true)),
            row("amin-dims-1-2", a -> a.amin(dims(1, 2), false)),
            row("amin-transposed", a -> a.t().amin(dims(1), false)),
            row("amin-broadcast", a -> a.expand(4, 3).amin(dims(0), false)),
            row("amin-edge", a -> a.amin(dims(1), false)),
            row("amin-tie", a -> a.amin(dims(1), false)).atKink(),
            row("amin-i64", a -> a.amin(dims(0), false))),
        family(
            "max",
            row("max", a -> a.max()),
            pair("max-dim0", a -> a.max(0)),
            pair("max-dim1", a -> a.max(1)),
            pair("max-dim-1-keepdim", a -> a.max(-1, true)),
            pair("max-dim1-3d", a -> a.max(1)),
            pair("max-transposed", a -> a.t().max(1)),
            pair("max-edge", a -> a.max(1))),
        family(
            "min",
            row("min", a -> a.min()),
            pair("min-dim0", a -> a.min(0)),
            pair("min-dim1", a -> a.min(1)),
            pair("min-dim-1-keepdim", a -> a.min(-1, true)),
            pair("min-dim1-3d", a -> a.min(1)),
            pair("min-transposed", a -> a.t().min(1)),
            pair("min-edge", a -> a.min(1))),
        family(
            "argmax",
            row("argmax", a -> a.argmax()),
            row("argmax-dim0", a -> a.argmax(0)),
            row("argmax-dim1", a -> a.argmax(1)),
            row("argmax-dim-1-keepdim", a -> a.argmax(-1, true)),
            row("argmax-dim1-3d", a -> a.argmax(1)),
            row("argmax-transposed", a -> a.t().argmax()),
            row("argmax-tie", a -> a.argmax(1)),
            row("argmax-edge", a -> a.argmax(1)),
            row("argmax-i64", a -> a.argmax(0))),
        family(
            "argmin",
            row("argmin", a -> a.argmin()),
            row("argmin-dim0", a -> a.argmin(0)),
            row("argmin-dim1", a -> a.argmin(1)),
            row("argmin-dim-1-keepdim", a -> a.argmin(-1, true)),
            row("argmin-dim1-3d", a -> a.argmin(1)),
            row("argmin-transposed", a -> a.t().argmin()),
            row("argmin-tie", a -> a.argmin(1)),
            row("argmin-edge", a -> a.argmin(1)),
            row("argmin-i64", a -> a.argmin(0))),
        family(
            "softmax",
            row("softmax-dim0", a -> a.softmax(0)),
            row("softmax-dim1", a -> a.softmax(1)),
            row("softmax-dim-1", a -> a.softmax(-1)),
            row("softmax-1d", a -> a.softmax(0)),
            row("softmax-2d", a -> a.softmax(1)),
            row("softmax-transposed", a -> a.t().softmax(1)),
            row("softmax-large", a -> a.softmax(1)),
            row("softmax-edge", a -> a.softmax(1))),
        family(
            "logSoftmax",
            row("logSoftmax-dim0", a -> a.logSoftmax(0)),
            row("logSoftmax-dim1", a -> a.logSoftmax(1)),
            row("logSoftmax-dim-1", a -> a.logSoftmax(-1)),
            row("logSoftmax-1d", a -> a.logSoftmax(0)),
            row("logSoftmax-2d", a -> a.logSoftmax(1)),
            row("logSoftmax-transposed", a -> a.t().logSoftmax(1)),
            row("logSoftmax-large", a -> a.logSoftmax(1)),
            row("logSoftmax-edge", a -> a.logSoftmax(1))));
  }
}
