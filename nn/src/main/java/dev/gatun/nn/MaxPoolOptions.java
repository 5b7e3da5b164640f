package dev.gatun.nn;

import java.util.List;
import java.util.function.Consumer;

/// Options of [MaxPool1d], [MaxPool2d] and [MaxPool3d], and of the pooling that their functions do.
/// Every size is one number for all dimensions or one for each.
///
/// @param kernelSize of the windows
/// @param stride distance of the windows; empty for the kernel size
/// @param padding at both ends, which is never the largest; at most half of the kernel size
/// @param dilation distance of the elements of a window
/// @param ceilMode whether a window may stand over the end
public record MaxPoolOptions(
    List<Long> kernelSize,
    List<Long> stride,
    List<Long> padding,
    List<Long> dilation,
    boolean ceilMode) {
  /// Copies the lists.
  public MaxPoolOptions {
    kernelSize = List.copyOf(kernelSize);
    stride = List.copyOf(stride);
    padding = List.copyOf(padding);
    dilation = List.copyOf(dilation);
  }

  /// PyTorch's defaults: windows one beside the other, no padding.
  ///
  /// @param kernelSize of the windows
  /// @return the options
  public static MaxPoolOptions of(long... kernelSize) {
    List<Long> one = List.of(1L);
    return new MaxPoolOptions(Sizes.of(kernelSize), List.of(), List.of(0L), one, false);
  }

  /// Sets the stride.
  ///
  /// @param stride distance of the windows
  /// @return changed options
  public MaxPoolOptions stride(long... stride) {
    return with(to -> to.stride = Sizes.of(stride));
  }

  /// Sets the padding.
  ///
  /// @param padding at both ends
  /// @return changed options
  public MaxPoolOptions padding(long... padding) {
    return with(to -> to.padding = Sizes.of(padding));
  }

  /// Sets the dilation.
  ///
  /// @param dilation distance of the elements of a window
  /// @return changed options
  public MaxPoolOptions dilation(long... dilation) {
    return with(to -> to.dilation = Sizes.of(dilation));
  }

  /// Sets what happens at the end.
  ///
  /// @param ceilMode whether a window may stand over it
  /// @return changed options
  public MaxPoolOptions ceilMode(boolean ceilMode) {
    return with(to -> to.ceilMode = ceilMode);
  }

  private MaxPoolOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new MaxPoolOptions(to.kernelSize, to.stride, to.padding, to.dilation, to.ceilMode);
  }

  /// These while some of them change.
  private final class Draft {
    private List<Long> kernelSize = kernelSize();
    private List<Long> stride = stride();
    private List<Long> padding = padding();
    private List<Long> dilation = dilation();
    private boolean ceilMode = ceilMode();
  }

  String text() {
    return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
        .formatted(
            Sizes.text(kernelSize),
            Sizes.text(stride.isEmpty() ? kernelSize : stride),
            Sizes.text(padding),
            Sizes.text(dilation),
            ceilMode ? "True" : "False");
  }
}
