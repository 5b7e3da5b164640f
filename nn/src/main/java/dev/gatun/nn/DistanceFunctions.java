package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The distances of [F], and the bilinear form.
abstract sealed class DistanceFunctions permits EmbeddingFunctions {
  DistanceFunctions() {}

  /// Cosine of the angle between rows along dim 1.
  ///
  /// @param x1 any shape
  /// @param x2 a shape that broadcasts with it
  /// @return their shape without the dimension
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2) {
    return cosineSimilarity(x1, x2, 1, 1e-8);
  }

  /// `x1 · x2 / (max(‖x1‖, eps) max(‖x2‖, eps))` along a dimension.
  ///
  /// @param x1 any shape
  /// @param x2 a shape that broadcasts with it
  /// @param dim from the back when negative, of the common shape
  /// @param eps what norms are at least taken to be
  /// @return their shape without the dimension
  /// @throws ShapeException if the common shape has no such dimension
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int dim, double eps) {
    Tensor product = x1.mul(x2);
    int places = Math.max(1, product.dim());
    if (dim < -places || dim >= places) {
      throw new ShapeException(
          "cosineSimilarity: dim %d out of range for shape %s (expected %d..%d)"
              .formatted(dim, Numbers.text(product.shape()), -places, places - 1));
    }
    // Counted from the back, the dimension is the same in operands of lower rank.
    int at = dim < 0 ? dim : dim - product.dim();
    if (at < -x1.dim() || at < -x2.dim()) {
      Tensor a = x1.expand(product.shape());
      return cosineSimilarity(a, x2.expand(product.shape()), dim, eps);
    }
    return product.sum(at).div(length(x1, at, eps).mul(length(x2, at, eps)));
  }

  /// The norm, not below eps, with the gradient of the norm as it was.
  private static Tensor length(Tensor x, int dim, double eps) {
    Tensor squares = x.square().sum(dim);
    Tensor s = squares.detach();
    return squares.add(s.clampMin(eps * eps).sub(s)).sqrt();
  }

  /// Euclidean distances of rows.
  ///
  /// @param x1 `[*, D]`
  /// @param x2 a shape that broadcasts with it
  /// @return their shape without the last dimension
  public static Tensor pairwiseDistance(Tensor x1, Tensor x2) {
    return pairwiseDistance(x1, x2, 2, 1e-6, false);
  }

  /// `‖x1 - x2 + eps‖` over the last dimension.
  ///
  /// @param x1 `[*, D]`
  /// @param x2 a shape that broadcasts with it
  /// @param p which norm
  /// @param eps added to differences
  /// @param keepdim whether the last dimension stays, with size 1
  /// @return their shape without the last dimension
  public static Tensor pairwiseDistance(
      Tensor x1, Tensor x2, double p, double eps, boolean keepdim) {
    return x1.sub(x2).add(eps).norm(p, new int[] {-1}, keepdim);
  }

  /// Euclidean distances between all pairs of rows, those of the first row first.
  ///
  /// @param x `[N, D]`
  /// @return `[N (N - 1) / 2]`
  public static Tensor pdist(Tensor x) {
    return pdist(x, 2);
  }

  /// Distances between all pairs of rows, those of the first row first.
  ///
  /// @param x `[N, D]`
  /// @param p which norm, not negative
  /// @return `[N (N - 1) / 2]`
  public static Tensor pdist(Tensor x, double p) {
    if (x.dim() != 2) {
      throw new ShapeException("pdist: input must be [N,D]: " + Numbers.text(x.shape()));
    }
    LossChecks.requireNotNegative("pdist", "p", p);
    int n = Math.toIntExact(x.size(0));
    long[] first = new long[Math.toIntExact(n * (n - 1L) / 2)];
    long[] second = new long[first.length];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        first[at] = i;
        second[at++] = j;
      }
    }
    Tensor a = x.indexSelect(0, Tensor.of(first, first.length));
    return a.sub(x.indexSelect(0, Tensor.of(second, second.length))).norm(p, -1);
  }

  /// `x / max(‖x‖, 1e-12)` with the Euclidean norm along dim 1.
  ///
  /// @param x any shape of rank 2 or more
  /// @return the shape of `x`
  public static Tensor normalize(Tensor x) {
    return normalize(x, 2, 1, 1e-12);
  }

  /// `x / max(‖x‖, eps)` with the norm along a dimension.
  ///
  /// @param x any shape
  /// @param p which norm
  /// @param dim from the back when negative
  /// @param eps what norms are at least taken to be
  /// @return the shape of `x`
  public static Tensor normalize(Tensor x, double p, int dim, double eps) {
    return x.div(x.norm(p, new int[] {dim}, true).clampMin(eps));
  }

  /// `y[k] = x1ᵀ W[k] x2 + b[k]` of rows; see [Bilinear].
  ///
  /// @param x1 `[*, in1]`
  /// @param x2 `[*, in2]`
  /// @param weight `[out, in1, in2]`
  /// @param bias `[out]`, or null
  /// @return `[*, out]`
  public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    return Bilinear.apply(x1, x2, weight, bias);
  }
}
