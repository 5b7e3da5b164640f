package dev.gatun.nn;

import java.util.List;
import java.util.function.Consumer;

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
    return with(to -> to.stride = Sizes.of(stride));
  }

  /// Sets the padding.
  ///
  /// @param padding zeros at both ends
  /// @return changed options
  public AvgPoolOptions padding(long... padding) {
    return with(to -> to.padding = Sizes.of(padding));
  }

  /// Sets what happens at the end.
  ///
  /// @param ceilMode whether a window may stand over it
  /// @return changed options
  public AvgPoolOptions ceilMode(boolean ceilMode) {
    return with(to -> to.ceilMode = ceilMode);
  }

  /// Sets what padding is.
  ///
  /// @param countIncludePad whether it counts as elements
  /// @return changed options
  public AvgPoolOptions countIncludePad(boolean countIncludePad) {
    return with(to -> to.countIncludePad = countIncludePad);
  }

  /// Sets the divisor, for two and three dimensions.
  ///
  /// @param divisorOverride what sums are divided by; 0 for the number of elements
  /// @return changed options
  public AvgPoolOptions divisorOverride(long divisorOverride) {
    return with(to -> to.divisorOverride = divisorOverride);
  }

  private AvgPoolOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new AvgPoolOptions(
        to.kernelSize, to.stride, to.padding, to.ceilMode, to.countIncludePad, to.divisorOverride);
  }

  /// These while some of them change.
  private final class Draft {
    private List<Long> kernelSize = kernelSize();
    private List<Long> stride = stride();
    private List<Long> padding = padding();
    private boolean ceilMode = ceilMode();
    private boolean countIncludePad = countIncludePad();
    private long divisorOverride = divisorOverride();
  }

  List<Long> strideOrKernel() {
    return stride.isEmpty() ? kernelSize : stride;
  }
}
