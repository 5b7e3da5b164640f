package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.ValuesIndices;

/// The largest element of every window over one dimension of `[N, C, L]` or `[C, L]`.
public final class MaxPool1d extends Module {
  private final MaxPoolOptions options;

  /// Windows one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  public MaxPool1d(long kernelSize) {
    this(MaxPoolOptions.of(kernelSize));
  }

  /// Windows of one size in all dimensions, without padding.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance
  public MaxPool1d(long kernelSize, long stride) {
    this(MaxPoolOptions.of(kernelSize).stride(stride));
  }

  /// Windows of one size in all dimensions.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance
  /// @param padding at both ends, at most half of the kernel size
  public MaxPool1d(long kernelSize, long stride, long padding) {
    this(MaxPoolOptions.of(kernelSize).stride(stride).padding(padding));
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param options sizes of the windows
  public MaxPool1d(MaxPoolOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.maxPool1d(x, options);
  }

  /// The largest elements, and where they stand; PyTorch's `return_indices`.
  ///
  /// @param x the input
  /// @return the elements, and their places in the flattened plane, I64
  public ValuesIndices forwardWithIndices(Tensor x) {
    return F.maxPool1dWithIndices(x, options);
  }

  @Override
  protected String extraRepr() {
    return options.text();
  }
}
