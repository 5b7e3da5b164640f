package dev.gatun.tensor;

import java.util.function.Consumer;

/// How a convolution walks over its input: stride, padding, dilation and groups, with PyTorch's
/// meanings and defaults. Immutable; each method returns changed options:
///
/// ```java
/// x.conv2d(weight, bias, ConvOptions.DEFAULT.stride(2).padding(1));
/// ```
///
/// One value counts for all spatial dimensions; else there is one for each.
public final class ConvOptions {
  private static final Size ONE = Size.of(1);
  private static final Size ZERO = Size.of(0);

  /// Stride 1, no padding, dilation 1, one group.
  public static final ConvOptions DEFAULT = new ConvOptions();

  private Size stride = ONE;
  private Size padding = ZERO;
  private boolean same;
  private Size dilation = ONE;
  private long groups = 1;
  private Size outputPadding = ZERO;

  private ConvOptions() {}

  /// The distance of output positions, in the input; of a transposed convolution, of input
  /// positions in the output.
  ///
  /// @param values at least 1
  /// @return changed options
  public ConvOptions stride(long... values) {
    return with(to -> to.stride = Size.of(values.clone()));
  }

  /// The positions of zeros on both sides of the input. A transposed convolution drops as many of
  /// the output instead.
  ///
  /// @param values at least 0
  /// @return changed options
  public ConvOptions padding(long... values) {
    return padding(Size.of(values.clone()), false);
  }

  /// As many zeros as make the output as large as the input, PyTorch's `padding="same"`: the stride
  /// must be 1, and of an odd number the end gets one more.
  ///
  /// @return changed options
  public ConvOptions same() {
    return padding(ZERO, true);
  }

  /// No zeros, PyTorch's `padding="valid"`.
  ///
  /// @return changed options
  public ConvOptions valid() {
    return padding(0);
  }

  /// The distance of the kernel's taps.
  ///
  /// @param values at least 1
  /// @return changed options
  public ConvOptions dilation(long... values) {
    return with(to -> to.dilation = Size.of(values.clone()));
  }

  /// The groups that channels are divided into, each convolved by itself.
  ///
  /// @param value at least 1; divides both numbers of channels
  /// @return changed options
  public ConvOptions groups(long value) {
    return with(to -> to.groups = value);
  }

  /// Positions added to one side of the output of a transposed convolution, which is of that size
  /// then: several sizes have the same convolution.
  ///
  /// @param values less than the stride or the dilation
  /// @return changed options
  public ConvOptions outputPadding(long... values) {
    return with(to -> to.outputPadding = Size.of(values.clone()));
  }

  private ConvOptions padding(Size size, boolean same) {
    return with(to -> {
      to.padding = size;
      to.same = same;
    });
  }

  private ConvOptions with(Consumer<ConvOptions> change) {
    ConvOptions to = new ConvOptions();
    to.stride = stride;
    to.padding = padding;
    to.same = same;
    to.dilation = dilation;
    to.groups = groups;
    to.outputPadding = outputPadding;
    change.accept(to);
    return to;
  }

  /// Whether the padding is that of [#same()].
  boolean isSame() {
    return same;
  }

  long groups() {
    return groups;
  }

  long[] stride(String op, int dims) {
    return each(op, "stride", stride, dims, 1);
  }

  long[] padding(String op, int dims) {
    return each(op, "padding", padding, dims, 0);
  }

  long[] dilation(String op, int dims) {
    return each(op, "dilation", dilation, dims, 1);
  }

  long[] outputPadding(String op, int dims) {
    return each(op, "outputPadding", outputPadding, dims, 0);
  }

  /// One value for each dimension.
  static long[] each(String op, String name, Size size, int dims, long least) {
    long[] values = size.values();
    if (values.length != dims && values.length != 1) {
      throw new IllegalArgumentException(
          "%s: %s needs 1 or %d values, got %s".formatted(op, name, dims, size));
    }
    long[] all = new long[dims];
    for (int i = 0; i < dims; i++) {
      all[i] = values[values.length == 1 ? 0 : i];
      if (all[i] < least) {
        throw new IllegalArgumentException(
            "%s: %s must be at least %d: %s".formatted(op, name, least, size));
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return "stride=%s, padding=%s, dilation=%s, groups=%d, outputPadding=%s"
        .formatted(stride, same ? "same" : padding, dilation, groups, outputPadding);
  }
}
