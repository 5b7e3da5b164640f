package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// The means of windows that cover three dimensions of `[N, C, D, H, W]` or `[C, D, H, W]` evenly.
public final class AdaptiveAvgPool3d extends Module {
  private final List<Long> outputSize;

  /// Makes the layer; it has no parameters.
  ///
  /// @param outputSize of the result: one number for all dimensions or one for each; -1 for that of
  ///   the input
  public AdaptiveAvgPool3d(long... outputSize) {
    this.outputSize = Sizes.of(outputSize);
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.adaptiveAvgPool3d(Sizes.array(outputSize));
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Sizes.orNone(outputSize);
  }
}
