package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Op1;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.ArrayList;
import java.util.List;

/// Rows of [ActivationOps] and of [LossOps].
final class BendRows {
  private BendRows() {}

  static List<Family> families() {
    List<Row> rows = new ArrayList<>();
    kinked(rows, "leakyRelu", a -> a.leakyRelu(0.2));
    kinked(rows, "threshold", a -> a.threshold(0.25, -3));
    kinked(rows, "hardtanh", a -> a.hardtanh(-0.5, 1.25));
    kinked(rows, "relu6", a -> a.relu6());
    kinked(rows, "hardsigmoid", a -> a.hardsigmoid());
    kinked(rows, "hardshrink", a -> a.hardshrink(0.75));
    kinked(rows, "softshrink", a -> a.softshrink(0.75));
    kinked(rows, "hardswish", a -> a.hardswish());
    kinked(rows, "elu", a -> a.elu(1.5));
    kinked(rows, "selu", a -> a.selu());
    smooth(rows, "softsign", a -> a.softsign());
    smooth(rows, "celu", a -> a.celu(2));
    smooth(rows, "silu", a -> a.silu());
    smooth(rows, "mish", a -> a.mish());
    smooth(rows, "softplus-sharp", a -> a.softplus(2, 3));
    smooth(rows, "softplus-blunt", a -> a.softplus(0.5, 40));
    smooth(rows, "logSigmoid", a -> a.logsigmoid());
    smooth(rows, "tanhshrink", a -> a.tanhshrink());
    rows.addAll(
        List.of(
            row("leakyRelu-default", a -> a.leakyRelu()),
            row("hardtanh-default", a -> a.hardtanh()),
            row("hardshrink-default", a -> a.hardshrink()),
            row("softshrink-default", a -> a.softshrink()),
            row("elu-default", a -> a.elu()),
            row("celu-default", a -> a.celu()),
            row("hardsigmoid-value", a -> a.hardsigmoid()),
            row("glu-0", a -> a.glu(0)),
            row("glu-1", a -> a.glu(1)),
            row("glu--1", a -> a.glu(-1)),
            row("glu-empty", a -> a.glu(1)),
            row("prelu", (a, b) -> a.prelu(b)),
            row("prelu-one", (a, b) -> a.prelu(b)),
            row("prelu-matrix", (a, b) -> a.prelu(b)),
            row("prelu-row", (a, b) -> a.prelu(b)),
            row("prelu-rank0", (a, b) -> a.prelu(b)),
            row("prelu-empty", (a, b) -> a.prelu(b)),
            row("prelu-kink", (a, b) -> a.prelu(b)).atKink()));
    return List.of(
        family("activations", rows.toArray(Row[]::new)),
        family(
            "binaryCrossEntropy",
            row("binaryCrossEntropy", (a, b) -> a.binaryCrossEntropy(b)),
            row("binaryCrossEntropy-rank0", (a, b) -> a.binaryCrossEntropy(b)),
            row("binaryCrossEntropy-row", (a, b) -> a.binaryCrossEntropy(b)),
            row("binaryCrossEntropy-empty", (a, b) -> a.binaryCrossEntropy(b)),
            row("binaryCrossEntropy-bounds", (a, b) -> a.binaryCrossEntropy(b)).atKink()));
  }

  private static void smooth(List<Row> rows, String name, Op1 op) {
    for (String variant : new String[] {"", "-rank0", "-empty", "-edge"}) {
      rows.add(row(name + variant, op));
    }
    // Differences of large numbers have few digits, and 1e-9 is nearer to a kink than their step.
    rows.add(row(name + "-far", op).atKink());
  }

  private static void kinked(List<Row> rows, String name, Op1 op) {
    smooth(rows, name, op);
    rows.add(row(name + "-kink", op).atKink());
  }
}
