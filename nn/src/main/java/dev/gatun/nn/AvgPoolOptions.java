package dev.gatun.nn;

import java.util.List;

/// Options of [AvgPool1d], [AvgPool2d] and [AvgPool3d], and of the pooling that their functions do.
/// Every size is one number for all dimensions or one for each.
///
/// @param kernelSize of the windows
/// @param stride distance of the windows; empty for the kernel size
/// @param padding zeros at both ends, at most half of the kernel size
/// @param ceilMode whether a window may stand over the end
/// @param countIncludePad whether padding counts as elements
/// @param divisorOverride what sums are divided by; 0 for the number of elements
public record AvgPoolOptions(
    List<Long> kernelSize,
    List<Long> stride,
    List<Long> padding,
    boolean ceilMode,
    boolean countIncludePad,
    long divisorOverride) {
  /// Copies the lists.
  public AvgPoolOptions {
    kernelSize = List.copyOf(kernelSize);
    stride = List.copyOf(stride);
    padding = List.copyOf(padding);
  }

  /// PyTorch's defaults: windows one beside the other, no padding.
  ///
  /// @param kernelSize of the windows
  /// @return the options
  public static AvgPoolOptions of(long... kernelSize) {
    return new AvgPoolOptions(Sizes.of(kernelSize), List.of(), List.of(0L), false, true, 0);
  }

  /// Sets the stride.
  ///
  /// @param stride distance of the windows
  /// @return changed options
  public AvgPoolOptions stride(long... stride) {
    return new AvgPoolOptions(
        kernelSize, Sizes.of(stride), padding, ceilMode, countIncludePad, divisorOverride);
  }

  /// Sets the padding.
  ///
  /// @param padding zeros at both ends
  /// @return changed options
  public AvgPoolOptions padding(long... padding) {
    return new AvgPoolOptions(
        kernelSize, stride, Sizes.of(padding), ceilMode, countIncludePad, divisorOverride);
  }

  /// Sets what happens at the end.
  ///
  /// @param ceilMode whether a window may stand over it
  /// @return changed options
  public AvgPoolOptions ceilMode(boolean ceilMode) {
    return new AvgPoolOptions(
        kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }

  /// Sets what padding is.
  ///
  /// @param countIncludePad whether it counts as elements
  /// @return changed options
  public AvgPoolOptions countIncludePad(boolean countIncludePad) {
    return new AvgPoolOptions(
        kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }

  /// Sets the divisor, for two and three dimensions.
  ///
  /// @param divisorOverride what sums are divided by; 0 for the number of elements
  /// @return changed options
  public AvgPoolOptions divisorOverride(long divisorOverride) {
    return new AvgPoolOptions(
        kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }

  List<Long> strideOrKernel() {
    return stride.isEmpty() ? kernelSize : stride;
  }
}
