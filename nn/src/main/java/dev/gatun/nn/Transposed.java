package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;

/// [ConvTranspose1d], [ConvTranspose2d] and [ConvTranspose3d].
abstract sealed class Transposed extends Convolution
    permits ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
  Transposed(Options options, int dims) {
    super(options, dims, true);
  }

  @Override
  public final Tensor forward(Tensor x) {
    infer(x);
    return apply(x, settings.whole());
  }

  /// As [#forward(Tensor)], with the output padding that makes the result be of a given size.
  ///
  /// @param x the input
  /// @param outputSize the spatial sizes of the result
  /// @return the result
  /// @throws ShapeException if no output padding gives these sizes
  public final Tensor forward(Tensor x, long[] outputSize) {
    infer(x);
    if (outputSize.length != dims || x.dim() < dims) {
      throw new ShapeException(
          "%s: outputSize needs %d values for input %s: %s"
              .formatted(
                  getClass().getSimpleName(),
                  dims,
                  Numbers.text(x.shape()),
                  Numbers.text(outputSize)));
    }
    long[] in = Arrays.copyOfRange(x.shape(), x.dim() - dims, x.dim());
    long[] more = settings.paddingFor(in, outputSize);
    if (more == null) {
      throw new ShapeException(
          "%s: no output padding gives size %s: input %s (sizes %s)"
              .formatted(
                  getClass().getSimpleName(),
                  Numbers.text(outputSize),
                  Numbers.text(x.shape()),
                  settings.range(in)));
    }
    return apply(x, settings.whole().outputPadding(more));
  }
}
