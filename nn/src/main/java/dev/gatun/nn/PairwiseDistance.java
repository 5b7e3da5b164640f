package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `‖x1 - x2 + eps‖` over the last dimension.
public final class PairwiseDistance extends Module {
  private final double p;
  private final double eps;
  private final boolean keepdim;

  /// With PyTorch's defaults.
  public PairwiseDistance() {
    this(2, 1e-6, false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param p which norm
  /// @param eps added to differences
  /// @param keepdim whether the last dimension stays, with size 1
  public PairwiseDistance(double p, double eps, boolean keepdim) {
    this.p = p;
    this.eps = eps;
    this.keepdim = keepdim;
  }

  /// Compares two inputs; the result belongs to the current scope.
  ///
  /// @param x1 any shape
  /// @param x2 a shape that broadcasts with it
  /// @return one value for each row
  public Tensor forward(Tensor x1, Tensor x2) {
    return F.pairwiseDistance(x1, x2, p, eps, keepdim);
  }

  /// Refuses: there are two inputs.
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        "PairwiseDistance: needs two inputs; call forward(Tensor, Tensor)");
  }
}
