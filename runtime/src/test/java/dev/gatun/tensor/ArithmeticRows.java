package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [ArithmeticOps] and of the fused products of [InPlaceOps].
final class ArithmeticRows {
  private ArithmeticRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "add",
            row("add", (a, b) -> a.add(b)),
            row("add-broadcast", (a, b) -> a.add(b)),
            row("add-broadcast-left", (a, b) -> a.add(b)),
            row("add-broadcast-both", (a, b) -> a.add(b)),
            row("add-rank0", (a, b) -> a.add(b)),
            row("add-transposed", (a, b) -> a.t().add(b)),
            row("add-edge", (a, b) -> a.add(b)),
            row("add-i64", (a, b) -> a.add(b)),
            row("add-scalar", a -> a.add(2.5)),
            row("add-alpha", (a, b) -> a.add(b, 0.75)),
            row("add-alpha-broadcast", (a, b) -> a.add(b, 0.75))),
        family(
            "sub",
            row("sub", (a, b) -> a.sub(b)),
            row("sub-broadcast", (a, b) -> a.sub(b)),
            row("sub-broadcast-left", (a, b) -> a.sub(b)),
            row("sub-broadcast-both", (a, b) -> a.sub(b)),
            row("sub-rank0", (a, b) -> a.sub(b)),
            row("sub-transposed", (a, b) -> a.t().sub(b)),
            row("sub-edge", (a, b) -> a.sub(b)),
            row("sub-i64", (a, b) -> a.sub(b)),
            row("sub-scalar", a -> a.sub(2.5))),
        family(
            "mul",
            row("mul", (a, b) -> a.mul(b)),
            row("mul-broadcast", (a, b) -> a.mul(b)),
            row("mul-broadcast-left", (a, b) -> a.mul(b)),
            row("mul-broadcast-both", (a, b) -> a.mul(b)),
            row("mul-rank0", (a, b) -> a.mul(b)),
            row("mul-transposed", (a, b) -> a.t().mul(b)),
            row("mul-edge", (a, b) -> a.mul(b)),
            row("mul-i64", (a, b) -> a.mul(b)),
            row("mul-scalar", a -> a.mul(2.5))),
        family(
            "div",
            row("div", (a, b) -> a.div(b)),
            row("div-broadcast", (a, b) -> a.div(b)),
            row("div-broadcast-left", (a, b) -> a.div(b)),
            row("div-broadcast-both", (a, b) -> a.div(b)),
            row("div-rank0", (a, b) -> a.div(b)),
            row("div-transposed", (a, b) -> a.t().div(b)),
            row("div-edge", (a, b) -> a.div(b)),
            row("div-scalar", a -> a.div(2.5))),
        family(
            "pow",
            row("pow", (a, b) -> a.pow(b)),
            row("pow-broadcast", (a, b) -> a.pow(b)),
            row("pow-broadcast-left", (a, b) -> a.pow(b)),
            row("pow-broadcast-both", (a, b) -> a.pow(b)),
            row("pow-rank0", (a, b) -> a.pow(b)),
            row("pow-transposed", (a, b) -> a.t().pow(b)),
            row("pow-edge", (a, b) -> a.pow(b)),
            row("pow-scalar-3", a -> a.pow(3)),
            row("pow-scalar-0.5", a -> a.pow(0.5)),
            row("pow-scalar-2", a -> a.pow(2)),
            row("pow-scalar--1", a -> a.pow(-1)),
            row("pow-scalar-0", a -> a.pow(0)),
            row("pow-zero-base", (a, b) -> a.pow(b)).atKink()),
        family(
            "maximum",
            row("maximum", (a, b) -> a.maximum(b)),
            row("maximum-broadcast", (a, b) -> a.maximum(b)),
            row("maximum-broadcast-left", (a, b) -> a.maximum(b)),
            row("maximum-broadcast-both", (a, b) -> a.maximum(b)),
            row("maximum-rank0", (a, b) -> a.maximum(b)),
            row("maximum-transposed", (a, b) -> a.t().maximum(b)),
            row("maximum-edge", (a, b) -> a.maximum(b)),
            row("maximum-i64", (a, b) -> a.maximum(b)),
            row("maximum-scalar", a -> a.maximum(Tensor.scalar(a.dtype(), 0.375))),
            row("maximum-tie", (a, b) -> a.maximum(b)).atKink()),
        family(
            "minimum",
            row("minimum", (a, b) -> a.minimum(b)),
            row("minimum-broadcast", (a, b) -> a.minimum(b)),
            row("minimum-broadcast-left", (a, b) -> a.minimum(b)),
            row("minimum-broadcast-both", (a, b) -> a.minimum(b)),
            row("minimum-rank0", (a, b) -> a.minimum(b)),
            row("minimum-transposed", (a, b) -> a.t().minimum(b)),
            row("minimum-edge", (a, b) -> a.minimum(b)),
            row("minimum-i64", (a, b) -> a.minimum(b)),
            row("minimum-scalar", a -> a.minimum(Tensor.scalar(a.dtype(), 0.375))),
            row("minimum-tie", (a, b) -> a.minimum(b)).atKink()),
        family(
            "addcmul",
            row("addcmul", (a, b, c) -> a.copy().addcmul_(b, c, 0.5)),
            row("addcmul-broadcast", (a, b, c) -> a.copy().addcmul_(b, c, -1.5))),
        family(
            "addcdiv",
            row("addcdiv", (a, b, c) -> a.copy().addcdiv_(b, c, 0.5)),
            row("addcdiv-broadcast", (a, b, c) -> a.copy().addcdiv_(b, c, -1.5))));
  }
}
