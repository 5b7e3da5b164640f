package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `1.0507 x` above 0, `1.7581 (exp(x) - 1)` elsewhere, element by element: keeps mean 0 and
/// variance 1 from layer to layer (Klambauer and others, arXiv:1706.02515).
public final class SELU extends Module {
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  public SELU() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param inplace whether the input is overwritten with the result
  public SELU(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.selu_() : F.selu(x);
  }

  @Override
  protected String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
