package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Op2;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.ArrayList;
import java.util.List;

/// Rows of [DivisionOps], [PairMathOps], [BlendingOps] and [LogicOps].
final class ElementwiseRows {
  private ElementwiseRows() {}

  static List<Family> families() {
    List<Family> families = new ArrayList<>();
    families.addAll(pairs());
    families.addAll(blends());
    families.addAll(logic());
    return families;
  }

  private static List<Family> pairs() {
    return List.of(
        pair("fmod", (a, b) -> a.fmod(b), "i64", "hard"),
        pair("remainder", (a, b) -> a.remainder(b), "i64", "hard"),
        pair("divTrunc", (a, b) -> a.div(b, Rounding.TRUNC), "i64"),
        pair("divFloor", (a, b) -> a.div(b, Rounding.FLOOR), "i64", "hard"),
        pair("atan2", (a, b) -> a.atan2(b)),
        pair("hypot", (a, b) -> a.hypot(b)),
        pair("logaddexp", (a, b) -> a.logaddexp(b), "large"),
        pair("xlogy", (a, b) -> a.xlogy(b), "zero"),
        pair("copysign", (a, b) -> a.copysign(b), "zero"),
        pair("fmax", (a, b) -> a.fmax(b), "i64", "tie"),
        pair("fmin", (a, b) -> a.fmin(b), "i64", "tie"),
        pair("rsub", (a, b) -> a.rsub(b), "i64"));
  }

  /// The rows of two operands in every shape; those of `more` are at kinks, if they have gradients.
  private static Family pair(String op, Op2 function, String... more) {
    List<Row> rows = new ArrayList<>();
    for (String variant : new String[] {"", "-broadcast", "-broadcast-both", "-rank0", "-edge"}) {
      rows.add(row(op + variant, function));
    }
    for (String variant : more) {
      rows.add(row(op + "-" + variant, function).atKink());
    }
    return family(op, rows.toArray(Row[]::new));
  }

  private static List<Family> blends() {
    return List.of(
        family(
            "clamp",
            row("clamp", a -> a.clamp(-0.5, 0.75)),
            row("clamp-bounds", a -> a.clamp(-0.5, 0.75)).atKink(),
            row("clamp-crossed", a -> a.clamp(0.5, -0.75)),
            row("clamp-edge", a -> a.clamp(-1.5, 0.0)),
            row("clampMin", a -> a.clampMin(-0.5)),
            row("clampMax", a -> a.clampMax(0.5)),
            row("clampMin-bound", a -> a.clampMin(0.5)).atKink(),
            row("clamp-tensors", (a, b, c) -> a.clamp(b, c)),
            row("clamp-tensors-bounds", (a, b, c) -> a.clamp(b, c)).atKink(),
            row("clamp-tensors-crossed", (a, b, c) -> a.clamp(b, c)).atKink(),
            row("clampMin-tensor", (a, b) -> a.clampMin(b)),
            row("clampMax-tensor", (a, b) -> a.clampMax(b))),
        family(
            "lerp",
            row("lerp-0.25", (a, b) -> a.lerp(b, 0.25)),
            row("lerp-0.75", (a, b) -> a.lerp(b, 0.75)),
            row("lerp--1.5", (a, b) -> a.lerp(b, -1.5)),
            row("lerp-broadcast", (a, b) -> a.lerp(b, 0.25)),
            row("lerp-weights", (a, b, c) -> a.lerp(b, c)),
            row("lerp-weights-broadcast", (a, b, c) -> a.lerp(b, c))),
        family(
            "addcmul-apart",
            row("addcmul-apart", (a, b, c) -> a.addcmul(b, c, 0.5)),
            row("addcmul-apart-broadcast", (a, b, c) -> a.addcmul(b, c, -1.5)),
            row("addcmul-apart-wider", (a, b, c) -> a.addcmul(b, c)),
            row("addcmul-apart-i64", (a, b) -> a.addcmul(b, b, 2)),
            row("addcmul-apart-mixed", (a, b, c) -> a.addcmul(b, c)).atKink()),
        family(
            "addcdiv-apart",
            row("addcdiv-apart", (a, b, c) -> a.addcdiv(b, c, 0.5)),
            row("addcdiv-apart-broadcast", (a, b, c) -> a.addcdiv(b, c, -1.5)),
            row("addcdiv-apart-wider", (a, b, c) -> a.addcdiv(b, c))),
        family(
            "where-mixed",
            row("where-f64-i64", (c, a, b) -> a.where(c, b)),
            row("where-f32-f64", (c, a, b) -> Tensor.where(c, a, b)).atKink(),
            row("where-i64-bool", (c, a) -> Tensor.where(c, a, c)),
            row("where-number", (c, a) -> Tensor.where(c, a, 0.5)),
            row("where-number-left", (c, a) -> Tensor.where(c, 2, a)),
            row("where-numbers", c -> Tensor.where(c, 2.5, 1.5)),
            row("where-integers", c -> Tensor.where(c, 2, 1))),
        family(
            "maskedFill",
            row("maskedFill", (a, m) -> a.maskedFill(m, 0.5)),
            row("maskedFill-broadcast", (a, m) -> a.maskedFill(m, -1)),
            row("maskedFill-wider", (a, m) -> a.maskedFill(m, 7)),
            row("maskedFill-tensor", (a, m, v) -> a.maskedFill(m, v)),
            row("maskedFill-i64", (m, a) -> a.maskedFill(m, 9))));
  }

  private static List<Family> logic() {
    return List.of(
        family(
            "bits",
            row("bitwise-and", (a, b) -> a.bitwiseAnd(b)),
            row("bitwise-and-bool", (a, b) -> a.bitwiseAnd(b)),
            row("bitwise-and-mixed", (a, b) -> a.bitwiseAnd(b)),
            row("bitwise-and-number", a -> a.bitwiseAnd(6)),
            row("bitwise-or", (a, b) -> a.bitwiseOr(b)),
            row("bitwise-or-bool", (a, b) -> a.bitwiseOr(b)),
            row("bitwise-or-mixed", (a, b) -> a.bitwiseOr(b)),
            row("bitwise-or-number", a -> a.bitwiseOr(6)),
            row("bitwise-xor", (a, b) -> a.bitwiseXor(b)),
            row("bitwise-xor-bool", (a, b) -> a.bitwiseXor(b)),
            row("bitwise-xor-mixed", (a, b) -> a.bitwiseXor(b)),
            row("bitwise-xor-number", a -> a.bitwiseXor(6)),
            row("logical-and-i64", (a, b) -> a.logicalAnd(b)),
            row("logical-and-mixed", (a, b) -> a.logicalAnd(b)),
            row("logical-or-i64", (a, b) -> a.logicalOr(b)),
            row("logical-or-mixed", (a, b) -> a.logicalOr(b)),
            row("logical-xor-i64", (a, b) -> a.logicalXor(b)),
            row("logical-xor-mixed", (a, b) -> a.logicalXor(b)),
            row("logical-xor-bool", (a, b) -> a.logicalXor(b)),
            row("logical-not-f64", a -> a.logicalNot()),
            row("bitwise-not", a -> a.bitwiseNot()),
            row("bitwise-not-bool", a -> a.bitwiseNot()),
            row("shift-left", (a, b) -> a.bitwiseLeftShift(b)),
            row("shift-left-number", a -> a.bitwiseLeftShift(2)),
            row("shift-right", (a, b) -> a.bitwiseRightShift(b)),
            row("shift-right-number", a -> a.bitwiseRightShift(2))),
        family(
            "isclose",
            row("isclose", (a, b) -> a.isclose(b)),
            row("isclose-nan", (a, b) -> a.isclose(b, 1e-3, 1e-8, true)),
            row("isclose-wide", (a, b) -> a.isclose(b, 0, 0.2, false)),
            row("isclose-i64", (a, b) -> a.isclose(b, 0, 1, false))));
  }
}
