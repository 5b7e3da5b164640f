package dev.gatun.tensor;

import dev.gatun.kernel.ElementRun;
import dev.gatun.kernel.IndexKernels;
import dev.gatun.kernel.IndexedDim;
import dev.gatun.kernel.Scattering;
import dev.gatun.memory.DType;
import java.lang.foreign.ValueLayout;

/// Operations that pick elements by position or condition.
final class Indexing {
  /// Slices of at least this size are worth a loop of their own.
  private static final long SLICE = 256;

  private Indexing() {}

  /// `y[i][j] = x[index[i][j]][j]` along `dim`; positions get no gradient.
  record Gather(int dim) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      Tensor y = Raw.empty("gather", x.dtype, index.shape);
      // The index may be smaller than x in the other dims: only that part of x takes part.
      Tensor part = Scatters.part(x, dim, index.shape);
      IndexedDim around = around(y.shape, dim, x.shape[dim], index.shape[dim]);
      long bad = IndexKernels.gather(x.dtype, around, read(part), read(index), write(y));
      check("gather", bad, index, x.shape, dim);
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
      throw noGradient("gather");
    }
  }

  /// `y[index[i][j]][j] += x[i][j]` along `dim`, over zeros: undoes [Gather].
  record Scatter(int dim, Size shape) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      Tensor y = Tensor.zeros(x.dtype, shape.values());
      return Scatters.into("gather", Scattering.ADD, y, dim, index, x);
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
      throw noGradient("gather");
    }
  }

  /// `y[i] = x[index[i]]` along `dim`, whole slices at a time.
  record IndexSelect(int dim) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      long k = index.numel;
      Tensor y = Raw.empty("indexSelect", x.dtype, Shapes.with(x.shape, dim, k));
      if (!x.contiguous && k <= x.shape[dim] && x.numel >= SLICE * x.shape[dim]) {
        slices(x, index, y);
        return y;
      }
      IndexedDim around = around(x.shape, dim, x.shape[dim], k);
      long bad = IndexKernels.indexSelect(x.dtype, around, read(x), read(index), write(y));
      check("indexSelect", bad, index, x.shape, dim);
      return y;
    }

    /// Slice by slice, so that of a tensor with other strides only what is asked for is copied.
    private void slices(Tensor x, Tensor index, Tensor y) {
      long bad = IndexKernels.check(read(index), index.numel, x.shape[dim]);
      check("indexSelect", bad, index, x.shape, dim);
      long[] places = index.toLongArray();
      for (int i = 0; i < places.length; i++) {
        Tensor slice = new Movement.Narrow(dim, places[i], 1).forward(x);
        Raw.copy(slice, new Movement.Narrow(dim, i, 1).forward(y));
      }
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
      throw noGradient("indexSelect");
    }
  }

  /// `y[index[i]] += x[i]` along `dim` of size `size`, over zeros: undoes [IndexSelect].
  record IndexAdd(int dim, long size) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor index) {
      Tensor y = Tensor.zeros(x.dtype, Shapes.with(x.shape, dim, size));
      return Scatters.slicesInto("indexSelect", true, y, dim, index, x);
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
      throw noGradient("indexSelect");
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

  static IllegalStateException noGradient(String op) {
    return new IllegalStateException(op + ": an index has no gradient");
  }

  /// `shape` seen around `dim`, of which `size` positions are indexed `k` times.
  static IndexedDim around(long[] shape, int dim, long size, long k) {
    long outer = 1;
    long inner = 1;
    for (int i = 0; i < shape.length; i++) {
      outer *= i < dim ? shape[i] : 1;
      inner *= i > dim ? shape[i] : 1;
    }
    return new IndexedDim(outer, size, inner, k);
  }

  static ElementRun read(Tensor x) {
    Tensor run = Raw.contiguous(x);
    return new ElementRun(run.memory(), run.offset);
  }

  static ElementRun write(Tensor y) {
    return new ElementRun(y.writable(), y.offset);
  }

  /// Complains of the index at place `bad`, if there is one, as a position in `dim` of `shape`.
  static void check(String op, long bad, Tensor index, long[] shape, int dim) {
    if (bad >= 0) {
      ElementRun at = read(index);
      throw new IndexOutOfBoundsException(
          "%s: index %d out of range for shape %s (dim %d: %d)"
              .formatted(
                  op,
                  at.memory().getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, at.offset() + bad),
                  Shapes.format(shape),
                  dim,
                  shape[dim]));
    }
  }
}
