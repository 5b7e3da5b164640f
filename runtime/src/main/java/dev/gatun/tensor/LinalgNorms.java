package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.util.Arrays;

/// Norms of vectors and matrices.
final class LinalgNorms {
  private LinalgNorms() {}

  /// `(Σ |x|ᵖ)^(1/p)` over `dims` (ascending); the count of what is not 0 for `p` 0, and the
  /// largest or smallest `|x|` for an infinite `p`.
  record VectorNorm(double p, Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor input) {
      Tensor x = input.detach();
      int[] over = ints(dims);
      if (p == 2) {
        return sum(x.mul(x)).sqrt();
      }
      if (p == 0) {
        return sum(x.ne(0).to(x.dtype));
      }
      Tensor size = x.abs();
      if (p == Double.POSITIVE_INFINITY) {
        return over.length == 0 && x.dim() > 0 ? size : size.amax(over, keepdim);
      }
      if (p == Double.NEGATIVE_INFINITY) {
        return over.length == 0 && x.dim() > 0 ? size : size.amin(over, keepdim);
      }
      return p == 1 ? sum(size) : sum(size.pow(p)).pow(1 / p);
    }

    private Tensor sum(Tensor x) {
      return new Reductions.Sum(dims, keepdim).apply(x);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `g x |x|ᵖ⁻² y¹⁻ᵖ`, and 0 where `y` is 0.
    @Override
    public Tensor backward(Node node, Tensor gradient) {
      Tensor x = node.input(0);
      long[] kept = Shapes.reduce(x.shape, dims.values(), true);
      Tensor g = gradient.view(kept);
      Tensor y = node.output().view(kept);
      if (p == 0) {
        return x.mul(0).detach();
      }
      if (p == 1) {
        return g.mul(x.sign());
      }
      if (Double.isInfinite(p)) {
        Tensor mask = x.abs().eq(y).to(x.dtype);
        Tensor count = new Reductions.Sum(dims, true).apply(mask);
        return g.mul(x.sign()).mul(mask.div(count));
      }
      if (p == 2) {
        return g.mul(masked(y, x.div(y)));
      }
      Tensor slope = masked(x, x.sign().mul(x.abs().pow(p - 1)));
      return g.mul(slope).mul(masked(y, y.pow(1 - p)));
    }

    private static Tensor masked(Tensor by, Tensor x) {
      return Tensor.where(by.eq(0), Arithmetic.zeroLike(x), x);
    }
  }

  private static int[] ints(Size dims) {
    return Arrays.stream(dims.values()).mapToInt(dim -> (int) dim).toArray();
  }

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
    return new VectorNorm(p, over, keepdim).apply(x);
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
