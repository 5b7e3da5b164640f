package dev.gatun.tensor;

import dev.gatun.kernel.ConvGeometry;

/// The attributes of a convolution over `stride.length` dimensions, and its shape rules. Zeros are
/// counted before the first position; those behind the last follow from the output's size.
record ConvSpec(Size stride, Size pad, Size dilation, int groups) {
  int dims() {
    return stride.values().length;
  }

  /// The sizes that kernels need, for any two of the three shapes that fit.
  ConvGeometry geometry(String op, long[] x, long[] w, long[] y) {
    return new ConvGeometry(
        x[0],
        groups,
        size(op, w[1]),
        size(op, w[0] / groups),
        three(op, x, 2, 1),
        three(op, w, 2, 1),
        three(op, stride.values(), 0, 1),
        three(op, pad.values(), 0, 0),
        three(op, dilation.values(), 0, 1),
        three(op, y, 2, 1));
  }

  /// The spatial sizes behind `from`, with sizes of 1 before them.
  private static int[] three(String op, long[] values, int from, int missing) {
    int[] all = {missing, missing, missing};
    int n = values.length - from;
    long product = 1;
    for (int i = 0; i < n; i++) {
      all[3 - n + i] = size(op, values[from + i]);
      product *= Math.max(1, values[from + i]);
      size(op, product);
    }
    return all;
  }

  private static int size(String op, long value) {
    if (value > Integer.MAX_VALUE || value < Integer.MIN_VALUE) {
      throw new ShapeException(op + ": more than 2^31 elements in a plane or kernel: " + value);
    }
    return (int) value;
  }

  /// The attributes, with those of [ConvOptions#same()] for `kernel`.
  static ConvSpec of(String op, ConvOptions options, long[] kernel) {
    int dims = kernel.length;
    long[] stride = options.stride(op, dims);
    long[] pad = options.padding(op, dims);
    long[] dilation = options.dilation(op, dims);
    if (options.groups() < 1 || options.groups() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s: groups must be at least 1: %d".formatted(op, options.groups()));
    }
    for (int i = 0; i < dims && options.isSame(); i++) {
      if (stride[i] != 1) {
        throw new IllegalArgumentException(
            "%s: padding=same needs stride 1: %s".formatted(op, Shapes.format(stride)));
      }
      pad[i] = dilation[i] * (kernel[i] - 1) / 2;
    }
    return new ConvSpec(Size.of(stride), Size.of(pad), Size.of(dilation), (int) options.groups());
  }

  /// The spatial sizes of the output.
  ///
  /// @param x `[N, C, *]`
  long[] out(String op, long[] x, long[] kernel, boolean same) {
    long[] out = new long[dims()];
    for (int i = 0; i < out.length; i++) {
      long size = x[2 + i];
      long reach = dilation.values()[i] * (kernel[i] - 1) + 1;
      long room = size + 2 * pad.values()[i];
      if (kernel[i] < 1) {
        throw new ShapeException(
            "%s: kernel has no elements: %s".formatted(op, Shapes.format(kernel)));
      }
      if (!same && reach > room) {
        throw new ShapeException(
            "%s: kernel is larger than the padded input: %s and kernel %s (dim %d: %d > %d)"
                .formatted(op, Shapes.format(x), Shapes.format(kernel), 2 + i, reach, room));
      }
      out[i] = same ? size : (room - reach) / stride.values()[i] + 1;
    }
    return out;
  }

  /// The spatial sizes of the output of the transposed convolution.
  long[] transposedOut(String op, long[] x, long[] kernel, ConvOptions options) {
    long[] more = options.outputPadding(op, dims());
    long[] out = new long[dims()];
    for (int i = 0; i < out.length; i++) {
      long step = stride.values()[i];
      long apart = dilation.values()[i];
      if (more[i] >= Math.max(step, apart)) {
        throw new IllegalArgumentException(
            "%s: outputPadding must be less than stride or dilation: %s with stride %s, dilation %s"
                .formatted(op, Shapes.format(more), stride, dilation));
      }
      out[i] = (x[2 + i] - 1) * step - 2 * pad.values()[i] + apart * (kernel[i] - 1) + more[i] + 1;
      if (out[i] < 1) {
        throw new ShapeException(
            "%s: output would have no elements: %s and kernel %s (dim %d: %d)"
                .formatted(op, Shapes.format(x), Shapes.format(kernel), 2 + i, out[i]));
      }
    }
    return out;
  }
}
