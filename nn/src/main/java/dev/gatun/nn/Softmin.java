package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `softmax(-x)` over one dimension.
public final class Softmin extends Module {
  private final int dim;

  /// Makes the layer; it has no parameters.
  ///
  /// @param dim the dimension to normalize over, from the back when negative
  public Softmin(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.softmin(x, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
