package dev.gatun.nn;

import dev.gatun.tensor.ConvOptions;

/// What [Unfold] and [Fold] share.
final class PatchSettings {
  private final String name;
  private final long[] dilation;
  private final long[] padding;
  private final long[] stride;

  private PatchSettings(String name, long[] dilation, long[] padding, long[] stride) {
    this.name = name;
    this.dilation = dilation;
    this.padding = padding;
    this.stride = stride;
  }

  static PatchSettings of(String name, long[] dilation, long[] padding, long[] stride) {
    var settings = new PatchSettings(name, dilation.clone(), padding.clone(), stride.clone());
    long[] _ = settings.pair("dilation", dilation, 1);
    long[] _ = settings.pair("padding", padding, 0);
    long[] _ = settings.pair("stride", stride, 1);
    return settings;
  }

  /// Two values, of one or two that are given.
  long[] pair(String what, long[] values, long least) {
    return ConvolutionSettings.each(name, what, values, 2, least);
  }

  ConvOptions options() {
    return ConvOptions.DEFAULT.dilation(dilation).padding(padding).stride(stride);
  }

  String text() {
    return "dilation=%s, padding=%s, stride=%s"
        .formatted(text(dilation), text(padding), text(stride));
  }

  /// As PyTorch prints what it was given: a number or a tuple.
  static String text(long[] values) {
    return values.length == 1 ? Long.toString(values[0]) : ConvolutionSettings.tuple(values);
  }
}
