package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.ConvOptions;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The checked options of a [Convolution], with one value for each dimension.
final class ConvolutionSettings {
  private final Convolution.Options options;
  private final boolean transposed;
  private final long[] kernel;
  private final long[] stride;
  private final long[] padding;
  private final long[] dilation;
  private final long[] outputPadding;

  private ConvolutionSettings(
      String name, Convolution.Options options, int dims, boolean transposed) {
    this.options = options;
    this.transposed = transposed;
    kernel = each(name, "kernelSize", options.kernel, dims, 1);
    stride = each(name, "stride", options.stride, dims, 1);
    padding = each(name, "padding", options.padding, dims, 0);
    dilation = each(name, "dilation", options.dilation, dims, 1);
    outputPadding = each(name, "outputPadding", options.outputPadding, dims, 0);
  }

  /// Checks the options of a layer called `name`.
  static ConvolutionSettings of(
      String name, Convolution.Options options, int dims, boolean transposed) {
    boolean lazy = name.startsWith("Lazy");
    requireGroups(name, options.in, options.groups);
    if (options.out % options.groups != 0) {
      throw groups(name, "outChannels", options.out, options.groups);
    }
    if (options.in < (lazy ? 0 : 1) || options.out < 1) {
      throw new IllegalArgumentException(
          "%s: channels must be at least 1: %d and %d".formatted(name, options.in, options.out));
    }
    if (options.dtype != DType.F32 && options.dtype != DType.F64) {
      throw new IllegalArgumentException(
          "%s: dtype must be F32 or F64: %s".formatted(name, options.dtype));
    }
    if (transposed && (options.mode != PaddingMode.ZEROS || options.paddingText != null)) {
      throw new IllegalArgumentException(
          "%s: a transposed convolution has no padding but zeros, in numbers: %s"
              .formatted(name, options.paddingText == null ? options.mode : options.paddingText));
    }
    var settings = new ConvolutionSettings(name, options, dims, transposed);
    if (settings.isSame() && Arrays.stream(settings.stride).anyMatch(step -> step != 1)) {
      throw new IllegalArgumentException(
          "%s: padding=same needs stride 1: %s".formatted(name, Numbers.text(settings.stride)));
    }
    return settings;
  }

  private static void requireGroups(String name, long in, long groups) {
    if (groups < 1 || in % groups != 0) {
      throw groups(name, "inChannels", in, groups);
    }
  }

  /// Refuses channels that the groups do not divide.
  void requireGroups(String name, long in) {
    requireGroups(name, in, options.groups);
  }

  private static IllegalArgumentException groups(
      String name, String what, long channels, long groups) {
    return new IllegalArgumentException(
        "%s: groups do not divide %s: %d (groups=%d)".formatted(name, what, channels, groups));
  }

  /// One value for each dimension.
  static long[] each(String name, String what, long[] values, int dims, long least) {
    if (values.length != dims && values.length != 1) {
      throw new IllegalArgumentException(
          "%s: %s needs 1 or %d values, got %s".formatted(name, what, dims, Numbers.text(values)));
    }
    for (long value : values) {
      if (value < least) {
        throw new IllegalArgumentException(
            "%s: %s must be at least %d: %s".formatted(name, what, least, Numbers.text(values)));
      }
    }
    long[] all = new long[dims];
    Arrays.setAll(all, i -> values[values.length == 1 ? 0 : i]);
    return all;
  }

  /// `[out, in/groups, kernel]`, or `[in, out/groups, kernel]` of a transposed convolution.
  long[] weightShape(long in) {
    long[] shape = new long[kernel.length + 2];
    shape[0] = transposed ? in : options.out;
    shape[1] = (transposed ? options.out : in) / options.groups;
    System.arraycopy(kernel, 0, shape, 2, kernel.length);
    return shape;
  }

  /// The channels of the input that a weight is for.
  long channels(Tensor weight) {
    return transposed ? weight.size(0) : weight.size(1) * options.groups;
  }

  long out() {
    return options.out;
  }

  long groups() {
    return options.groups;
  }

  Convolution.Options options() {
    return options;
  }

  boolean transposed() {
    return transposed;
  }

  long[] kernel() {
    return kernel;
  }

  PaddingMode mode() {
    return options.mode;
  }

  private boolean isSame() {
    return "same".equals(options.paddingText);
  }

  /// What the operation is given, where it pads with zeros itself.
  ConvOptions whole() {
    ConvOptions plain = unpadded().outputPadding(outputPadding);
    return isSame() ? plain.same() : plain.padding(padding);
  }

  /// What it is given after [#pads()].
  ConvOptions unpadded() {
    return ConvOptions.DEFAULT.stride(stride).dilation(dilation).groups(options.groups);
  }

  /// Pairs of paddings, the last dimension first.
  long[] pads() {
    int dims = kernel.length;
    long[] pads = new long[2 * dims];
    for (int i = 0; i < dims; i++) {
      long total = isSame() ? dilation[i] * (kernel[i] - 1) : 2 * padding[i];
      int at = 2 * (dims - 1 - i);
      pads[at] = total / 2;
      pads[at + 1] = total - total / 2;
    }
    return pads;
  }

  /// The output padding that makes a transposed convolution of spatial sizes `in` one of `size`.
  ///
  /// @return null where there is none
  long @Nullable [] paddingFor(long[] in, long[] size) {
    long[] more = new long[size.length];
    for (int i = 0; i < size.length; i++) {
      more[i] = size[i] - least(in, i);
      if (more[i] < 0 || more[i] >= stride[i]) {
        return null;
      }
    }
    return more;
  }

  /// The smallest and the largest sizes that a transposed convolution of spatial sizes `in` has.
  String range(long[] in) {
    long[] least = new long[in.length];
    long[] most = new long[in.length];
    for (int i = 0; i < in.length; i++) {
      least[i] = least(in, i);
      most[i] = least[i] + stride[i] - 1;
    }
    return Numbers.text(least) + " to " + Numbers.text(most);
  }

  private long least(long[] in, int i) {
    return (in[i] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (kernel[i] - 1) + 1;
  }

  /// As PyTorch prints it.
  String text(long in, boolean bias) {
    StringBuilder text = new StringBuilder();
    text.append(in).append(", ").append(options.out);
    text.append(", kernel_size=").append(tuple(kernel)).append(", stride=").append(tuple(stride));
    if (options.paddingText != null) {
      text.append(", padding=").append(options.paddingText);
    } else {
      append(text, "padding", padding, 0);
    }
    append(text, "dilation", dilation, 1);
    append(text, "output_padding", outputPadding, 0);
    if (options.groups != 1) {
      text.append(", groups=").append(options.groups);
    }
    if (!bias) {
      text.append(", bias=False");
    }
    if (options.mode != PaddingMode.ZEROS) {
      text.append(", padding_mode=").append(options.mode);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, long[] values, long usual) {
    if (Arrays.stream(values).anyMatch(value -> value != usual)) {
      text.append(", ").append(name).append('=').append(tuple(values));
    }
  }

  /// As Python prints a tuple.
  static String tuple(long[] values) {
    String inner = Arrays.stream(values).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return values.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }
}
