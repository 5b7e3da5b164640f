package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.tensor.Generator;
import java.util.List;

/// [Bilinear], distances of two inputs, and [Unflatten].
final class BilinearModules {
  private BilinearModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        bilinear("Bilinear", true),
        bilinear("Bilinear-nobias", false),
        bilinear("Bilinear-3d", true),
        bilinear("Bilinear-empty", true),
        cosine("CosineSimilarity", new CosineSimilarity()),
        cosine("CosineSimilarity-dim", new CosineSimilarity(0, 0.01)),
        distance("PairwiseDistance", new PairwiseDistance()),
        distance("PairwiseDistance-p", new PairwiseDistance(1, 0.001, true)),
        row("Unflatten", _ -> new Unflatten(1, 2, 3)),
        row("Unflatten-guess", _ -> new Unflatten(-1, 3, -1)),
        row("Unflatten-one", _ -> new Unflatten(0, 2)));
  }

  private static ModuleRow bilinear(String name, boolean bias) {
    return row(
        name,
        dtype -> new Bilinear(2, 3, 4, bias, dtype, Generator.shared()),
        (m, in) -> List.of(m.forward(in.get("a"), in.get("b"))));
  }

  private static ModuleRow cosine(String name, CosineSimilarity module) {
    return row(name, _ -> module, (m, in) -> List.of(m.forward(in.get("a"), in.get("b"))));
  }

  private static ModuleRow distance(String name, PairwiseDistance module) {
    return row(name, _ -> module, (m, in) -> List.of(m.forward(in.get("a"), in.get("b"))));
  }
}
