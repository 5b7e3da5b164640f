package dev.gatun.tensor;

import dev.gatun.kernel.IndexKernels;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Operations that pick elements by position or condition.
final class Indexing {
  private Indexing() {}

  /// A kernel of [IndexKernels], over shapes seen as `[outer, size, inner]`.
  @FunctionalInterface
  private interface Kernel {
    long apply(
        DType dtype,
        long outer,
        long size,
        long inner,
        long k,
        MemorySegment x,
        long xOffset,
        MemorySegment index,
        long indexOffset,
        MemorySegment y,
        long yOffset);
  }

  /// `y[i][j] = x[index[i][j]][j]` along `dim`; positions get no gradient.
  record Gather(int dim) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      Tensor y = Raw.empty("gather", x.dtype, index.shape);
      // The index may be smaller than x in the other dims: only that part of x takes part.
      Tensor part = x;
      for (int i = 0; i < x.shape.length; i++) {
        if (i != dim && index.shape[i] != x.shape[i]) {
          part = new Movement.Narrow(i, 0, index.shape[i]).forward(part);
        }
      }
      long size = x.shape[dim];
      long bad = run(IndexKernels::gather, part, index, y, dim, size, index.shape[dim]);
      check("gather", bad, index, x, dim);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new Scatter(dim, Size.of(node.shape(0))).apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      throw new IllegalStateException("gather: an index has no gradient");
    }
  }

  /// `y[index[i][j]][j] += x[i][j]` along `dim`, over zeros: undoes [Gather].
  record Scatter(int dim, Size shape) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      Tensor y = Tensor.zeros(x.dtype, shape.values());
      long[] touched = Shapes.with(index.shape, dim, y.shape[dim]);
      boolean whole = java.util.Arrays.equals(touched, y.shape);
      Tensor part = whole ? y : Tensor.zeros(x.dtype, touched);
      long size = y.shape[dim];
      long bad = run(IndexKernels::scatterAdd, x, index, part, dim, size, index.shape[dim]);
      check("gather", bad, index, y, dim);
      if (!whole) {
        Tensor target = y;
        for (int i = 0; i < touched.length; i++) {
          target = new Movement.Narrow(i, 0, touched[i]).forward(target);
        }
        Raw.copy(part, target);
      }
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new Gather(dim).apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      throw new IllegalStateException("gather: an index has no gradient");
    }
  }

  /// `y[i] = x[index[i]]` along `dim`, whole slices at a time.
  record IndexSelect(int dim) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      long k = index.numel;
      Tensor y = Raw.empty("indexSelect", x.dtype, Shapes.with(x.shape, dim, k));
      long bad = run(IndexKernels::indexSelect, x, index, y, dim, x.shape[dim], k);
      check("indexSelect", bad, index, x, dim);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new IndexAdd(dim, node.shape(0)[dim]).apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      throw new IllegalStateException("indexSelect: an index has no gradient");
    }
  }

  /// `y[index[i]] += x[i]` along `dim` of size `size`, over zeros: undoes [IndexSelect].
  record IndexAdd(int dim, long size) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      Tensor y = Tensor.zeros(x.dtype, Shapes.with(x.shape, dim, size));
      long bad = run(IndexKernels::indexAdd, x, index, y, dim, size, index.numel);
      check("indexSelect", bad, index, y, dim);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new IndexSelect(dim).apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      throw new IllegalStateException("indexSelect: an index has no gradient");
    }
  }

  /// Checks what every index must be.
  static Tensor index(String op, Tensor index) {
    return switch (index.dtype) {
      case I64 -> index;
      case I32, U8 -> index.to(DType.I64);
      case F32, F64, BOOL, BF16, F16 -> throw Arithmetic.unsupported(op, index, "an I64 index");
    };
  }

  /// Returns the place of the first index that is out of range, or -1.
  private static long run(
      Kernel kernel, Tensor x, Tensor index, Tensor y, int dim, long size, long k) {
    Tensor from = Raw.contiguous(x);
    Tensor at = Raw.contiguous(index);
    long outer = 1;
    long inner = 1;
    for (int i = 0; i < x.shape.length; i++) {
      outer *= i < dim ? x.shape[i] : 1;
      inner *= i > dim ? x.shape[i] : 1;
    }
    return kernel.apply(
        x.dtype,
        outer,
        size,
        inner,
        k,
        from.memory(),
        from.offset,
        at.memory(),
        at.offset,
        y.writable(),
        y.offset);
  }

  /// Complains of the index at place `bad`, if there is one, as a position in `dim` of `x`.
  private static void check(String op, long bad, Tensor index, Tensor x, int dim) {
    if (bad >= 0) {
      MemorySegment at = Raw.contiguous(index).segment();
      throw new IndexOutOfBoundsException(
          "%s: index %d out of range for shape %s (dim %d: %d)"
              .formatted(
                  op,
                  at.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, bad),
                  Shapes.format(x.shape),
                  dim,
                  x.shape[dim]));
    }
  }
}
