package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.util.Arrays;

/// Operations that make one tensor of several.
final class Joining {
  private Joining() {}

  /// The inputs one after the other along `dim`.
  record Cat(int dim) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      long size = 0;
      for (Tensor x : inputs) {
        for (int i = 0; i < x.shape.length; i++) {
          if (i != dim && x.shape[i] != inputs[0].shape[i]) {
            throw mismatch("cat", inputs[0], x, i);
          }
        }
        size += x.shape[dim];
      }
      Tensor y = Raw.empty("cat", inputs[0].dtype, Shapes.with(inputs[0].shape, dim, size));
      long start = 0;
      for (Tensor x : inputs) {
        Raw.copy(x, new Movement.Narrow(dim, start, x.shape[dim]).forward(y));
        start += x.shape[dim];
      }
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      long start = 0;
      for (int before = 0; before < i; before++) {
        start += node.shape(before)[dim];
      }
      return g.narrow(dim, start, node.shape(i)[dim]);
    }
  }

  /// Seen with at least `rank` dims, as NumPy's `atleast_1d` and its like do.
  static Tensor[] atLeast(String op, int rank, Tensor[] tensors) {
    Tensor[] all = some(op, tensors);
    for (int i = 0; i < all.length; i++) {
      Tensor x = all[i];
      x = x.shape.length == 0 ? x.view(1) : x;
      x = rank > 1 && x.shape.length == 1 ? x.unsqueeze(0) : x;
      all[i] = rank > 2 && x.shape.length == 2 ? x.unsqueeze(2) : x;
    }
    return all;
  }

  static Tensor[] columns(Tensor[] tensors) {
    Tensor[] all = some("columnStack", tensors);
    for (int i = 0; i < all.length; i++) {
      all[i] = all[i].shape.length < 2 ? all[i].reshape(all[i].numel, 1) : all[i];
    }
    return all;
  }

  private static Tensor[] some(String op, Tensor[] tensors) {
    if (tensors.length == 0) {
      throw new IllegalArgumentException(op + ": needs at least one tensor");
    }
    return tensors.clone();
  }

  static Tensor[] broadcast(String op, Tensor[] tensors) {
    long[] shape = Shapes.SCALAR;
    for (Tensor x : tensors) {
      shape = Shapes.broadcast(op, shape, x.shape);
    }
    Tensor[] all = new Tensor[tensors.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = tensors[i].expand(shape);
    }
    return all;
  }

  static Tensor[] meshgrid(boolean xy, Tensor[] vectors) {
    Tensor[] all = some("meshgrid", vectors);
    int rank = all.length;
    for (int i = 0; i < rank; i++) {
      Arithmetic.same("meshgrid", all[0], all[i]);
      requireVector("meshgrid", all[i], true);
      long[] shape = new long[rank];
      Arrays.fill(shape, 1);
      shape[xy && rank > 1 && i < 2 ? 1 - i : i] = all[i].numel;
      all[i] = all[i].view(shape);
    }
    return broadcast("meshgrid", all);
  }

  static Tensor cartesianProd(Tensor[] vectors) {
    for (Tensor vector : some("cartesianProd", vectors)) {
      requireVector("cartesianProd", vector, false);
    }
    if (vectors.length == 1) {
      return vectors[0];
    }
    return Tensor.stack(-1, meshgrid(false, vectors)).view(-1, vectors.length);
  }

  static Tensor combinations(Tensor vector, int r) {
    requireVector("combinations", vector, false);
    if (r < 0) {
      throw new IllegalArgumentException("combinations: negative number of elements: " + r);
    }
    if (r == 0) {
      return Tensor.empty(vector.dtype, 0);
    }
    long n = vector.numel;
    Tensor places = Tensor.arange(n);
    Tensor[] grid = new Tensor[r];
    Arrays.fill(grid, places);
    grid = meshgrid(false, grid);
    Tensor chosen = Tensor.ones(DType.BOOL, grid[0].shape);
    for (int i = 1; i < r; i++) {
      chosen = chosen.logicalAnd(grid[i - 1].lt(grid[i]));
    }
    return vector.indexSelect(0, chosen.nonzero().flatten()).view(-1, r);
  }

  private static void requireVector(String op, Tensor x, boolean orScalar) {
    if (x.shape.length != 1 && !(orScalar && x.shape.length == 0)) {
      throw new ShapeException(op + ": needs vectors, got " + Shapes.format(x.shape));
    }
  }

  /// Without those of shape `[0]`, which PyTorch joins to tensors of any rank, unless all are so.
  static Tensor[] withoutNothing(Tensor[] tensors) {
    Tensor[] some =
        Arrays.stream(tensors)
            .filter(x -> x.shape.length != 1 || x.numel > 0)
            .toArray(Tensor[]::new);
    return some.length == 0 || some.length == tensors.length ? tensors : some;
  }

  /// All of the dtype that holds the values of each, as arithmetic promotes them.
  static Tensor[] alike(Tensor[] tensors) {
    DType dtype = tensors[0].dtype;
    boolean same = true;
    for (Tensor x : tensors) {
      same &= x.dtype == dtype;
      dtype = Promotion.join(dtype, x.dtype);
    }
    if (same) {
      return tensors;
    }
    Tensor[] all = new Tensor[tensors.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = tensors[i].to(dtype);
    }
    return all;
  }

  static Tensor stack(int dim, Tensor[] tensors) {
    Tensor[] rows = new Tensor[tensors.length];
    for (int i = 0; i < rows.length; i++) {
      if (!Arrays.equals(tensors[i].shape, tensors[0].shape)) {
        throw new ShapeException(
            "stack: shapes differ: %s and %s (input %d)"
                .formatted(Shapes.format(tensors[0].shape), Shapes.format(tensors[i].shape), i));
      }
      rows[i] = tensors[i].unsqueeze(dim);
    }
    return new Cat(dim).apply(alike(rows));
  }

  /// Checks that there are tensors of one rank, and counts `dim` from the front of a result with
  /// `more` dimensions than they have.
  static int dim(String op, int dim, int more, Tensor[] tensors) {
    if (tensors.length == 0) {
      throw new IllegalArgumentException(op + ": needs at least one tensor");
    }
    int rank = tensors[0].shape.length + more;
    if (rank == 0) {
      throw new ShapeException(op + ": scalars have no dimension to join along; use stack()");
    }
    for (Tensor x : tensors) {
      if (x.shape.length != tensors[0].shape.length) {
        throw new ShapeException(
            "%s: ranks differ: %s and %s"
                .formatted(op, Shapes.format(tensors[0].shape), Shapes.format(x.shape)));
      }
    }
    return Shapes.dim(op, dim, rank, tensors[0].shape);
  }

  private static ShapeException mismatch(String op, Tensor a, Tensor b, int dim) {
    return new ShapeException(
        "%s: sizes differ: %s and %s (dim %d: %d vs %d)"
            .formatted(
                op,
                Shapes.format(a.shape),
                Shapes.format(b.shape),
                dim,
                a.shape[dim],
                b.shape[dim]));
  }
}
