package dev.gatun.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gradients that a pass starts from.
final class Seeds {
  private Seeds() {}

  /// Those that were given, or 1 for scalars.
  static List<Tensor> of(String op, List<Tensor> roots, GradOptions options) {
    List<@Nullable Tensor> given = options.gradOutputs();
    if (given != null && given.size() != roots.size()) {
      throw new IllegalArgumentException(
          "%s: %d outputs but %d gradients of outputs".formatted(op, roots.size(), given.size()));
    }
    List<Tensor> seeds = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      seeds.add(seed(roots.get(i), given == null ? null : given.get(i)));
    }
    return seeds;
  }

  private static Tensor seed(Tensor root, @Nullable Tensor g) {
    node("backward", root);
    if (g == null) {
      if (root.numel != 1) {
        throw new ShapeException(
            "backward: loss must be a scalar, got %s; call sum() or mean() first"
                .formatted(Shapes.format(root.shape)));
      }
      return Creation.full(root.dtype, 1, root.shape);
    }
    if (!Arrays.equals(g.shape, root.shape) || g.dtype != root.dtype) {
      throw new ShapeException(
          "backward: gradient %s %s does not match result %s %s"
              .formatted(g.dtype, Shapes.format(g.shape), root.dtype, Shapes.format(root.shape)));
    }
    return g;
  }

  /// The place of a tensor in the graph, which it must have.
  static Node node(String op, Tensor tensor) {
    Node node = tensor.node();
    if (node == null) {
      throw new IllegalStateException(
          "%s: %s needs no gradient; call requiresGrad_() on a leaf it is computed from, outside NoGrad"
              .formatted(op, tensor.describe()));
    }
    return node;
  }
}
