package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import java.util.List;

/// [AdaptiveLogSoftmaxWithLoss].
final class AdaptiveModules {
  private AdaptiveModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        loss("AdaptiveLogSoftmax", 6, 10, new long[] {3, 6}, 2, false),
        loss("AdaptiveLogSoftmax-bias", 4, 7, new long[] {5}, 4, true),
        loss("AdaptiveLogSoftmax-row", 6, 10, new long[] {3, 6}, 2, false),
        row(
            "AdaptiveLogSoftmax-logProb",
            dtype -> make(6, 10, new long[] {3, 6}, 2, false, dtype),
            (m, in) -> List.of(m.logProb(in.get("x")))));
  }

  private static ModuleRow loss(
      String name, long in, long classes, long[] cutoffs, double divValue, boolean bias) {
    return row(
        name,
        dtype -> make(in, classes, cutoffs, divValue, bias, dtype),
        (m, inputs) -> {
          var result = m.forward(inputs.get("x"), inputs.get("t"));
          return List.of(result.output(), result.loss());
        });
  }

  private static AdaptiveLogSoftmaxWithLoss make(
      long in, long classes, long[] cutoffs, double divValue, boolean bias, DType dtype) {
    return new AdaptiveLogSoftmaxWithLoss(
        in, classes, cutoffs, divValue, bias, dtype, Generator.shared());
  }
}
