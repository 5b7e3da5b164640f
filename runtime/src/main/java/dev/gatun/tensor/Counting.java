package dev.gatun.tensor;

import dev.gatun.kernel.CountKernels;
import dev.gatun.kernel.SortKernels;
import dev.gatun.kernel.UniqueKernels;
import dev.gatun.memory.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the methods of [CountingOps] do. None of it has a gradient.
final class Counting {
  private static final int LONGEST = Integer.MAX_VALUE - 4096;

  private Counting() {}

  static Unique elements(String op, Tensor x, boolean consecutive) {
    Tensor flat = x.detach().reshape(x.numel);
    Unique found = rows(op, flat, x.numel, 1, consecutive);
    Tensor values = flat.gather(0, found.values());
    return new Unique(values, found.inverse().view(x.shape), found.counts());
  }

  static Unique slices(String op, Tensor x, int dim, boolean consecutive) {
    if (x.shape.length == 0) {
      throw new ShapeException(op + ": a scalar has no dimension to look along");
    }
    long size = x.shape[dim];
    if (size == 0 || x.numel == 0) {
      throw new ShapeException(
          "%s: nothing to compare along dim %d of %s".formatted(op, dim, Shapes.format(x.shape)));
    }
    Tensor matrix = Movement.swap(x.detach(), 0, dim).reshape(size, x.numel / size);
    Unique found = rows(op, matrix, size, x.numel / size, consecutive);
    Tensor values = x.detach().indexSelect(dim, found.values());
    return new Unique(values, found.inverse(), found.counts());
  }

  /// Where the distinct rows stand first, instead of their values, with inverse and counts.
  private static Unique rows(String op, Tensor x, long rows, long columns, boolean consecutive) {
    switch (x.dtype) {
      case F32, F64, I32, I64, U8, BOOL -> {}
      case BF16, F16 -> throw Arithmetic.unsupported(op, x, "F32, F64, integers or BOOL");
    }
    if (rows > LONGEST) {
      throw new ShapeException(
          "%s: too many to compare: %s (%d)".formatted(op, Shapes.format(x.shape), rows));
    }
    Tensor from = Raw.contiguous(x);
    UniqueKernels.Distinct distinct =
        UniqueKernels.unique(
            from.dtype, consecutive, (int) rows, columns, from.memory(), from.offset);
    return new Unique(
        vector(distinct.first()), vector(distinct.ranks()), vector(distinct.counts()));
  }

  private static Tensor vector(long[] values) {
    return Tensor.of(values, values.length);
  }

  static Tensor bincount(Tensor x, @Nullable Tensor weights, long minlength) {
    if (!x.dtype.isInteger()) {
      throw Arithmetic.unsupported("bincount", x, "integers");
    }
    if (x.shape.length != 1) {
      throw new ShapeException("bincount: needs a vector, got " + Shapes.format(x.shape));
    }
    if (weights != null && !Arrays.equals(weights.shape, x.shape)) {
      throw new ShapeException(
          "bincount: weights %s do not fit %s"
              .formatted(Shapes.format(weights.shape), Shapes.format(x.shape)));
    }
    Tensor at = Raw.contiguous(x.to(DType.I64));
    long lowest = x.numel == 0 ? 0 : at.min().itemLong();
    if (lowest < 0 || minlength < 0) {
      throw new IllegalArgumentException(
          "bincount: %s must not be negative: %d"
              .formatted(lowest < 0 ? "elements" : "minlength", Math.min(lowest, minlength)));
    }
    long bins = Math.max(minlength, x.numel == 0 ? 0 : at.max().itemLong() + 1);
    if (weights == null) {
      Tensor y = Tensor.zeros(DType.I64, bins);
      CountKernels.count(x.numel, at.memory(), at.offset, y.writable(), y.offset);
      return y;
    }
    DType dtype = weights.dtype == DType.F32 ? DType.F32 : DType.F64;
    Tensor heavy = Raw.contiguous(weights.detach().to(dtype));
    Tensor y = Tensor.zeros(dtype, bins);
    CountKernels.weigh(
        dtype,
        x.numel,
        at.memory(),
        at.offset,
        heavy.memory(),
        heavy.offset,
        y.writable(),
        y.offset);
    return y;
  }

  static Tensor histc(Tensor x, int bins, double min, double max) {
    DType dtype = Arithmetic.floating("histc", x, x);
    if (bins <= 0) {
      throw new IllegalArgumentException("histc: needs at least one bin, got " + bins);
    }
    double low = min;
    double high = max;
    Tensor values = Raw.contiguous(x.detach());
    if (low == high && x.numel > 0) {
      low = values.min().item();
      high = values.max().item();
    }
    if (low == high) {
      low -= 1;
      high += 1;
    }
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "histc: the range must be finite and not empty: %s to %s".formatted(low, high));
    }
    long[] counts = new long[bins];
    CountKernels.histogram(dtype, values.numel, values.memory(), values.offset, low, high, counts);
    return vector(counts).to(dtype);
  }

  static Tensor search(String op, Tensor sorted, Tensor values, boolean right) {
    Arithmetic.same(op, sorted, values);
    switch (values.dtype) {
      case F32, F64, I32, I64, U8, BOOL -> {}
      case BF16, F16 -> throw Arithmetic.unsupported(op, values, "F32, F64, integers or BOOL");
    }
    boolean shared = sorted.shape.length == 1;
    int last = sorted.shape.length - 1;
    if (!shared
        && (last != values.shape.length - 1
            || last < 0
            || !Arrays.equals(
                Shapes.with(sorted.shape, last, 0), Shapes.with(values.shape, last, 0)))) {
      throw new ShapeException(
          "%s: values %s do not fit %s; all but the last dim must be equal, or the sorted one be a vector"
              .formatted(op, Shapes.format(values.shape), Shapes.format(sorted.shape)));
    }
    long columns = sorted.shape[last];
    if (columns > LONGEST) {
      throw new ShapeException(
          "%s: too many elements along one dimension: %s"
              .formatted(op, Shapes.format(sorted.shape)));
    }
    long each = shared ? values.numel : values.shape[last];
    long rows = each == 0 ? 0 : values.numel / each;
    Tensor table = Raw.contiguous(sorted.detach());
    Tensor from = Raw.contiguous(values.detach());
    Tensor y = Raw.empty(op, DType.I64, values.shape);
    SortKernels.search(
        from.dtype,
        right,
        rows,
        (int) columns,
        each,
        shared,
        table.memory(),
        table.offset,
        from.memory(),
        from.offset,
        y.writable(),
        y.offset);
    return y;
  }
}
