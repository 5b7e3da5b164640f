package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// Quantiles: places in the order along a dimension, between which is interpolated. Made of
/// differentiable operations.
final class Quantiles {
  private Quantiles() {}

  static Tensor all(String op, Tensor x, double q, Interpolation how) {
    return one(op, x.reshape(x.numel), q, 0, false, how);
  }

  static Tensor one(String op, Tensor x, double q, int dim, boolean keepdim, Interpolation how) {
    Tensor y = of(op, x, Tensor.of(new double[] {q}, 1), dim, how);
    return finish(y, x, dim, keepdim).select(0, 0);
  }

  static Tensor several(
      String op, Tensor x, Tensor q, int dim, boolean keepdim, Interpolation how) {
    if (q.shape.length > 1) {
      throw new ShapeException(
          op + ": q must be a scalar or a vector, got " + Shapes.format(q.shape));
    }
    Arithmetic.floating(op, x, q);
    Tensor y = of(op, x, q.detach().to(DType.F64).reshape(q.numel), dim, how);
    Tensor result = finish(y, x, dim, keepdim);
    return q.shape.length == 0 ? result.select(0, 0) : result;
  }

  /// `y` has the quantiles in its last dimension, in place of `dim`.
  private static Tensor finish(Tensor y, Tensor x, int dim, boolean keepdim) {
    int rank = y.dim();
    int[] order = new int[rank];
    order[0] = rank - 1;
    for (int i = 1; i < rank; i++) {
      order[i] = i - 1;
    }
    Tensor first = y.permute(order);
    return keepdim && x.dim() > 0
        ? first.unsqueeze(Shapes.dim("quantile", dim, x.shape) + 1)
        : first;
  }

  /// The dimensions but `dim`, then one of the quantiles.
  private static Tensor of(String op, Tensor x, Tensor q, int dim, Interpolation how) {
    Arithmetic.floating(op, x, x);
    int along = Shapes.dim(op, dim, x.shape);
    for (double value : q.toDoubleArray()) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "%s: q must be from 0 to 1, got %s".formatted(op, value));
      }
    }
    if (x.dim() > 0) {
      Reductions.requireElements(op, x, new long[] {along});
    }
    Tensor lines = x.dim() == 0 ? x.view(1) : last(x, along);
    Tensor sorted = lines.sort(-1, false).values();
    Tensor place = places(op, sorted.detach(), q);
    if (how == Interpolation.NEAREST) {
      return sorted.gather(-1, round(place));
    }
    // Places are not negative, so that conversion rounds down.
    Tensor low = place.to(DType.I64);
    Tensor lower = sorted.gather(-1, low);
    if (how == Interpolation.LOWER) {
      return lower;
    }
    Tensor rest = place.sub(low.to(DType.F64));
    Tensor higher = sorted.gather(-1, low.add(rest.gt(0).to(DType.I64)));
    Tensor part =
        how == Interpolation.MIDPOINT ? Tensor.full(x.dtype, 0.5, lower.shape()) : rest.to(x.dtype);
    if (how == Interpolation.HIGHER) {
      return higher;
    }
    return lerp(lower, higher, part);
  }

  /// As PyTorch does it, from the nearer end.
  private static Tensor lerp(Tensor lower, Tensor higher, Tensor part) {
    Tensor gap = higher.sub(lower);
    Tensor up = lower.add(gap.mul(part));
    Tensor down = higher.sub(gap.mul(part.neg().add(1)));
    return Tensor.where(part.lt(0.5), up, down);
  }

  private static Tensor last(Tensor x, int dim) {
    int rank = x.dim();
    int[] order = new int[rank];
    for (int i = 0; i < rank - 1; i++) {
      order[i] = i < dim ? i : i + 1;
    }
    order[rank - 1] = dim;
    return x.permute(order);
  }

  /// Where the quantiles are in each sorted line, F64; at the end, a NaN, where there is one that
  /// counts.
  private static Tensor places(String op, Tensor sorted, Tensor q) {
    long n = sorted.size(-1);
    long[] shape = sorted.shape();
    shape[shape.length - 1] = q.numel();
    Tensor known = sorted.eq(sorted).sum(new int[] {-1}, true).to(DType.F64);
    if (op.equals("nanquantile")) {
      Tensor end = known.sub(1);
      Tensor some = Tensor.where(end.lt(0), Tensor.zeros(DType.F64), end);
      return q.mul(some).expand(shape);
    }
    Tensor whole = known.eq((double) n);
    Tensor end = Tensor.full(DType.F64, (double) (n - 1), 1);
    return Tensor.where(whole, q.mul((double) (n - 1)), end).expand(shape);
  }

  /// To the nearest, ties to even.
  private static Tensor round(Tensor place) {
    Tensor low = place.to(DType.I64);
    Tensor floor = low.to(DType.F64);
    Tensor rest = place.sub(floor);
    Tensor half = floor.mul(0.5);
    Tensor odd = half.ne(half.to(DType.I64).to(DType.F64));
    Tensor up = rest.gt(0.5).logicalOr(rest.eq(0.5).logicalAnd(odd));
    return low.add(up.to(DType.I64));
  }
}
