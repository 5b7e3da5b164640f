package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.CopyKernels;
import dev.gatun.kernel.StridedLoop;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;
import dev.gatun.memory.Storage;
import java.util.Arrays;

/// Tensors without a graph: allocation, and row kernels applied to whole tensors. What operations
/// are made of.
final class Raw {
  /// Below this many contiguous elements the row kernel is called directly; above, the loop over
  /// shapes decides whether to split the work.
  private static final long DIRECT = 1 << 14;

  private Raw() {}

  /// A new contiguous tensor whose elements are whatever the memory holds; `shape` is not copied.
  static Tensor empty(String op, DType dtype, long... shape) {
    long numel = Shapes.numel(op, shape);
    Storage storage = Storage.allocate(bytes(op, dtype, numel, shape));
    Value planned = Value.of(storage);
    return planned == null
        ? over(storage, dtype, shape, numel)
        : planned.tensor(op, dtype, shape, numel);
  }

  static long bytes(String op, DType dtype, long numel, long[] shape) {
    if (numel > Long.MAX_VALUE / 8) {
      throw new ShapeException(op + ": more than 2^63 bytes for shape " + Shapes.format(shape));
    }
    return numel * dtype.byteSize();
  }

  static Tensor emptyLike(Tensor x) {
    return empty("empty", x.dtype, x);
  }

  /// A new contiguous tensor of the shape of `x`, which shares its arrays where they fit.
  private static Tensor empty(String op, DType dtype, Tensor x) {
    Storage storage = Storage.allocate(bytes(op, dtype, x.numel, x.shape));
    Value planned = Value.of(storage);
    if (planned != null) {
      return planned.tensor(op, dtype, x.shape, x.numel);
    }
    return new Tensor(storage, dtype, x.shape, Shapes.contiguousStrides(x), 0, x.numel);
  }

  static Tensor over(Storage storage, DType dtype, long[] shape) {
    return over(storage, dtype, shape, Shapes.numel("empty", shape));
  }

  private static Tensor over(Storage storage, DType dtype, long[] shape, long numel) {
    return new Tensor(storage, dtype, shape, Shapes.contiguousStrides(shape), 0, numel);
  }

  static Tensor view(Tensor x, long[] shape, long[] strides, long offset) {
    long numel = Shapes.numel("view", shape);
    // A view of nothing may start anywhere; where the strides lead can be beyond the memory.
    return new View(x, shape, strides, numel == 0 ? 0 : offset, numel);
  }

  static Tensor unary(UnaryRow row, DType dtype, Tensor x) {
    return Trace.isOn()
        ? Trace.forward("elementwise", () -> traced(row, apply(row, dtype, x), x), x)
        : apply(row, dtype, x);
  }

  private static Tensor traced(UnaryRow row, Tensor y, Tensor x) {
    return Trace.applied(new RowCall(row, null, y, x, x));
  }

  private static Tensor apply(UnaryRow row, DType dtype, Tensor x) {
    Tensor y = empty("empty", dtype, x);
    unary(row, x, y);
    return y;
  }

  /// `y = row(x)`, both of one shape; `y` is written through.
  static void unary(UnaryRow row, Tensor x, Tensor y) {
    var from = x.memory();
    var to = y.writable();
    int xb = x.dtype.byteSize();
    int yb = y.dtype.byteSize();
    if (x.contiguous && y.contiguous && x.numel <= DIRECT) {
      row.apply(from, x.offset * xb, xb, to, y.offset * yb, yb, x.numel);
    } else {
      StridedLoop.unary(row, y.shape, from, x.offset, x.strides, xb, to, y.offset, y.strides, yb);
    }
  }

  /// `row(a, b)` broadcast, as a new tensor.
  static Tensor binary(String op, BinaryRow row, DType dtype, Tensor a, Tensor b) {
    return Trace.isOn()
        ? Trace.forward(op, () -> traced(row, apply(op, row, dtype, a, b), a, b), a, b)
        : apply(op, row, dtype, a, b);
  }

  private static Tensor traced(BinaryRow row, Tensor y, Tensor a, Tensor b) {
    return Trace.applied(new RowCall(null, row, y, a, b));
  }

  private static Tensor apply(String op, BinaryRow row, DType dtype, Tensor a, Tensor b) {
    Tensor y =
        Arrays.equals(a.shape, b.shape)
            ? empty(op, dtype, a)
            : empty(op, dtype, Shapes.broadcast(op, a.shape, b.shape));
    binary(row, a, b, y);
    return y;
  }

  /// `y = row(a, b)`, where `a` and `b` broadcast to the shape of `y`.
  static void binary(BinaryRow row, Tensor a, Tensor b, Tensor y) {
    var left = a.memory();
    var right = b.memory();
    var to = y.writable();
    int ab = a.dtype.byteSize();
    int bb = b.dtype.byteSize();
    int yb = y.dtype.byteSize();
    if (isDirect(a, y) && isDirect(b, y) && y.contiguous && y.numel <= DIRECT) {
      long as = a.numel == y.numel ? ab : 0;
      long bs = b.numel == y.numel ? bb : 0;
      row.apply(left, a.offset * ab, as, right, b.offset * bb, bs, to, y.offset * yb, yb, y.numel);
      return;
    }
    long[] sa = Shapes.broadcastStrides(a, y.shape);
    long[] sb = Shapes.broadcastStrides(b, y.shape);
    StridedLoop.binary(
        row, y.shape, left, a.offset, sa, ab, right, b.offset, sb, bb, to, y.offset, y.strides, yb);
  }

  /// Whether the elements of `x` are those of one contiguous row, or one element repeated.
  private static boolean isDirect(Tensor x, Tensor y) {
    return x.contiguous && (x.numel == y.numel || x.numel == 1);
  }

  /// `y = row(a, b, c)`, where the operands broadcast to the shape of `y`.
  static void ternary(TernaryRow row, Tensor a, Tensor b, Tensor c, Tensor y) {
    StridedLoop.ternary(
        row,
        y.shape,
        a.memory(),
        a.offset,
        Shapes.broadcastStrides(a, y.shape),
        a.dtype.byteSize(),
        b.memory(),
        b.offset,
        Shapes.broadcastStrides(b, y.shape),
        b.dtype.byteSize(),
        c.memory(),
        c.offset,
        Shapes.broadcastStrides(c, y.shape),
        c.dtype.byteSize(),
        y.writable(),
        y.offset,
        y.strides,
        y.dtype.byteSize());
  }

  /// Copies, converting the dtype, `x` broadcast over `y`.
  static void copy(Tensor x, Tensor y) {
    UnaryRow row = conversion(x.dtype, y.dtype);
    unary(row, Arrays.equals(x.shape, y.shape) ? x : expand(x, y.shape), y);
  }

  private static UnaryRow conversion(DType from, DType to) {
    return from == to ? CopyKernels.copy(from) : CopyKernels.convert(from, to);
  }

  static Tensor contiguous(Tensor x) {
    return x.contiguous ? x : copy(x);
  }

  static Tensor copy(Tensor x) {
    return copyAs(x, x.dtype);
  }

  /// `x` itself where it has the dtype, else a copy.
  static Tensor as(Tensor x, DType dtype) {
    return x.dtype == dtype ? x : copyAs(x, dtype);
  }

  /// The same values as another dtype, in memory of their own.
  static Tensor copyAs(Tensor x, DType dtype) {
    return Trace.isOn()
        ? Trace.forward("copy", () -> traced(conversion(x.dtype, dtype), converted(x, dtype), x), x)
        : converted(x, dtype);
  }

  private static Tensor converted(Tensor x, DType dtype) {
    Tensor y = empty("copy", dtype, x);
    copy(x, y);
    return y;
  }

  static Tensor expand(Tensor x, long[] shape) {
    return view(x, shape, Shapes.broadcastStrides(x, shape), x.offset);
  }
}
