package dev.gatun.tensor;

import java.util.Arrays;

/// Views: the same memory under another shape. They share storage with their source, cost no copy
/// and live as long as it does; each says where it must copy.
public sealed interface MovementOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The same elements under another shape, never a copy.
  ///
  /// @param shape sizes; one may be -1 and is inferred
  /// @return a view
  /// @throws ShapeException if the element counts differ, or the strides do not allow a view; use
  ///   [#reshape(long...)]
  default Tensor view(long... shape) {
    Tensor x = self();
    long[] to = Shapes.infer("view", x.shape, x.numel, shape);
    if (Movement.viewStrides(x, to) == null) {
      throw new ShapeException(
          "view: cannot view %s with strides %s as %s; call reshape() or contiguous() first"
              .formatted(Shapes.format(x.shape), Shapes.format(x.strides), Shapes.format(to)));
    }
    return new Movement.Reshape(Size.of(to)).apply(x);
  }

  /// The same elements in row-major order under another shape: a view where the strides allow it,
  /// else a copy.
  ///
  /// @param shape sizes; one may be -1 and is inferred
  /// @return a view or a new tensor
  /// @throws ShapeException if the element counts differ
  default Tensor reshape(long... shape) {
    Tensor x = self();
    return new Movement.Reshape(Size.of(Shapes.infer("reshape", x.shape, x.numel, shape))).apply(x);
  }

  /// All dimensions in one.
  ///
  /// @return shape `[numel]`, a view where the strides allow it
  default Tensor flatten() {
    return reshape(self().numel);
  }

  /// The dimensions `startDim` to `endDim`, both included, in one.
  ///
  /// @param startDim first, may be negative
  /// @param endDim last, may be negative
  /// @return a view where the strides allow it, else a copy
  default Tensor flatten(int startDim, int endDim) {
    long[] shape = self().shape;
    int start = Shapes.dim("flatten", startDim, shape);
    int end = Shapes.dim("flatten", endDim, shape);
    if (shape.length == 0) {
      return reshape(1);
    }
    if (start > end) {
      throw new ShapeException(
          "flatten: startDim %d comes after endDim %d in shape %s"
              .formatted(startDim, endDim, Shapes.format(shape)));
    }
    long[] to = new long[shape.length - (end - start)];
    System.arraycopy(shape, 0, to, 0, start);
    to[start] = 1;
    for (int i = start; i <= end; i++) {
      to[start] *= shape[i];
    }
    System.arraycopy(shape, end + 1, to, start + 1, shape.length - end - 1);
    return reshape(to);
  }

  /// Two dimensions in each other's place.
  ///
  /// @param dim0 one, may be negative
  /// @param dim1 the other
  /// @return a view
  default Tensor transpose(int dim0, int dim1) {
    Tensor x = self();
    int a = Shapes.dim("transpose", dim0, x.shape);
    int b = Shapes.dim("transpose", dim1, x.shape);
    return Movement.swapped(x.shape.length, a, b).apply(x);
  }

  /// The transpose of a matrix; a vector or scalar is itself.
  ///
  /// @return a view of shape `[n,m]`
  /// @throws ShapeException for more than two dimensions
  default Tensor t() {
    Tensor x = self();
    if (x.shape.length > 2) {
      throw new ShapeException(
          "t: expects at most 2 dimensions, got %s; use transpose(dim0, dim1)"
              .formatted(Shapes.format(x.shape)));
    }
    return x.shape.length < 2 ? x : transpose(0, 1);
  }

  /// The dimensions in another order.
  ///
  /// @param dims every dimension once; `dims[i]` becomes dimension `i`
  /// @return a view
  default Tensor permute(int... dims) {
    Tensor x = self();
    if (dims.length != x.shape.length) {
      throw new ShapeException(
          "permute: %d dims given for shape %s".formatted(dims.length, Shapes.format(x.shape)));
    }
    Shapes.dims("permute", dims, x.shape);
    long[] order = Arrays.stream(dims).mapToLong(d -> Shapes.dim("permute", d, x.shape)).toArray();
    return new Movement.Permute(Size.of(order)).apply(x);
  }

  /// Without the dimensions of size 1.
  ///
  /// @return a view
  default Tensor squeeze() {
    return view(Arrays.stream(self().shape).filter(size -> size != 1).toArray());
  }

  /// Without dimension `dim` if its size is 1.
  ///
  /// @param dim may be negative
  /// @return a view
  default Tensor squeeze(int dim) {
    Tensor x = self();
    int at = Shapes.dim("squeeze", dim, x.shape);
    return x.shape.length == 0 || x.shape[at] != 1 ? x : view(Shapes.remove(x.shape, at));
  }

  /// With a new dimension of size 1.
  ///
  /// @param dim where it stands in the result, may be negative
  /// @return a view
  default Tensor unsqueeze(int dim) {
    Tensor x = self();
    int at = Shapes.dim("unsqueeze", dim, x.shape.length + 1, x.shape);
    return view(Shapes.insert(x.shape, at, 1));
  }

  /// A range of positions along one dimension.
  ///
  /// @param dim may be negative
  /// @param start first position, counted from the back when negative
  /// @param length how many
  /// @return a view
  default Tensor narrow(int dim, long start, long length) {
    Tensor x = self();
    int at = Shapes.axis("narrow", dim, x.shape);
    long first = start < 0 ? start + x.shape[at] : start;
    if (first < 0 || length < 0 || first > x.shape[at] - length) {
      throw new ShapeException(
          "narrow: start %d and length %d out of range for shape %s (dim %d: %d)"
              .formatted(start, length, Shapes.format(x.shape), at, x.shape[at]));
    }
    return new Movement.Narrow(at, first, length).apply(x);
  }

  /// The positions `start` to `end` along one dimension, as in Python's `x[start:end]`.
  ///
  /// @param dim may be negative
  /// @param start first position, counted from the back when negative
  /// @param end excluded, counted from the back when negative; both are cut to what there is
  /// @return a view
  default Tensor slice(int dim, long start, long end) {
    return slice(dim, start, end, 1);
  }

  /// Every `step`-th of the positions `start` to `end` along one dimension, as in Python's
  /// `x[start:end:step]`.
  ///
  /// @param dim may be negative
  /// @param start first position, counted from the back when negative
  /// @param end excluded, counted from the back when negative; both are cut to what there is
  /// @param step at least 1
  /// @return a view
  /// @throws IllegalArgumentException if `step` is below 1; use [RearrangeOps#flip]
  default Tensor slice(int dim, long start, long end, long step) {
    Tensor x = self();
    int at = Shapes.axis("slice", dim, x.shape);
    return Shapes.slice("slice", x.shape[at], start, end, step, at).apply(x);
  }

  /// One position along one dimension, which disappears.
  ///
  /// @param dim may be negative
  /// @param index position, counted from the back when negative
  /// @return a view
  default Tensor select(int dim, long index) {
    Tensor x = self();
    int at = Shapes.axis("select", dim, x.shape);
    long size = x.shape[at];
    if (index < -size || index >= size) {
      throw new ShapeException(
          "select: index %d out of range for shape %s (dim %d: expected %d..%d)"
              .formatted(index, Shapes.format(x.shape), at, -size, size - 1));
    }
    Tensor row = new Movement.Narrow(at, index < 0 ? index + size : index, 1).apply(x);
    return row.view(Shapes.remove(row.shape, at));
  }

  /// Dimensions of size 1 repeated, and leading ones added, without a copy.
  ///
  /// @param shape sizes; -1 keeps the size of a dimension
  /// @return a view with stride 0 along what is repeated
  default Tensor expand(long... shape) {
    Tensor x = self();
    long[] to = shape.clone();
    int shift = to.length - x.shape.length;
    for (int i = 0; i < to.length; i++) {
      boolean keeps = i >= shift && shift >= 0;
      long own = keeps ? x.shape[i - shift] : 1;
      if (to[i] == -1 && keeps) {
        to[i] = own;
      }
      if (shift < 0 || to[i] < 0 || (own != 1 && own != to[i])) {
        throw new ShapeException(
            "expand: cannot expand %s to %s"
                .formatted(Shapes.format(x.shape), Shapes.format(shape)));
      }
    }
    if (shift < 0) {
      throw new ShapeException(
          "expand: cannot expand %s to %s".formatted(Shapes.format(x.shape), Shapes.format(shape)));
    }
    return Arrays.equals(to, x.shape) ? x : new Movement.Expand(Size.of(to)).apply(x);
  }

  /// As [#expand(long...)] to the shape of `other`.
  ///
  /// @param other gives the shape
  /// @return a view
  default Tensor expandAs(Tensor other) {
    return expand(other.shape);
  }

  /// The main diagonal of the first two dimensions.
  ///
  /// @return a view, the diagonal as its last dimension
  default Tensor diagonal() {
    return diagonal(0, 0, 1);
  }

  /// A diagonal of two dimensions.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @param dim0 rows
  /// @param dim1 columns
  /// @return a view, the diagonal as its last dimension
  default Tensor diagonal(long shift, int dim0, int dim1) {
    Tensor x = self();
    int a = Shapes.dim("diagonal", dim0, x.shape);
    int b = Shapes.dim("diagonal", dim1, x.shape);
    if (a == b || x.shape.length < 2) {
      throw new ShapeException(
          "diagonal: needs two different dims, got %d and %d of shape %s"
              .formatted(dim0, dim1, Shapes.format(x.shape)));
    }
    return new Movement.Diagonal(shift, a, b).apply(x);
  }

  /// This tensor in row-major order.
  ///
  /// @return this when it is contiguous, else a copy
  default Tensor contiguous() {
    return self().contiguous ? self() : copy();
  }

  /// The same values in memory of their own: PyTorch's `clone`.
  ///
  /// @return a new contiguous tensor that passes its gradient on
  default Tensor copy() {
    return new Pointwise.Copy().apply(self());
  }
}
