package dev.gatun.tensor;

/// Checks of patches as columns.
final class Columns {
  private Columns() {}

  static Tensor im2col(Tensor x, long[] kernel, ConvOptions options) {
    String op = "im2col";
    Arithmetic.floating(op, x, x);
    pair(op, "kernel", kernel);
    ConvSpec spec = spec(op, kernel, options);
    int rank = x.shape.length;
    if (rank != 3 && rank != 4) {
      throw new ShapeException(
          "%s: needs [N,C,H,W] or [C,H,W]: %s".formatted(op, Shapes.format(x.shape)));
    }
    Tensor batch = rank == 3 ? x.unsqueeze(0) : x;
    long[] out = spec.out(op, batch.shape, kernel, false);
    Tensor y = new Convolutions.Im2col(spec, Size.of(kernel), Size.of(out)).apply(batch);
    return rank == 3 ? y.squeeze(0) : y;
  }

  static Tensor col2im(Tensor x, long[] size, long[] kernel, ConvOptions options) {
    String op = "col2im";
    Arithmetic.floating(op, x, x);
    pair(op, "outputSize", size);
    pair(op, "kernel", kernel);
    ConvSpec spec = spec(op, kernel, options);
    int rank = x.shape.length;
    if (rank != 2 && rank != 3) {
      throw new ShapeException(
          "%s: needs [N,C*kH*kW,L] or [C*kH*kW,L]: %s".formatted(op, Shapes.format(x.shape)));
    }
    Tensor batch = rank == 2 ? x.unsqueeze(0) : x;
    long taps = kernel[0] * kernel[1];
    long channels = taps == 0 ? 0 : batch.shape[1] / taps;
    long[] shape = Convolutions.with(batch.shape[0], channels, size);
    long[] out = spec.out(op, shape, kernel, false);
    long positions = out[0] * out[1];
    if (batch.shape[1] != channels * taps || batch.shape[2] != positions) {
      throw new ShapeException(
          "%s: %s does not hold columns of %d rows at %d positions: outputSize %s, kernel %s"
              .formatted(
                  op,
                  Shapes.format(x.shape),
                  taps,
                  positions,
                  Shapes.format(size),
                  Shapes.format(kernel)));
    }
    Tensor y =
        new Convolutions.Col2im(spec, Size.of(kernel), Size.of(out), Size.of(shape)).apply(batch);
    return rank == 2 ? y.squeeze(0) : y;
  }

  private static ConvSpec spec(String op, long[] kernel, ConvOptions options) {
    if (options.isSame() || options.groups() != 1) {
      throw new IllegalArgumentException(
          "%s: needs padding in numbers and one group: %s".formatted(op, options));
    }
    return ConvSpec.of(op, options, kernel);
  }

  private static void pair(String op, String name, long[] values) {
    if (values.length != 2) {
      throw new IllegalArgumentException(
          "%s: %s needs 2 values: %s".formatted(op, name, Shapes.format(values)));
    }
  }
}
