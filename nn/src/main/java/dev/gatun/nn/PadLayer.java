package dev.gatun.nn;

import dev.gatun.tensor.PadMode;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/// What the layers have in common that put something around their input.
abstract sealed class PadLayer extends Module
    permits ConstantPad1d,
        ConstantPad2d,
        ConstantPad3d,
        ReflectionPad1d,
        ReflectionPad2d,
        ReflectionPad3d,
        ReplicationPad1d,
        ReplicationPad2d,
        ReplicationPad3d,
        ZeroPad2d {
  final List<Long> padding;
  private final int dims;
  private final PadMode mode;
  private final double value;

  /// @param dims how many of the last dimensions are padded
  /// @param padding one number for all sides, or two for each dimension, the last one first
  PadLayer(int dims, PadMode mode, double value, long... padding) {
    if (padding.length != 1 && padding.length != 2 * dims) {
      throw new IllegalArgumentException(
          "%s: needs one padding or %d, got %s"
              .formatted(getClass().getSimpleName(), 2 * dims, Numbers.text(padding)));
    }
    this.dims = dims;
    this.mode = mode;
    this.value = value;
    this.padding =
        padding.length == 1
            ? Sizes.of(LongStream.generate(() -> padding[0]).limit(2L * dims).toArray())
            : Sizes.of(padding);
  }

  @Override
  public final Tensor forward(Tensor x) {
    if (mode == PadMode.CONSTANT) {
      return F.padWith(x, value, Sizes.array(padding));
    }
    if (x.dim() != dims + 1 && x.dim() != dims + 2) {
      throw new ShapeException(
          "%s: needs %d dims, or %d with a batch, got shape %s"
              .formatted(getClass().getSimpleName(), dims + 1, dims + 2, Numbers.text(x.shape())));
    }
    return F.pad(x, mode, Sizes.array(padding));
  }

  @Override
  protected String extraRepr() {
    return Sizes.tuple(padding);
  }
}
