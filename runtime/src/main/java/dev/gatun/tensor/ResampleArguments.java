package dev.gatun.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What an interpolation is asked for, checked.
///
/// @param size of the result's dimensions after the second
/// @param scale of each of them, 0 where the sizes say it
record ResampleArguments(Size size, Scales scale, InterpolateMode mode, boolean alignCorners) {
  private static final String OP = "interpolate";

  /// Elements that a plane may have: tables of four times a size are arrays.
  private static final long LARGEST = 1 << 28;

  /// Factors as the component of a record.
  static final class Scales {
    private final double[] values;

    private Scales(double[] values) {
      this.values = values;
    }
  }

  static ResampleArguments ofSize(
      Tensor x, long[] size, InterpolateMode mode, boolean alignCorners) {
    int dims = check(x, mode, alignCorners);
    if (size.length != 1 && size.length != dims) {
      throw new IllegalArgumentException(
          "%s: needs one size or %d, got %s".formatted(OP, dims, Shapes.format(size)));
    }
    long[] all = new long[dims];
    for (int i = 0; i < dims; i++) {
      all[i] = size[size.length == 1 ? 0 : i];
    }
    return of(x, all, new double[dims], mode, alignCorners);
  }

  static ResampleArguments ofScale(
      Tensor x, double[] scale, InterpolateMode mode, boolean alignCorners, boolean recompute) {
    int dims = check(x, mode, alignCorners);
    if (scale.length != 1 && scale.length != dims) {
      throw new IllegalArgumentException(
          "%s: needs one scale factor or %d, got %s".formatted(OP, dims, text(scale)));
    }
    long[] all = new long[dims];
    double[] factors = new double[dims];
    for (int i = 0; i < dims; i++) {
      factors[i] = scale[scale.length == 1 ? 0 : i];
      if (!(factors[i] > 0) || Double.isInfinite(factors[i])) {
        throw new IllegalArgumentException(
            "%s: scale factor must be positive: %s".formatted(OP, text(scale)));
      }
      all[i] = (long) Math.floor(x.shape[2 + i] * factors[i]);
    }
    return of(x, all, recompute ? new double[dims] : factors, mode, alignCorners);
  }

  private static String text(double[] scale) {
    return Arrays.stream(scale)
        .mapToObj(Double::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static ResampleArguments of(
      Tensor x, long[] size, double[] scale, InterpolateMode mode, boolean alignCorners) {
    long from = 1;
    long to = 1;
    for (int i = 0; i < size.length; i++) {
      from = Math.min(LARGEST + 1, from * Math.min(LARGEST + 1, x.shape[2 + i]));
      to = Math.min(LARGEST + 1, to * Math.min(LARGEST + 1, Math.max(1, size[i])));
      if (from > LARGEST || to > LARGEST) {
        throw new ShapeException(
            "%s: more than 2^28 elements in a plane: %s and %s"
                .formatted(OP, Shapes.format(x.shape), Shapes.format(size)));
      }
      if (size[i] < 1 || x.shape[2 + i] < 1) {
        throw new ShapeException(
            "%s: sizes of input and output must be positive: %s and %s"
                .formatted(OP, Shapes.format(x.shape), Shapes.format(size)));
      }
    }
    return new ResampleArguments(Size.of(size), new Scales(scale), mode, alignCorners);
  }

  /// The number of dimensions after the second.
  private static int check(Tensor x, InterpolateMode mode, boolean alignCorners) {
    int dims = x.shape.length - 2;
    if (dims < 1 || dims > 3 || (mode.dims() != 0 && mode.dims() != dims)) {
      throw new ShapeException(
          "%s: %s needs %s, got shape %s"
              .formatted(
                  OP,
                  mode,
                  mode.dims() == 0 ? "3 to 5 dims" : (mode.dims() + 2) + " dims",
                  Shapes.format(x.shape)));
    }
    if (alignCorners && mode.dims() == 0) {
      throw new IllegalArgumentException(
          "%s: alignCorners is for linear and cubic modes: %s".formatted(OP, mode));
    }
    return dims;
  }

  Tensor apply(Tensor x) {
    return PoolArguments.floating(OP, x, this::resample);
  }

  private Tensor resample(Tensor x) {
    long[] to = size.values();
    if (mode == InterpolateMode.AREA) {
      return PoolArguments.average(OP, x, PoolArguments.adaptive(OP, x, to.length, to));
    }
    Tensor y = x;
    boolean changed = false;
    // What shrinks goes first, and what grows starts at the rows' end, where there is least to do.
    for (int pass = 0; pass < 2; pass++) {
      for (int i = to.length - 1; i >= 0; i--) {
        boolean shrinks = to[i] < x.shape[2 + i];
        if (shrinks == (pass == 0) && !stays(x, i)) {
          y = along(y, i);
          changed = true;
        }
      }
    }
    return changed ? y : x.copy();
  }

  /// Whether every output is one input.
  private boolean stays(Tensor x, int i) {
    double factor = scale.values[i];
    return x.shape[2 + i] == size.values()[i] && (factor == 0 || factor == 1);
  }

  private Tensor along(Tensor x, int i) {
    int inputs = Math.toIntExact(x.shape[2 + i]);
    int outputs = (int) size.values()[i];
    var table = Resampling.table(mode, inputs, outputs, alignCorners, scale.values[i]);
    return new Resampling.Resample(2 + i, table).apply(x);
  }
}
