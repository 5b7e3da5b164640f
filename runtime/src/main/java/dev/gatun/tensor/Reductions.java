package dev.gatun.tensor;

import dev.gatun.kernel.CopyKernels;
import dev.gatun.kernel.FoldMaps;
import dev.gatun.kernel.Reduction;
import dev.gatun.kernel.SoftmaxKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Operations that combine the elements along some dimensions.
final class Reductions {
  private Reductions() {}

  /// A shape with the dimensions that are reduced moved behind the others, as kernels expect it.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Arranged(long[] shape, long[] strides, int reduced) {
    static Arranged of(Tensor x, long[] dims) {
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
      return new Arranged(shape, strides, dims.length);
    }
  }

  /// `y = Σ x` over `dims` (ascending)
  record Sum(Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.number("sum", x, x);
      return fold(Reduction.Kind.SUM, null, dtype, dtype, x, dims.values(), keepdim);
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

  /// `y = Σ x` over `dims`, where every element is converted from `from` to `to` first
  record SumAs(Size dims, boolean keepdim, DType from, DType to) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      long[] over = dims.values();
      return switch (to) {
        case F32, F64, I32 -> {
          UnaryRow map = from == to ? null : CopyKernels.convert(from, to);
          yield fold(Reduction.Kind.SUM, map, to, to, x, over, keepdim);
        }
        case I64, U8 -> fold(Reduction.Kind.SUM, wide(from), DType.I64, to, x, over, keepdim);
        case BOOL -> Folding.any(x, over, keepdim);
        case BF16, F16 -> new SumAs(dims, keepdim, from, DType.F32).forward(x).to(to);
      };
    }

    @Override
    public String opName() {
      return "sum";
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return restore(g.to(from), node.shape(0), dims.values(), keepdim);
    }

    private static @Nullable UnaryRow wide(DType from) {
      return switch (from) {
        case I64 -> null;
        case I32, U8, BOOL -> FoldMaps.wide(from);
        case F32, F64, BF16, F16 -> CopyKernels.convert(from, DType.I64);
      };
    }
  }

  /// `y = max x` or `y = min x` over `dims`; NaN wins. Elements that tie share the gradient.
  record Extreme(boolean max, Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      requireElements(opName(), x, dims.values());
      Reduction.Kind kind = max ? Reduction.Kind.MAX : Reduction.Kind.MIN;
      return switch (x.dtype) {
        case F32, F64, I32, I64 -> fold(kind, null, x.dtype, x.dtype, x, dims.values(), keepdim);
        case U8, BOOL -> {
          UnaryRow wide = FoldMaps.wide(x.dtype);
          yield fold(kind, wide, DType.I64, x.dtype, x, dims.values(), keepdim);
        }
        case BF16, F16 -> throw Arithmetic.unsupported(opName(), x, "F32, F64 or integers");
      };
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
    if (x.dtype == DType.U8 || x.dtype == DType.BOOL) {
      return position(op, max, x.to(DType.I32), dims, keepdim);
    }
    return Trace.forward(op, () -> positions(op, max, x, dims, keepdim), x);
  }

  private static Tensor positions(String op, boolean max, Tensor x, long[] dims, boolean keepdim) {
    DType dtype = Arithmetic.number(op, x, x);
    // Positions in several dimensions count in row-major order, which is slow to walk elsewhere.
    Tensor from = dims.length > 1 ? Raw.contiguous(x) : x;
    Arranged view = Arranged.of(from, dims);
    Tensor y = Raw.empty(op, DType.I64, Shapes.reduce(x.shape, dims, keepdim));
    MemorySegment memory = from.memory();
    MemorySegment to = y.writable();
    if (max) {
      Reduction.argmax(dtype, view.shape, view.reduced, memory, from.offset, view.strides, to, 0);
    } else {
      Reduction.argmin(dtype, view.shape, view.reduced, memory, from.offset, view.strides, to, 0);
    }
    return y;
  }

  /// Reduces what `map` makes of the elements, in `dtype`, to a result of dtype `to`.
  static Tensor fold(
      Reduction.Kind kind,
      @Nullable UnaryRow map,
      DType dtype,
      DType to,
      Tensor x,
      long[] dims,
      boolean keepdim) {
    return Trace.isOn()
        ? Trace.forward("reduction", () -> reduced(kind, map, dtype, to, x, dims, keepdim), x)
        : reduced(kind, map, dtype, to, x, dims, keepdim);
  }

  private static Tensor reduced(
      Reduction.Kind kind,
      @Nullable UnaryRow map,
      DType dtype,
      DType to,
      Tensor x,
      long[] dims,
      boolean keepdim) {
    Arranged view = Arranged.of(x, dims);
    Tensor y = Raw.empty("reduction", to, Shapes.reduce(x.shape, dims, keepdim));
    MemorySegment memory = x.memory();
    Reduction.reduce(
        kind,
        x.dtype,
        map,
        dtype,
        to,
        view.shape,
        view.reduced,
        memory,
        x.offset,
        view.strides,
        y.writable(),
        0);
    return y;
  }

  /// Sums the rows of a matrix into a contiguous vector.
  static void sumRows(Tensor x, Tensor y) {
    long[] shape = {x.shape[1], x.shape[0]};
    long[] strides = {x.strides[1], x.strides[0]};
    Reduction.sum(x.dtype, shape, 1, x.memory(), x.offset, strides, y.writable(), y.offset);
  }

  static void requireElements(String op, Tensor x, long[] dims) {
    for (long dim : dims) {
      if (x.shape[(int) dim] == 0) {
        throw new ShapeException(
            "%s: nothing to choose from: %s has size 0 in dim %d"
                .formatted(op, Shapes.format(x.shape), dim));
      }
    }
  }

  /// Repeats a reduced tensor along the dimensions that were reduced.
  static Tensor restore(Tensor y, long[] shape, long[] dims, boolean keepdim) {
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
