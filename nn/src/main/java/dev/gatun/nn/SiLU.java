package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x sigmoid(x)`, element by element, also called swish (Ramachandran and others,
/// arXiv:1710.05941).
public final class SiLU extends Module {
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  public SiLU() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param inplace whether the input is overwritten with the result
  public SiLU(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.silu_() : F.silu(x);
  }

  @Override
  protected String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
