package dev.gatun.tensor;

import dev.gatun.kernel.SortKernels;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// What the methods of [SortOps] do: kernels find positions, which have no gradient; values are
/// gathered there and pass theirs on.
final class Sorting {
  private Sorting() {}

  /// Calls a kernel of [SortKernels] for rows of `columns` elements.
  @FunctionalInterface
  private interface Kernel {
    void find(long rows, int columns, MemorySegment x, long xOffset, MemorySegment y, long yOffset);
  }

  static ValuesIndices sort(Tensor x, int dim, boolean descending) {
    Tensor order = order("sort", x, dim, descending);
    return new ValuesIndices(pick(x, dim, order), order);
  }

  /// The order along `dim`, a dimension of `x`.
  static Tensor order(String op, Tensor x, int dim, boolean descending) {
    return find(
        op,
        x,
        dim,
        Scans.size(x, dim),
        (rows, columns, from, xo, to, yo) ->
            SortKernels.sort(x.dtype, descending, rows, columns, from, xo, to, yo));
  }

  static ValuesIndices top(Tensor x, long k, int dim, boolean largest, boolean sorted) {
    long size = Scans.size(x, dim);
    if (k < 0 || k > size) {
      throw new IllegalArgumentException(
          "topk: k out of range for shape %s (dim %d: expected 0..%d, got %d)"
              .formatted(Shapes.format(x.shape), dim, size, k));
    }
    Tensor at =
        find(
            "topk",
            x,
            dim,
            k,
            (rows, columns, from, xo, to, yo) ->
                SortKernels.top(
                    x.dtype, largest, sorted, rows, columns, (int) k, from, xo, to, yo));
    return new ValuesIndices(pick(x, dim, at), at);
  }

  static ValuesIndices kth(Tensor x, long k, int dim, boolean keepdim) {
    long size = Scans.size(x, dim);
    if (k < 1 || k > size) {
      throw new IllegalArgumentException(
          "kthvalue: k out of range for shape %s (dim %d: expected 1..%d, got %d)"
              .formatted(Shapes.format(x.shape), dim, size, k));
    }
    Tensor at =
        find(
            "kthvalue",
            x,
            dim,
            1,
            (rows, columns, from, xo, to, yo) ->
                SortKernels.kth(x.dtype, rows, columns, (int) k - 1, from, xo, to, yo));
    return reduced(x, dim, at, keepdim);
  }

  static ValuesIndices median(String op, Tensor x, int dim, boolean keepdim, boolean skipNan) {
    if (x.shape.length > 0) {
      Reductions.requireElements(op, x, new long[] {dim});
    }
    Tensor at =
        find(
            op,
            x,
            dim,
            1,
            (rows, columns, from, xo, to, yo) ->
                SortKernels.median(x.dtype, skipNan, rows, columns, from, xo, to, yo));
    return reduced(x, dim, at, keepdim);
  }

  /// `y =` the lower median of all elements; those that are equal to it share the gradient.
  record Median(boolean skipNan) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return x.numel == 0
          ? Creation.full(x.dtype, Double.NaN, Shapes.SCALAR)
          : median(opName(), x.detach().reshape(x.numel), 0, false, skipNan).values();
    }

    @Override
    public String opName() {
      return skipNan ? "nanmedian" : "median";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0).detach();
      Tensor y = node.output().detach();
      Tensor chosen = Double.isNaN(y.item()) ? x.ne(x) : x.eq(y);
      Tensor share = chosen.to(g.dtype);
      return g.mul(share.div(share.sum()));
    }
  }

  /// Only floating dtypes have a value for the median of nothing.
  static Tensor notEmpty(String op, Tensor x) {
    if (x.numel == 0 && !x.dtype.isFloating()) {
      throw new ShapeException(
          "%s: nothing to choose from: %s".formatted(op, Shapes.format(x.shape)));
    }
    return x;
  }

  private static ValuesIndices reduced(Tensor x, int dim, Tensor at, boolean keepdim) {
    Tensor values = pick(x, dim, at);
    return keepdim || x.shape.length == 0
        ? new ValuesIndices(values, at)
        : new ValuesIndices(values.squeeze(dim), at.squeeze(dim));
  }

  private static Tensor pick(Tensor x, int dim, Tensor at) {
    if (x.shape.length > 0) {
      return x.gather(dim, at);
    }
    return at.shape.length == 0 ? x.copy() : x.view(1).gather(0, at);
  }

  /// `count` positions along `dim` for each line along it.
  private static Tensor find(String op, Tensor x, int dim, long count, Kernel kernel) {
    switch (x.dtype) {
      case F32, F64, I32, I64, U8, BOOL -> {}
      case BF16, F16 -> throw Arithmetic.unsupported(op, x, "F32, F64, integers or BOOL");
    }
    long size = Scans.size(x, dim);
    if (size > Integer.MAX_VALUE - 4096) {
      throw new ShapeException(
          "%s: too many elements along one dimension: %s (dim %d)"
              .formatted(op, Shapes.format(x.shape), dim));
    }
    return Trace.forward(op, () -> positions(op, x, dim, count, kernel), x);
  }

  private static Tensor positions(String op, Tensor x, int dim, long count, Kernel kernel) {
    long size = Scans.size(x, dim);
    int last = Math.max(0, x.shape.length - 1);
    Tensor lines = Raw.contiguous(Movement.swap(x.detach(), dim, last));
    long[] shape =
        x.shape.length == 0
            ? count == 1 ? Shapes.SCALAR : new long[] {count}
            : Shapes.with(lines.shape, last, count);
    Tensor y = Raw.empty(op, DType.I64, shape);
    long rows = size == 0 ? 0 : x.numel / size;
    MemorySegment from = lines.memory();
    kernel.find(rows, (int) size, from, lines.offset, y.writable(), y.offset);
    return Raw.contiguous(Movement.swap(y, dim, last));
  }
}
