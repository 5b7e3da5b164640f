package dev.gatun.nn;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// How a parameter is computed from others that took its place; see [Parametrizations].
sealed interface Reparametrization {
  /// The value of the parameter, with its graph.
  ///
  /// @param training whether the module trains
  Tensor compute(boolean training);

  /// `v · g / ‖v‖`.
  ///
  /// @param dim the dimension that has a norm for each index; null for one norm of all
  record Direction(Parameter g, Parameter v, @Nullable Integer dim) implements Reparametrization {
    @Override
    public Tensor compute(boolean training) {
      return v.mul(g.div(norm(v, dim)));
    }

    /// The norms of a tensor, shaped so that they divide it.
    static Tensor norm(Tensor v, @Nullable Integer dim) {
      if (dim == null) {
        return v.norm(2);
      }
      int[] others = new int[v.dim() - 1];
      for (int i = 0; i < others.length; i++) {
        others[i] = i < dim ? i : i + 1;
      }
      return others.length == 0 ? v.abs() : v.norm(2, others, true);
    }
  }

  /// `w / σ` with the largest singular value `σ = u · (W v)`, where power iterations bring `u` and
  /// `v` closer to the singular vectors whenever the module computes in training.
  ///
  /// @param dim the dimension that becomes the rows of W
  record Spectrum(Parameter weight, Tensor u, Tensor v, int dim, int iterations, double eps)
      implements Reparametrization {
    @Override
    public Tensor compute(boolean training) {
      Tensor matrix = matrix(weight, dim);
      if (training) {
        iterate(matrix);
      }
      // Copies: the next call changes u and v, and the graph of this one still reads them.
      return weight.div(u.copy().dot(matrix.mv(v.copy())));
    }

    private void iterate(Tensor matrix) {
      try (var _ = Scope.open("spectralNorm");
          var _ = NoGrad.open()) {
        for (int i = 0; i < iterations; i++) {
          v.copy_(F.normalize(matrix.t().mv(u), 2, 0, eps));
          u.copy_(F.normalize(matrix.mv(v), 2, 0, eps));
        }
      }
    }

    static Tensor matrix(Tensor weight, int dim) {
      return weight.movedim(dim, 0).reshape(weight.size(dim), -1);
    }
  }
}
