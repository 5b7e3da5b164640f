package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.pair;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [ScanOps].
final class ScanRows {
  private ScanRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "cumsum",
            row("cumsum-dim0", a -> a.cumsum(0)),
            row("cumsum-dim1", a -> a.cumsum(1)),
            row("cumsum-dim-1", a -> a.cumsum(-1)),
            row("cumsum-rank0", a -> a.cumsum(0)),
            row("cumsum-wide", a -> a.cumsum(0)),
            row("cumsum-empty", a -> a.cumsum(0)),
            row("cumsum-edge", a -> a.cumsum(1)),
            row("cumsum-i64", a -> a.cumsum(1)),
            row("cumsum-bool", a -> a.cumsum(0))),
        family(
            "cumprod",
            row("cumprod-dim0", a -> a.cumprod(0)),
            row("cumprod-dim1", a -> a.cumprod(1)),
            row("cumprod-dim-1", a -> a.cumprod(-1)),
            row("cumprod-rank0", a -> a.cumprod(0)),
            row("cumprod-wide", a -> a.cumprod(0)),
            row("cumprod-empty", a -> a.cumprod(0)),
            row("cumprod-edge", a -> a.cumprod(1)),
            row("cumprod-i64", a -> a.cumprod(1)),
            row("cumprod-bool", a -> a.cumprod(0)),
            row("cumprod-zeros", a -> a.cumprod(1))),
        family(
            "logcumsumexp",
            row("logcumsumexp-dim0", a -> a.logcumsumexp(0)),
            row("logcumsumexp-dim1", a -> a.logcumsumexp(1)),
            row("logcumsumexp-dim-1", a -> a.logcumsumexp(-1)),
            row("logcumsumexp-rank0", a -> a.logcumsumexp(0)),
            row("logcumsumexp-wide", a -> a.logcumsumexp(0)),
            row("logcumsumexp-empty", a -> a.logcumsumexp(0)),
            row("logcumsumexp-edge", a -> a.logcumsumexp(1))),
        family(
            "cummax",
            pair("cummax-dim0", a -> a.cummax(0)),
            pair("cummax-dim1", a -> a.cummax(1)),
            pair("cummax-dim-1", a -> a.cummax(-1)),
            pair("cummax-rank0", a -> a.cummax(0)),
            pair("cummax-ties", a -> a.cummax(1)),
            pair("cummax-edge", a -> a.cummax(1)),
            pair("cummax-i64", a -> a.cummax(0))),
        family(
            "cummin",
            pair("cummin-dim0", a -> a.cummin(0)),
            pair("cummin-dim1", a -> a.cummin(1)),
            pair("cummin-dim-1", a -> a.cummin(-1)),
            pair("cummin-rank0", a -> a.cummin(0)),
            pair("cummin-ties", a -> a.cummin(1)),
            pair("cummin-edge", a -> a.cummin(1)),
            pair("cummin-i64", a -> a.cummin(0))));
  }
}
