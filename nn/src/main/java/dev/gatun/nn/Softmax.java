package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `exp(x) / sum(exp(x))` over one dimension.
public final class Softmax extends Module {
  private final int dim;

  /// Makes the layer; it has no parameters.
  ///
  /// @param dim the dimension to normalize over, from the back when negative
  public Softmax(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.softmax(x, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
