package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Joins neighboring dimensions into one. The result is a view where the layout allows.
public final class Flatten extends Module {
  private final int startDim;
  private final int endDim;

  /// Joins all dimensions but the first, the batch.
  public Flatten() {
    this(1, -1);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param startDim the first dimension to join, from the back when negative
  /// @param endDim the last dimension to join, from the back when negative
  public Flatten(int startDim, int endDim) {
    this.startDim = startDim;
    this.endDim = endDim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.flatten(startDim, endDim);
  }

  @Override
  protected String extraRepr() {
    return "start_dim=" + startDim + ", end_dim=" + endDim;
  }
}
