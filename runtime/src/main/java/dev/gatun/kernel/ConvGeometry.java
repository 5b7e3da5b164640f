package dev.gatun.kernel;

/// The sizes of a convolution over three spatial dimensions, of which the first may be of size 1.
///
/// Output position `o` and tap `t` of the kernel meet at input position `o * stride - pad + t *
/// dilation`, and at zero outside of the input. `x` is `[images, groups * channels, in]`, a weight
/// `[groups * filters, channels, kernel]`, `y` is `[images, groups * filters, out]`.
public final class ConvGeometry {
  final long images;
  final int groups;

  /// Input channels of one group.
  final int channels;

  /// Output channels of one group.
  final int filters;

  final int inD;
  final int inH;
  final int inW;
  final int kernelD;
  final int kernelH;
  final int kernelW;
  final int strideD;
  final int strideH;
  final int strideW;
  final int padD;
  final int padH;
  final int padW;
  final int dilationD;
  final int dilationH;
  final int dilationW;
  final int outD;
  final int outH;
  final int outW;

  /// Elements of an input plane, of all taps, and of an output plane.
  final int inputs;

  final int taps;
  final int pixels;

  /// Multiplications behind one output element.
  final int depth;

  /// Makes the sizes; each array has three elements, which the caller has checked.
  ///
  /// @param images how many
  /// @param groups of channels
  /// @param channels input channels of one group
  /// @param filters output channels of one group
  /// @param in input sizes
  /// @param kernel kernel sizes
  /// @param stride distances of output positions, in the input
  /// @param pad positions before the first of the input; may be negative
  /// @param dilation distances of taps, in the input
  /// @param out output sizes
  public ConvGeometry(
      long images,
      int groups,
      int channels,
      int filters,
      int[] in,
      int[] kernel,
      int[] stride,
      int[] pad,
      int[] dilation,
      int[] out) {
    this.images = images;
    this.groups = groups;
    this.channels = channels;
    this.filters = filters;
    inD = in[0];
    inH = in[1];
    inW = in[2];
    kernelD = kernel[0];
    kernelH = kernel[1];
    kernelW = kernel[2];
    strideD = stride[0];
    strideH = stride[1];
    strideW = stride[2];
    padD = pad[0];
    padH = pad[1];
    padW = pad[2];
    dilationD = dilation[0];
    dilationH = dilation[1];
    dilationW = dilation[2];
    outD = out[0];
    outH = out[1];
    outW = out[2];
    inputs = Math.multiplyExact(Math.multiplyExact(inD, inH), inW);
    taps = Math.multiplyExact(Math.multiplyExact(kernelD, kernelH), kernelW);
    pixels = Math.multiplyExact(Math.multiplyExact(outD, outH), outW);
    depth = Math.multiplyExact(channels, taps);
  }

  /// Whether every output element reads the input element at its own place alone.
  boolean isPointwise() {
    return taps == 1
        && strideD == 1
        && strideH == 1
        && strideW == 1
        && padD == 0
        && padH == 0
        && padW == 0
        && pixels == inputs;
  }

  /// Whether neighbors in the output have neighbors in the input.
  boolean isDense() {
    return strideD == 1 && strideH == 1 && strideW == 1;
  }

  /// Multiplications of the whole.
  double work() {
    return (double) images * groups * filters * depth * pixels;
  }

  /// The element of `x` where a group of an image begins.
  long inputAt(long image, int group) {
    return (image * groups + group) * channels * inputs;
  }

  /// The element of `y` where a group of an image begins.
  long outputAt(long image, int group) {
    return (image * groups + group) * filters * pixels;
  }

  /// The element of the weight where a group begins.
  long weightAt(int group) {
    return (long) group * filters * depth;
  }
}
