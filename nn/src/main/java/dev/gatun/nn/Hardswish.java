package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x min(max(x + 3, 0), 6) / 6`, element by element (Howard and others, arXiv:1905.02244).
public final class Hardswish extends Module {
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  public Hardswish() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param inplace whether the input is overwritten with the result
  public Hardswish(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.hardswish_() : F.hardswish(x);
  }
}
