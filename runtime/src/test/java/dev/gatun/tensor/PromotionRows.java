package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.memory.DType;
import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Op1;
import dev.gatun.tensor.OpCatalog.Op2;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Rows of operands of several dtypes.
final class PromotionRows {
  private static final List<String> TORCH =
      List.of("float32", "float64", "int32", "int64", "uint8", "bool", "bfloat16", "float16");

  private static final Map<String, Op2> MIXED =
      Map.of(
          "add", (a, b) -> a.add(b),
          "mul", (a, b) -> a.mul(b),
          "div", (a, b) -> a.div(b),
          "maximum", (a, b) -> a.maximum(b),
          "atan2", (a, b) -> a.atan2(b));

  private static final Map<String, Op1> NUMBERS =
      Map.of(
          "add-double", a -> a.add(2.5),
          "add-long", a -> a.add(3),
          "mul-double", a -> a.mul(2.5),
          "mul-long", a -> a.mul(3),
          "div-long", a -> a.div(3),
          "pow-long", a -> a.pow(3),
          "gt-double", a -> a.gt(1.5),
          "eq-long", a -> a.eq(3));

  private static final Map<String, Op1> MORE_NUMBERS =
      Map.of(
          "floorDivide-long", a -> a.floorDivide(2),
          "floorDivide-double", a -> a.floorDivide(2.5),
          "clamp-long", a -> a.clamp(0, 3),
          "clampMin-double", a -> a.clampMin(1.5));

  private PromotionRows() {}

  @SuppressWarnings("EnumOrdinal") // the names are in its order
  static List<Family> families() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < TORCH.size(); i++) {
      DType dtype = DType.values()[i];
      for (int rank = 0; rank < 2; rank++) {
        int r = rank;
        rows.add(row("promotion-" + TORCH.get(i) + "-" + r, () -> results(dtype, r)));
      }
    }
    MIXED.forEach((name, op) -> mixed(rows, name, op));
    for (String operand : new String[] {"i64", "bool"}) {
      NUMBERS.forEach((name, op) -> rows.add(row(name + "-" + operand, op)));
      MORE_NUMBERS.forEach((name, op) -> rows.add(row(name + "-" + operand, op)));
    }
    rows.add(row("sub-double-i64", a -> a.sub(2.5)));
    rows.add(row("sub-long-i64", a -> a.sub(3)));
    rows.add(row("rsub-long-i64", a -> a.rsub(3)));
    rows.add(row("sub-f32-i64", (a, b) -> a.sub(b)).atKink());
    rows.add(row("pow-f64-i64", (a, b) -> a.pow(b)));
    rows.add(row("pow-i64", (a, b) -> a.pow(b)));
    rows.add(row("mul-f32-rank0", (a, b) -> a.mul(b)).atKink());
    rows.add(row("mul-i64-rank0", (a, b) -> a.mul(b)));
    rows.add(row("mul-rank0-f32", (a, b) -> a.mul(b)).atKink());
    rows.add(row("lt-f64-i64", (a, b) -> a.lt(b)));
    rows.add(row("eq-i64-bool", (a, b) -> a.eq(b)));
    return List.of(family("promotion", rows.toArray(Row[]::new)));
  }

  private static void mixed(List<Row> rows, String name, Op2 op) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String other : new String[] {"f32", "i64", "bool"}) {
      // Differences of F32 tell nothing of a gradient.
      Row wide = row(lower + "-f64-" + other, op);
      if (!name.equals("div") || !other.equals("bool")) {
        rows.add(other.equals("f32") ? wide.atKink() : wide);
      }
      if (List.of("add", "mul", "div").contains(name)) {
        rows.add(row(lower + "-" + other + "-i64", op).atKink());
      }
      if (List.of("add", "mul", "maximum").contains(name)) {
        rows.add(row(lower + "-" + other + "-bool", op).atKink());
      }
    }
  }

  /// The dtypes of this one with all others, as scalars and as vectors.
  private static Tensor results(DType dtype, int rank) {
    long[] codes = new long[2 * DType.values().length];
    int i = 0;
    for (int other = 0; other < 2; other++) {
      for (DType b : DType.values()) {
        Tensor x = Tensor.zeros(dtype, new long[rank]);
        Tensor y = Tensor.zeros(b, new long[other]);
        codes[i++] = List.of(DType.values()).indexOf(Promotion.of(x, y));
      }
    }
    return Tensor.of(codes, codes.length);
  }
}
