package dev.gatun.tensor;

import dev.gatun.kernel.Windows;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Pooling.Plan;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// What poolings are asked for, checked.
///
/// @param op the method, for messages
/// @param dims of a plane
/// @param kernel one size for all dimensions or one for each; so are the next three
/// @param stride empty for the kernel
record PoolArguments(
    String op, int dims, Size kernel, Size stride, Size padding, Size dilation, boolean ceil) {
  /// Elements that a plane may have where windows are of any size: their tables are arrays.
  private static final long LARGEST = 1 << 30;

  static PoolArguments of(
      String op, int dims, long[] kernel, long[] stride, long[] padding, boolean ceil) {
    return of(op, dims, kernel, stride, padding, new long[] {1}, ceil);
  }

  static PoolArguments of(
      String op,
      int dims,
      long[] kernel,
      long[] stride,
      long[] padding,
      long[] dilation,
      boolean ceil) {
    Size k = each(op, "kernel size", kernel, dims, 1);
    Size s = stride.length == 0 ? k : each(op, "stride", stride, dims, 1);
    Size p = each(op, "padding", padding, dims, 0);
    Size d = each(op, "dilation", dilation, dims, 1);
    for (int i = 0; i < dims; i++) {
      if (p.values()[i] > k.values()[i] / 2) {
        throw new IllegalArgumentException(
            "%s: padding must not be above half of the kernel size: %s and %s".formatted(op, p, k));
      }
    }
    return new PoolArguments(op, dims, k, s, p, d, ceil);
  }

  /// One value for each dimension.
  private static Size each(String op, String what, long[] values, int dims, long least) {
    if (values.length != 1 && values.length != dims) {
      throw new IllegalArgumentException(
          "%s: needs one %s or %d, got %s".formatted(op, what, dims, Shapes.format(values)));
    }
    long[] all = new long[dims];
    for (int i = 0; i < dims; i++) {
      all[i] = values[values.length == 1 ? 0 : i];
      if (all[i] < least || all[i] > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s: %s must be %s: %s"
                .formatted(op, what, least == 0 ? "0 or more" : "positive", Shapes.format(values)));
      }
    }
    return Size.of(all);
  }

  /// The windows over `x`.
  ///
  /// @param divisor what an average divides by; 0 for the elements of the window
  Plan plan(Tensor x, double divisor, boolean countPadding) {
    requirePlanes(op, x, dims);
    long[] shape = x.shape.clone();
    int first = shape.length - dims;
    for (int i = 0; i < dims; i++) {
      shape[first + i] = count(x.shape[first + i], i);
      if (shape[first + i] < 1) {
        throw new ShapeException(
            "%s: the input is smaller than the window: %s (kernel size %s, padding %s, dilation %s)"
                .formatted(op, Shapes.format(x.shape), kernel, padding, dilation));
      }
    }
    Windows[] windows = {Windows.ONE, Windows.ONE, Windows.ONE};
    for (int i = 0; i < dims; i++) {
      windows[3 - dims + i] =
          Windows.of(
              (int) x.shape[first + i],
              (int) kernel.values()[i],
              (int) stride.values()[i],
              (int) padding.values()[i],
              (int) dilation.values()[i],
              ceil,
              countPadding);
    }
    return new Plan(dims, windows[0], windows[1], windows[2], divisor, Size.of(shape));
  }

  private long count(long size, int i) {
    return Windows.count(
        size,
        kernel.values()[i],
        stride.values()[i],
        padding.values()[i],
        dilation.values()[i],
        ceil);
  }

  /// Windows that make planes of `outputs`; -1 keeps the size of a dimension.
  static Plan adaptive(String op, Tensor x, int dims, long[] outputs) {
    requirePlanes(op, x, dims);
    if (outputs.length != 1 && outputs.length != dims) {
      throw new IllegalArgumentException(
          "%s: needs one output size or %d, got %s".formatted(op, dims, Shapes.format(outputs)));
    }
    long[] shape = x.shape.clone();
    int first = shape.length - dims;
    long plane = 1;
    Windows[] windows = {Windows.ONE, Windows.ONE, Windows.ONE};
    for (int i = 0; i < dims; i++) {
      long size = outputs[outputs.length == 1 ? 0 : i];
      if (size < -1 || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s: output size must be 0 or more, or -1 for that of the input: %s"
                .formatted(op, Shapes.format(outputs)));
      }
      shape[first + i] = size == -1 ? x.shape[first + i] : size;
      plane *= shape[first + i];
      if (plane > LARGEST) {
        throw new ShapeException(
            "%s: more than 2^30 elements in a plane of the result: %s"
                .formatted(op, Shapes.format(outputs)));
      }
      windows[3 - dims + i] = Windows.adaptive((int) x.shape[first + i], (int) shape[first + i]);
    }
    return new Plan(dims, windows[0], windows[1], windows[2], 0, Size.of(shape));
  }

  /// `[C, ...]` or `[N, C, ...]`, where only `N` may be 0.
  static void requirePlanes(String op, Tensor x, int dims) {
    int rank = x.shape.length;
    if (rank != dims + 1 && rank != dims + 2) {
      throw new ShapeException(
          "%s: needs %d dims, or %d with a batch, got shape %s"
              .formatted(op, dims + 1, dims + 2, Shapes.format(x.shape)));
    }
    long plane = 1;
    for (int i = rank - dims - 1; i < rank; i++) {
      if (x.shape[i] == 0) {
        throw new ShapeException(
            "%s: only the batch may be empty, got shape %s (dim %d: 0)"
                .formatted(op, Shapes.format(x.shape), i));
      }
      plane =
          i < rank - dims ? 1 : Math.multiplyHigh(plane, x.shape[i]) == 0 ? plane * x.shape[i] : -1;
      if (plane < 0 || plane > Integer.MAX_VALUE) {
        throw new ShapeException(
            "%s: more than 2^31 elements in a plane of shape %s"
                .formatted(op, Shapes.format(x.shape)));
      }
    }
  }

  /// `pool(x)` of F32 and F64; BF16 and F16 are computed in F32.
  static Tensor floating(String op, Tensor x, UnaryOperator<Tensor> pool) {
    return switch (x.dtype) {
      case F32, F64 -> pool.apply(x);
      case BF16, F16 -> pool.apply(x.to(DType.F32)).to(x.dtype);
      case I32, I64, U8, BOOL -> throw Arithmetic.unsupported(op, x, "a floating dtype");
    };
  }

  /// The maxima of windows, with I64 indices.
  static ValuesIndices maxWithIndices(String op, Tensor x, Plan plan) {
    return switch (x.dtype) {
      case F32, F64 -> {
        ValuesIndices both = new Pooling.MaxPool(plan).apply(x, true);
        yield new ValuesIndices(both.values(), both.indices().to(DType.I64));
      }
      case BF16, F16 -> {
        ValuesIndices both = maxWithIndices(op, x.to(DType.F32), plan);
        yield new ValuesIndices(both.values().to(x.dtype), both.indices());
      }
      case I32, I64, U8, BOOL -> throw Arithmetic.unsupported(op, x, "a floating dtype");
    };
  }

  static Tensor max(String op, Tensor x, Plan plan) {
    return floating(op, x, from -> new Pooling.MaxPool(plan).apply(from, false).values());
  }

  static Tensor average(String op, Tensor x, Plan plan) {
    return floating(op, x, new Pooling.AvgPool(plan)::apply);
  }

  /// The means of windows that cover the planes evenly; one window is a plain mean.
  static Tensor adaptiveAverage(String op, Tensor x, int dims, long[] outputs) {
    Plan plan = adaptive(op, x, dims, outputs);
    int first = x.shape.length - dims;
    boolean whole = x.dtype == DType.F32 || x.dtype == DType.F64;
    for (int d = first; d < x.shape.length; d++) {
      whole &= plan.shape().values()[d] == 1;
    }
    return whole
        ? x.mean(IntStream.range(first, x.shape.length).toArray(), true)
        : average(op, x, plan);
  }

  /// `x` where the `indices` of a pooling say, among zeros.
  static Tensor unpool(String op, Tensor x, int dims, Tensor indices, long[] outputs) {
    requirePlanes(op, x, dims);
    if (indices.dtype != DType.I64 || !Arrays.equals(indices.shape, x.shape)) {
      throw new ShapeException(
          "%s: indices must be I64 in the shape of the input: %s %s and %s"
              .formatted(op, indices.dtype, Shapes.format(indices.shape), Shapes.format(x.shape)));
    }
    Size sizes = each(op, "output size", outputs, dims, 1);
    int first = x.shape.length - dims;
    long[] flat = Arrays.copyOf(x.shape, first + 1);
    long[] shape = x.shape.clone();
    System.arraycopy(sizes.values(), 0, shape, first, dims);
    flat[first] = Shapes.numel(op, sizes.values());
    long[] rows = Arrays.copyOf(x.shape, first + 1);
    rows[first] = -1;
    if (x.numel == 0) {
      return Tensor.zeros(x.dtype, shape);
    }
    Tensor zeros = Tensor.zeros(x.dtype, flat);
    return zeros.scatter(first, indices.reshape(rows), x.reshape(rows)).view(shape);
  }
}
