package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [ComparisonOps] and of choices by condition.
final class ComparisonRows {
  private ComparisonRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "eq",
            row("eq", (a, b) -> a.eq(b)),
            row("eq-broadcast", (a, b) -> a.eq(b)),
            row("eq-broadcast-left", (a, b) -> a.eq(b)),
            row("eq-scalar", a -> a.eq(0.5)),
            row("eq-edge", (a, b) -> a.eq(b)),
            row("eq-i64", (a, b) -> a.eq(b)),
            row("eq-bool", (a, b) -> a.eq(b))),
        family(
            "ne",
            row("ne", (a, b) -> a.ne(b)),
            row("ne-broadcast", (a, b) -> a.ne(b)),
            row("ne-broadcast-left", (a, b) -> a.ne(b)),
            row("ne-scalar", a -> a.ne(0.5)),
            row("ne-edge", (a, b) -> a.ne(b)),
            row("ne-i64", (a, b) -> a.ne(b)),
            row("ne-bool", (a, b) -> a.ne(b))),
        family(
            "lt",
            row("lt", (a, b) -> a.lt(b)),
            row("lt-broadcast", (a, b) -> a.lt(b)),
            row("lt-broadcast-left", (a, b) -> a.lt(b)),
            row("lt-scalar", a -> a.lt(0.5)),
            row("lt-edge", (a, b) -> a.lt(b)),
            row("lt-i64", (a, b) -> a.lt(b)),
            row("lt-bool", (a, b) -> a.lt(b))),
        family(
            "le",
            row("le", (a, b) -> a.le(b)),
            row("le-broadcast", (a, b) -> a.le(b)),
            row("le-broadcast-left", (a, b) -> a.le(b)),
            row("le-scalar", a -> a.le(0.5)),
            row("le-edge", (a, b) -> a.le(b)),
            row("le-i64", (a, b) -> a.le(b)),
            row("le-bool", (a, b) -> a.le(b))),
        family(
            "gt",
            row("gt", (a, b) -> a.gt(b)),
            row("gt-broadcast", (a, b) -> a.gt(b)),
            row("gt-broadcast-left", (a, b) -> a.gt(b)),
            row("gt-scalar", a -> a.gt(0.5)),
            row("gt-edge", (a, b) -> a.gt(b)),
            row("gt-i64", (a, b) -> a.gt(b)),
            row("gt-bool", (a, b) -> a.gt(b))),
        family(
            "ge",
            row("ge", (a, b) -> a.ge(b)),
            row("ge-broadcast", (a, b) -> a.ge(b)),
            row("ge-broadcast-left", (a, b) -> a.ge(b)),
            row("ge-scalar", a -> a.ge(0.5)),
            row("ge-edge", (a, b) -> a.ge(b)),
            row("ge-i64", (a, b) -> a.ge(b)),
            row("ge-bool", (a, b) -> a.ge(b))),
        family(
            "logical",
            row("logicalNot", a -> a.logicalNot()),
            row("logicalAnd", (a, b) -> a.logicalAnd(b)),
            row("logicalOr", (a, b) -> a.logicalOr(b)),
            row("logicalAnd-broadcast", (a, b) -> a.logicalAnd(b)),
            row("all-mixed", a -> a.all()),
            row("all-ones", a -> a.all()),
            row("all-zeros", a -> a.all()),
            row("any-mixed", a -> a.any()),
            row("any-ones", a -> a.any()),
            row("any-zeros", a -> a.any())),
        family(
            "where",
            row("where", (c, a, b) -> Tensor.where(c, a, b)),
            row("where-broadcast", (c, a, b) -> Tensor.where(c, a, b)),
            row("where-broadcast-condition", (c, a, b) -> Tensor.where(c, a, b)),
            row("where-edge", (c, a, b) -> Tensor.where(c, a, b))));
  }
}
