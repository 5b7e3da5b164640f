package dev.gatun.tensor;

/// Operations that make one tensor of several.
final class Joining {
  private Joining() {}

  /// The inputs one after the other along `dim`.
  record Cat(int dim) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      long size = 0;
      for (Tensor x : inputs) {
        Arithmetic.same("cat", inputs[0], x);
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

  static Tensor stack(int dim, Tensor[] tensors) {
    Tensor[] rows = new Tensor[tensors.length];
    for (int i = 0; i < rows.length; i++) {
      if (!java.util.Arrays.equals(tensors[i].shape, tensors[0].shape)) {
        throw new ShapeException(
            "stack: shapes differ: %s and %s (input %d)"
                .formatted(Shapes.format(tensors[0].shape), Shapes.format(tensors[i].shape), i));
      }
      rows[i] = tensors[i].unsqueeze(dim);
    }
    return new Cat(dim).apply(rows);
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
