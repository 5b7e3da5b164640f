package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import java.util.List;

/// [Linear] and what is made of it.
final class LinearModules {
  private LinearModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        row("Linear-module", dtype -> new Linear(4, 3, true, dtype)),
        row("Linear-module-nobias", dtype -> new Linear(4, 3, false, dtype)),
        row(
            "Sequential-module",
            dtype ->
                new Sequential(
                    new Linear(4, 5, true, dtype), new Tanh(), new Linear(5, 2, true, dtype))));
  }
}
