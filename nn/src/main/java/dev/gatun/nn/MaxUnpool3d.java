package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Undoes [MaxPool3d] as far as that can be: the largest elements go back to where they stood, all
/// else is 0.
public final class MaxUnpool3d extends Module {
  private final Unpooling options;

  /// Windows of one size in all dimensions, one beside the other.
  ///
  /// @param kernelSize of the windows of the pooling
  public MaxUnpool3d(long kernelSize) {
    this(MaxPoolOptions.of(kernelSize));
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param options of the pooling: kernel size, stride and padding
  public MaxUnpool3d(MaxPoolOptions options) {
    this.options = Unpooling.of(3, options);
  }

  /// The input of the pooling, in the smallest shape that it can have had.
  ///
  /// @param x what the pooling found
  /// @param indices where it found it
  /// @return a larger tensor
  public Tensor forward(Tensor x, Tensor indices) {
    return x.maxUnpool3d(indices, options.outputSize("maxUnpool3d", x));
  }

  /// The input of the pooling.
  ///
  /// @param x what the pooling found
  /// @param indices where it found it
  /// @param outputSize of a plane of the result
  /// @return a larger tensor
  public Tensor forward(Tensor x, Tensor indices, long... outputSize) {
    return x.maxUnpool3d(indices, outputSize);
  }

  /// Not enough to go by.
  ///
  /// @param x any tensor
  /// @return nothing
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        "MaxUnpool3d: needs indices too; call forward(Tensor, Tensor)");
  }

  @Override
  protected String extraRepr() {
    return options.text();
  }
}
