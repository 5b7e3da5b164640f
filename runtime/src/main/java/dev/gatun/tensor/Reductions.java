package dev.gatun.tensor;

import dev.gatun.kernel.Reduction;
import dev.gatun.kernel.SoftmaxKernels;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Operations that combine the elements along some dimensions.
final class Reductions {
  private Reductions() {}

  /// A kernel of [Reduction].
  @FunctionalInterface
  private interface Kernel {
    void apply(
        DType dtype,
        long[] shape,
        int reduced,
        MemorySegment x,
        long xOffset,
        long[] xStrides,
        MemorySegment y,
        long yOffset);
  }

  /// `y = Σ x` over `dims` (ascending)
  record Sum(Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return reduce("sum", Reduction::sum, x, x.dtype, dims.values(), keepdim);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return restore(g, node.shape(0), dims.values(), keepdim);
    }
  }

  /// `y = max x` or `y = min x` over `dims`; NaN wins. Elements that tie share the gradient.
  record Extreme(boolean max, Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      requireElements(opName(), x, dims.values());
      Kernel kernel = max ? Reduction::max : Reduction::min;
      return reduce(opName(), kernel, x, x.dtype, dims.values(), keepdim);
    }

    @Override
    public String opName() {
      return max ? "amax" : "amin";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      long[] over = dims.values();
      Tensor y = restore(node.output(), node.shape(0), over, keepdim);
      Tensor mask = node.input(0).eq(y).to(g.dtype).detach();
      Tensor shares = mask.div(new Sum(dims, true).apply(mask));
      return restore(g, node.shape(0), over, keepdim).mul(shares);
    }
  }

  /// `y = eˣ / Σ eˣ` along `dim`
  record Softmax(int dim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return alongRows("softmax", x, dim, false);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    /// `y (g - Σ g y)`
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor y = node.output();
      return y.mul(g.sub(sumAlong(g.mul(y), dim)));
    }
  }

  /// `y = x - ln Σ eˣ` along `dim`
  record LogSoftmax(int dim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return alongRows("logSoftmax", x, dim, true);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    /// `g - eʸ Σ g`
    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.sub(node.output().exp().mul(sumAlong(g, dim)));
    }
  }

  /// The position of the largest or smallest element over `dims`, I64; has no gradient.
  static Tensor position(String op, boolean max, Tensor x, long[] dims, boolean keepdim) {
    requireElements(op, x, dims);
    Kernel kernel = max ? Reduction::argmax : Reduction::argmin;
    return reduce(op, kernel, x, DType.I64, dims, keepdim);
  }

  private static Tensor reduce(
      String op, Kernel kernel, Tensor x, DType result, long[] dims, boolean keepdim) {
    DType dtype = Arithmetic.number(op, x, x);
    int rank = x.shape.length;
    long[] shape = new long[rank];
    long[] strides = new long[rank];
    int kept = 0;
    int reduced = rank - dims.length;
    for (int i = 0, next = 0; i < rank; i++) {
      boolean over = next < dims.length && dims[next] == i;
      next += over ? 1 : 0;
      int at = over ? reduced++ : kept++;
      shape[at] = x.shape[i];
      strides[at] = x.strides[i];
    }
    Tensor y = Raw.empty(op, result, Shapes.reduce(x.shape, dims, keepdim));
    var from = x.memory();
    kernel.apply(dtype, shape, dims.length, from, x.offset, strides, y.writable(), 0);
    return y;
  }

  /// Sums the rows of a matrix into a contiguous vector.
  static void sumRows(Tensor x, Tensor y) {
    long[] shape = {x.shape[1], x.shape[0]};
    long[] strides = {x.strides[1], x.strides[0]};
    Reduction.sum(x.dtype, shape, 1, x.memory(), x.offset, strides, y.writable(), y.offset);
  }

  private static void requireElements(String op, Tensor x, long[] dims) {
    for (long dim : dims) {
      if (x.shape[(int) dim] == 0) {
        throw new ShapeException(
            "%s: nothing to choose from: %s has size 0 in dim %d"
                .formatted(op, Shapes.format(x.shape), dim));
      }
    }
  }

  /// Repeats a reduced tensor along the dimensions that were reduced.
  private static Tensor restore(Tensor y, long[] shape, long[] dims, boolean keepdim) {
    return (keepdim ? y : y.view(Shapes.reduce(shape, dims, true))).expand(shape);
  }

  private static Tensor alongRows(String op, Tensor x, int dim, boolean log) {
    DType dtype = Arithmetic.floating(op, x, x);
    int last = Math.max(x.shape.length - 1, 0);
    Tensor rows = Raw.contiguous(Movement.swap(x, dim, last));
    Tensor y = Raw.emptyLike(rows);
    long columns = x.shape.length == 0 ? 1 : x.shape[dim];
    long count = columns == 0 ? 0 : x.numel / columns;
    var from = rows.memory();
    var to = y.writable();
    if (log) {
      SoftmaxKernels.logSoftmax(dtype, from, rows.offset, to, y.offset, count, columns);
    } else {
      SoftmaxKernels.softmax(dtype, from, rows.offset, to, y.offset, count, columns);
    }
    return Raw.contiguous(Movement.swap(y, dim, last));
  }

  private static Tensor sumAlong(Tensor x, int dim) {
    return x.shape.length == 0 ? x : new Sum(Size.of(dim), true).apply(x);
  }

  /// Sums a gradient over the dimensions that its operand, of shape `shape`, was broadcast along.
  static Tensor sumTo(Tensor g, long[] shape) {
    if (Arrays.equals(g.shape, shape)) {
      return g;
    }
    if (g.dtype == DType.BF16 || g.dtype == DType.F16) {
      return sumTo(g.to(DType.F32), shape).to(g.dtype);
    }
    int shift = g.shape.length - shape.length;
    long[] dims = new long[g.shape.length];
    int count = 0;
    for (int i = 0; i < g.shape.length; i++) {
      if (i < shift || shape[i - shift] != g.shape[i]) {
        dims[count++] = i;
      }
    }
    return new Sum(Size.of(Arrays.copyOf(dims, count)), true).apply(g).view(shape);
  }
}
