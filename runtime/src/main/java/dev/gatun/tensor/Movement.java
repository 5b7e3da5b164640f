package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// Operations that look at the same memory in another way. Only what cannot be viewed is copied.
final class Movement {
  private Movement() {}

  /// The same elements in row-major order under another shape.
  record Reshape(Size shape) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      long[] to = shape.values();
      long @Nullable [] strides = viewStrides(x, to);
      if (strides == null) {
        Tensor rows = Raw.copy(x);
        return Raw.view(rows, to, Shapes.contiguousStrides(to), 0);
      }
      return Raw.view(x, to, strides, x.offset);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.reshape(node.shape(0));
    }
  }

  /// Dimensions in another order: `dims[i]` becomes dimension `i`.
  record Permute(Size dims) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      int rank = x.shape.length;
      long[] shape = new long[rank];
      long[] strides = new long[rank];
      for (int i = 0; i < rank; i++) {
        int from = (int) dims.values()[i];
        shape[i] = x.shape[from];
        strides[i] = x.strides[from];
      }
      return Raw.view(x, shape, strides, x.offset);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      long[] inverse = new long[dims.values().length];
      for (int i = 0; i < inverse.length; i++) {
        inverse[(int) dims.values()[i]] = i;
      }
      return new Permute(Size.of(inverse)).apply(g);
    }
  }

  /// Repeats dimensions of size 1, and adds leading ones, without a copy.
  record Expand(Size shape) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return Raw.expand(x, shape.values());
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(0));
    }
  }

  /// `length` positions of `dim` from `start`, `step` apart.
  record Narrow(int dim, long start, long length, long step) implements Op.Unary {
    Narrow(int dim, long start, long length) {
      this(dim, start, length, 1);
    }

    @Override
    public Tensor forward(Tensor x) {
      long[] shape = Shapes.with(x.shape, dim, length);
      long stride = x.strides[dim];
      long[] strides = step == 1 ? x.strides : Shapes.with(x.strides, dim, stride * step);
      return Raw.view(x, shape, strides, x.offset + start * stride);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new Widen(this, node.shape(0)[dim]).apply(g);
    }
  }

  /// `x` where `part` looks, among zeros, in a dimension of size `size`: undoes [Narrow].
  record Widen(Narrow part, long size) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Tensor y = Tensor.zeros(x.dtype, Shapes.with(x.shape, part.dim, size));
      Raw.copy(x, part.forward(y));
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return part.apply(g);
    }
  }

  /// The elements of `dims` in the opposite order.
  record Flip(Size dims) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Tensor y = Raw.emptyLike(x);
      Tensor from = x;
      for (long dim : dims.values()) {
        from = backwards(from, (int) dim);
      }
      Raw.copy(from, y);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return apply(g);
    }
  }

  /// The elements of dimensions `dim1` and `dim2` at `[i, i + shift]`, as the last dimension.
  record Diagonal(long shift, int dim1, int dim2) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      long rows = x.shape[dim1];
      long columns = x.shape[dim2];
      long length =
          Math.max(
              0, shift >= 0 ? Math.min(rows, columns - shift) : Math.min(rows + shift, columns));
      long start = shift >= 0 ? shift * x.strides[dim2] : -shift * x.strides[dim1];
      int high = Math.max(dim1, dim2);
      int low = Math.min(dim1, dim2);
      long[] shape = Shapes.remove(Shapes.remove(x.shape, high), low);
      long[] strides = Shapes.remove(Shapes.remove(x.strides, high), low);
      return Raw.view(
          x,
          Shapes.insert(shape, shape.length, length),
          Shapes.insert(strides, strides.length, x.strides[dim1] + x.strides[dim2]),
          length == 0 ? x.offset : x.offset + start);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new DiagonalScatter(this, Size.of(node.shape(0))).apply(g);
    }
  }

  /// `x` on a diagonal, among zeros: undoes [Diagonal].
  record DiagonalScatter(Diagonal diagonal, Size shape) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Tensor y = Tensor.zeros(x.dtype, shape.values());
      Raw.copy(x, diagonal.forward(y));
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return diagonal.apply(g);
    }
  }

  /// The positions of `dim` in the opposite order, as a view that no operation may return: strides
  /// are not negative elsewhere.
  static Tensor backwards(Tensor x, int dim) {
    long stride = x.strides[dim];
    long last = x.offset + Math.max(0, x.shape[dim] - 1) * stride;
    return Raw.view(x, x.shape, Shapes.with(x.strides, dim, -stride), last);
  }

  static Tensor swap(Tensor x, int a, int b) {
    return a == b ? x : swapped(x.shape.length, a, b).forward(x);
  }

  static Permute swapped(int rank, int a, int b) {
    long[] dims = new long[rank];
    java.util.Arrays.setAll(dims, i -> i == a ? b : i == b ? a : i);
    return new Permute(Size.of(dims));
  }

  /// The strides with which the memory of `x` reads as `shape`, or null when only a copy can.
  ///
  /// Runs of dimensions that are contiguous with each other are cut into the new sizes, from the
  /// back, as PyTorch's `computeStride` does.
  static long @Nullable [] viewStrides(Tensor x, long[] shape) {
    if (x.contiguous || x.numel == 0) {
      return Shapes.contiguousStrides(shape);
    }
    long[] strides = new long[shape.length];
    int to = shape.length - 1;
    long run = 1;
    long filled = 1;
    long step = x.strides[x.strides.length - 1];
    for (int from = x.shape.length - 1; from >= 0; from--) {
      run *= x.shape[from];
      boolean ends = from == 0 || (x.shape[from - 1] != 1 && x.strides[from - 1] != run * step);
      if (ends) {
        while (to >= 0 && (filled < run || shape[to] == 1)) {
          strides[to] = filled * step;
          filled *= shape[to--];
        }
        if (filled != run) {
          return null;
        }
        if (from > 0) {
          step = x.strides[from - 1];
          run = 1;
          filled = 1;
        }
      }
    }
    return to < 0 ? strides : null;
  }
}
