package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `a sigmoid(b)` with `a` and `b` the halves of the input along a dimension (Dauphin and others,
/// arXiv:1612.08083).
public final class GLU extends Module {
  private final int dim;

  /// Halves the last dimension.
  public GLU() {
    this(-1);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param dim the dimension to halve, from the back when negative
  public GLU(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.glu(x, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
