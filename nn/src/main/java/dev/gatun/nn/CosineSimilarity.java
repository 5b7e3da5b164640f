package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x1 · x2 / (max(‖x1‖, eps) max(‖x2‖, eps))` along a dimension.
public final class CosineSimilarity extends Module {
  private final int dim;
  private final double eps;

  /// With PyTorch's defaults.
  public CosineSimilarity() {
    this(1, 1e-8);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param dim from the back when negative
  /// @param eps what norms are at least taken to be
  public CosineSimilarity(int dim, double eps) {
    this.dim = dim;
    this.eps = eps;
  }

  /// Compares two inputs; the result belongs to the current scope.
  ///
  /// @param x1 any shape
  /// @param x2 a shape that broadcasts with it
  /// @return one value for each row
  public Tensor forward(Tensor x1, Tensor x2) {
    return F.cosineSimilarity(x1, x2, dim, eps);
  }

  /// Refuses: there are two inputs.
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        "CosineSimilarity: needs two inputs; call forward(Tensor, Tensor)");
  }
}
