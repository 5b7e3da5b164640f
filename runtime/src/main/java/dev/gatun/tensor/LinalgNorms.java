package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// Norms of vectors and matrices.
final class LinalgNorms {
  private LinalgNorms() {}

  static Tensor vector(String op, Tensor x, double p, int[] dims, boolean keepdim) {
    DType _ = Arithmetic.floating(op, x, x);
    Size over = Size.of(Shapes.dims(op, dims, x.shape));
    if (Double.isNaN(p)) {
      throw new IllegalArgumentException(op + ": order must be a number, got NaN");
    }
    if (p < 0 || p == Double.POSITIVE_INFINITY) {
      for (long dim : over.values()) {
        if (x.shape[(int) dim] == 0) {
          throw new ShapeException(
              "%s: order %s of nothing: %s has size 0 in dim %d"
                  .formatted(op, p, Shapes.format(x.shape), dim));
        }
      }
    }
    return new Folding.Norm(p, over, keepdim).apply(x);
  }

  /// The matrices of `dims` as the last two dimensions.
  private static Tensor last(Tensor x, int dim0, int dim1) {
    int rank = x.shape.length;
    int[] order = new int[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      if (i != dim0 && i != dim1) {
        order[next++] = i;
      }
    }
    order[rank - 2] = dim0;
    order[rank - 1] = dim1;
    return x.permute(order);
  }

  static Tensor matrix(String op, Tensor x, double order, int dim0, int dim1, boolean keepdim) {
    int[] dims = dims(op, x, dim0, dim1);
    Tensor y =
        switch (Double.toString(Math.abs(order))) {
          case "1.0", "Infinity" -> {
            boolean rows = Double.isInfinite(order);
            Tensor sums = x.abs().sum(new int[] {rows ? dims[1] : dims[0]}, true);
            int[] rest = {rows ? dims[0] : dims[1]};
            yield order > 0 ? sums.amax(rest, true) : sums.amin(rest, true);
          }
          case "2.0" -> {
            Tensor s = Linalg.svdvals(last(x, dims[0], dims[1]));
            int[] values = {-1};
            Tensor chosen = order > 0 ? s.amax(values, false) : s.amin(values, false);
            yield chosen.view(kept(x, dims));
          }
          default ->
              throw new IllegalArgumentException(
                  "%s: order %s is not one of matrices: %s (expected fro, nuc, 1, -1, 2, -2, inf or -inf)"
                      .formatted(op, order, Shapes.format(x.shape)));
        };
    return y.view(keepdim ? kept(x, dims) : Shapes.reduce(x.shape, sorted(dims), false));
  }

  static Tensor matrix(String op, Tensor x, String order, int dim0, int dim1, boolean keepdim) {
    int[] dims = dims(op, x, dim0, dim1);
    return switch (order) {
      case "fro" -> vector(op, x, 2, dims, keepdim);
      case "nuc" -> {
        Tensor sum = Linalg.svdvals(last(x, dims[0], dims[1])).sum(-1);
        yield keepdim ? sum.view(kept(x, dims)) : sum;
      }
      default ->
          throw new IllegalArgumentException(
              "%s: order '%s' is not one of matrices: %s (expected fro, nuc, 1, -1, 2, -2, inf or -inf)"
                  .formatted(op, order, Shapes.format(x.shape)));
    };
  }

  private static int[] dims(String op, Tensor x, int dim0, int dim1) {
    DType _ = Arithmetic.floating(op, x, x);
    if (x.shape.length < 2) {
      throw new ShapeException("%s: needs matrices, got %s".formatted(op, Shapes.format(x.shape)));
    }
    int[] dims = {Shapes.dim(op, dim0, x.shape), Shapes.dim(op, dim1, x.shape)};
    if (dims[0] == dims[1]) {
      throw new ShapeException(
          "%s: dim %d given twice for shape %s".formatted(op, dims[0], Shapes.format(x.shape)));
    }
    return dims;
  }

  private static long[] sorted(int[] dims) {
    return new long[] {Math.min(dims[0], dims[1]), Math.max(dims[0], dims[1])};
  }

  private static long[] kept(Tensor x, int[] dims) {
    return Shapes.reduce(x.shape, sorted(dims), true);
  }
}
