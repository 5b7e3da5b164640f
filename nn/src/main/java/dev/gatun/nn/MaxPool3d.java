package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.ValuesIndices;

/// The largest element of every window over three dimensions of `[N, C, D, H, W]` or `[C, D, H,
/// W]`.
public final class MaxPool3d extends Module {
  private final MaxPoolOptions options;

  /// Windows one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  public MaxPool3d(long kernelSize) {
    this(MaxPoolOptions.of(kernelSize));
  }

  /// Windows of one size in all dimensions, without padding.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance
  public MaxPool3d(long kernelSize, long stride) {
    this(MaxPoolOptions.of(kernelSize).stride(stride));
  }

  /// Windows of one size in all dimensions.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance
  /// @param padding at both ends, at most half of the kernel size
  public MaxPool3d(long kernelSize, long stride, long padding) {
    this(MaxPoolOptions.of(kernelSize).stride(stride).padding(padding));
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param options sizes of the windows
  public MaxPool3d(MaxPoolOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.maxPool3d(x, options);
  }

  /// The largest elements, and where they stand; PyTorch's `return_indices`.
  ///
  /// @param x the input
  /// @return the elements, and their places in the flattened plane, I64
  public ValuesIndices forwardWithIndices(Tensor x) {
    return F.maxPool3dWithIndices(x, options);
  }

  @Override
  protected String extraRepr() {
    return options.text();
  }
}
