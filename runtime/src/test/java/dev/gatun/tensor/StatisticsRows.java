package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.dims;
import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.memory.DType;
import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.List;
import java.util.function.Function;

/// Rows of [StatisticsOps].
final class StatisticsRows {
  private StatisticsRows() {}

  private static <T> Row two(
      String name, Function<Tensor, T> op, Function<T, Tensor> first, Function<T, Tensor> second) {
    return new Row(
        name,
        false,
        in -> {
          T both = op.apply(in.get(0));
          return List.of(first.apply(both), second.apply(both));
        });
  }

  static List<Family> families() {
    return List.of(
        family(
            "sumAs",
            row("sum-i64-of-f64", a -> a.sum(dims(0), false, DType.I64)),
            row("sum-bool-of-i64", a -> a.sum(dims(1), false, DType.BOOL))),
        family(
            "prod",
            row("prod", a -> a.prod()),
            row("prod-rank0", a -> a.prod()),
            row("prod-dim0", a -> a.prod(0)),
            row("prod-dim1-keepdim", a -> a.prod(1, true)),
            row("prod-one-zero", a -> a.prod(1)),
            row("prod-two-zeros", a -> a.prod(1)),
            row("prod-all-zero", a -> a.prod()),
            row("prod-empty", a -> a.prod(0)),
            row("prod-edge", a -> a.prod(1)),
            row("prod-i64", a -> a.prod(0)),
            row("prod-bool", a -> a.prod(1))),
        family(
            "var",
            row("var", a -> a.var()),
            row("var-dim0", a -> a.var(0)),
            row("var-dim-1-keepdim", a -> a.var(dims(-1), 1, true)),
            row("var-dims-0-2", a -> a.var(0, 2)),
            row("var-dims-1-2-keepdim", a -> a.var(dims(1, 2), 1, true)),
            row("var-biased", a -> a.var(dims(1), 0, false)),
            row("var-correction2", a -> a.var(dims(1), 2, false)),
            row("var-one", a -> a.var(0)),
            row("var-empty", a -> a.var(dims(0), 0, false)),
            row("var-edge", a -> a.var(1)),
            two("varMean", a -> a.varMean(dims(1), 1, false), VarMean::var, VarMean::mean)),
        family(
            "std",
            row("std", a -> a.std()),
            row("std-dim0", a -> a.std(0)),
            row("std-dim-1-keepdim", a -> a.std(dims(-1), 1, true)),
            row("std-dims-0-2", a -> a.std(0, 2)),
            row("std-dims-1-2-keepdim", a -> a.std(dims(1, 2), 1, true)),
            row("std-biased", a -> a.std(dims(1), 0, false)),
            row("std-correction2", a -> a.std(dims(1), 2, false)),
            row("std-one", a -> a.std(0)),
            row("std-empty", a -> a.std(dims(0), 0, false)),
            row("std-edge", a -> a.std(1)),
            two("stdMean", a -> a.stdMean(dims(1), 1, false), StdMean::std, StdMean::mean),
            row("std-constant", a -> a.std(1)).atKink()),
        family(
            "logsumexp",
            row("logsumexp", a -> a.logsumexp(0, 1)),
            row("logsumexp-dim0", a -> a.logsumexp(0)),
            row("logsumexp-dim-1-keepdim", a -> a.logsumexp(dims(-1), true)),
            row("logsumexp-dims-0-2", a -> a.logsumexp(0, 2)),
            row("logsumexp-dims-1-2-keepdim", a -> a.logsumexp(dims(1, 2), true)),
            row("logsumexp-large", a -> a.logsumexp(1)),
            row("logsumexp-empty", a -> a.logsumexp(0)),
            row("logsumexp-edge", a -> a.logsumexp(1)),
            row("logsumexp-minus-infinity", a -> a.logsumexp(1)).atKink()),
        family(
            "norm",
            row("norm0", a -> a.norm(0, 1)),
            row("norm0-edge", a -> a.norm(0, 1)),
            row("normhalf", a -> a.norm(0.5, 1)),
            row("normhalf-edge", a -> a.norm(0.5, 1)),
            row("norm1", a -> a.norm(1, 1)),
            row("norm1-edge", a -> a.norm(1, 1)),
            row("norm1.5", a -> a.norm(1.5, 1)),
            row("norm1.5-edge", a -> a.norm(1.5, 1)),
            row("norm2", a -> a.norm(2, 1)),
            row("norm2-edge", a -> a.norm(2, 1)),
            row("norm3", a -> a.norm(3, 1)),
            row("norm3-edge", a -> a.norm(3, 1)),
            row("norminf", a -> a.norm(Double.POSITIVE_INFINITY, 1)),
            row("norminf-edge", a -> a.norm(Double.POSITIVE_INFINITY, 1)),
            row("norm-inf", a -> a.norm(Double.NEGATIVE_INFINITY, 1)),
            row("norm-inf-edge", a -> a.norm(Double.NEGATIVE_INFINITY, 1)),
            row("norm-1", a -> a.norm(-1, 1)),
            row("norm-1-edge", a -> a.norm(-1, 1)),
            row("norm", a -> a.norm()),
            row("norm-rank0", a -> a.norm()),
            row("norm-all3", a -> a.norm(3)),
            row("norm-dims-0-2", a -> a.norm(2, 0, 2)),
            row("norm-dims-keepdim", a -> a.norm(1, dims(1, 2), true)),
            row("norm1-zeros", a -> a.norm(1, 1)).atKink(),
            row("norm1.5-zeros", a -> a.norm(1.5, 1)).atKink(),
            row("norm2-zeros", a -> a.norm(2, 1)).atKink(),
            row("norm3-zeros", a -> a.norm(3, 1)).atKink(),
            row("norminf-ties", a -> a.norm(Double.POSITIVE_INFINITY, 1)).atKink(),
            row("norm-empty", a -> a.norm(2, 0))),
        family(
            "nansum",
            row("nansum", a -> a.nansum()).atKink(),
            row("nansum-dim1-keepdim", a -> a.nansum(dims(1), true)).atKink(),
            row("nansum-dim0", a -> a.nansum(dims(0), false)),
            row("nansum-none", a -> a.nansum(dims(1), false)),
            row("nansum-i64", a -> a.nansum(dims(0), false))),
        family(
            "nanmean",
            row("nanmean", a -> a.nanmean()).atKink(),
            row("nanmean-dim1-keepdim", a -> a.nanmean(dims(1), true)).atKink(),
            row("nanmean-none", a -> a.nanmean(dims(1), false))),
        family(
            "countNonzero",
            row("countNonzero", a -> a.countNonzero()),
            row("countNonzero-dim1", a -> a.countNonzero(1)),
            row("countNonzero-dims", a -> a.countNonzero(0, 2)),
            row("countNonzero-bool", a -> a.countNonzero(0))),
        family(
            "truth",
            row("all-dim0", a -> a.all(0)),
            row("all-dim1-keepdim", a -> a.all(dims(1), true)),
            row("all-i64", a -> a.all(1)),
            row("all-empty", a -> a.all(0)),
            row("all-256", a -> a.all(0)),
            row("any-dim0", a -> a.any(0)),
            row("any-dim1-keepdim", a -> a.any(dims(1), true)),
            row("any-i64", a -> a.any(1)),
            row("any-empty", a -> a.any(0)),
            row("any-256", a -> a.any(0))),
        family(
            "aminmax",
            two("aminmax", a -> a.aminmax(), MinMax::min, MinMax::max),
            two("aminmax-dim1", a -> a.aminmax(1, false), MinMax::min, MinMax::max),
            two("aminmax-keepdim", a -> a.aminmax(0, true), MinMax::min, MinMax::max)));
  }
}
