package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.ValuesIndices;
import java.util.List;

/// The largest elements of windows that cover one dimension of `[N, C, L]` or `[C, L]` evenly.
public final class AdaptiveMaxPool1d extends Module {
  private final List<Long> outputSize;

  /// Makes the layer; it has no parameters.
  ///
  /// @param outputSize of the result: one number for all dimensions or one for each; -1 for that of
  ///   the input
  public AdaptiveMaxPool1d(long... outputSize) {
    this.outputSize = Sizes.of(outputSize);
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.adaptiveMaxPool1d(Sizes.array(outputSize));
  }

  /// The largest elements, and where they stand; PyTorch's `return_indices`.
  ///
  /// @param x the input
  /// @return the elements, and their places in the flattened plane, I64
  public ValuesIndices forwardWithIndices(Tensor x) {
    return x.adaptiveMaxPool1dWithIndices(Sizes.array(outputSize));
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Sizes.orNone(outputSize);
  }
}
