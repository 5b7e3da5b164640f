package dev.gatun.tensor;

import dev.gatun.kernel.Factorizations;
import dev.gatun.memory.DType;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// What the operations of [Linalg] share: checks of their operands, errors of the kernels, parts of
/// matrices.
final class LinalgRaw {
  private LinalgRaw() {}

  static Tensor mT(Tensor x) {
    return x.transpose(-2, -1);
  }

  static long[] batch(Tensor x) {
    return Arrays.copyOf(x.shape, x.shape.length - 2);
  }

  static long count(Tensor x) {
    return Shapes.numel("linalg", batch(x));
  }

  static long rows(Tensor x) {
    return x.shape[x.shape.length - 2];
  }

  static long columns(Tensor x) {
    return x.shape[x.shape.length - 1];
  }

  static Tensor matrices(String op, Tensor x) {
    if (x.shape.length < 2) {
      throw new ShapeException("%s: needs matrices, got %s".formatted(op, Shapes.format(x.shape)));
    }
    DType _ = Arithmetic.floating(op, x, x);
    return x;
  }

  static Tensor square(String op, Tensor x) {
    matrices(op, x);
    if (rows(x) != columns(x)) {
      throw new ShapeException(
          "%s: needs square matrices, got %s (%d != %d)"
              .formatted(op, Shapes.format(x.shape), rows(x), columns(x)));
    }
    return x;
  }

  /// A copy whose matrices are stored row after row, to be factored in place.
  static Tensor rowMajor(Tensor x) {
    return Raw.copy(x);
  }

  /// A copy whose matrices are stored column after column: the transposed ones.
  static Tensor columnMajor(Tensor x) {
    return Raw.copy(swapped(x));
  }

  static Tensor swapped(Tensor x) {
    int rank = x.shape.length;
    return Movement.swap(x, rank - 2, rank - 1);
  }

  /// Throws for the first matrix of a batch that failed, and says which.
  static void check(String op, Tensor x, int[] infos, String problem, String remedy) {
    for (int i = 0; i < infos.length; i++) {
      if (infos[i] != 0) {
        String which = infos.length == 1 ? "matrix" : "matrix " + i;
        String what =
            infos[i] == Factorizations.NOT_FINITE
                ? "has infinite or NaN elements: %s".formatted(Shapes.format(x.shape))
                : problem.formatted(Shapes.format(x.shape), infos[i]) + remedy;
        throw new ArithmeticException("%s: %s %s".formatted(op, which, what));
      }
    }
  }

  /// What LU leaves of square matrices, column-major, and the rows that were exchanged.
  record Factors(Tensor factors, Tensor pivots) {}

  /// LU of matrices that must not be singular.
  static Factors regular(String op, Tensor x) {
    return lu(op, x, true);
  }

  static Factors lu(String op, Tensor x) {
    return lu(op, x, false);
  }

  private static Factors lu(String op, Tensor x, boolean regular) {
    Tensor a = columnMajor(x);
    long n = rows(x);
    Tensor pivots = Raw.empty(op, DType.I32, Contraction.join(batch(x), n));
    int[] infos =
        Factorizations.lu(x.dtype, count(x), n, a.writable(), a.offset, pivots.writable(), 0);
    if (regular) {
      check(op, x, infos, "is singular: %s (pivot %d is 0)", "; use pinv()");
    }
    return new Factors(a, pivots);
  }

  /// What `function` makes of square matrices, and ∞ for those that are singular.
  static Tensor unlessSingular(String op, Tensor x, UnaryOperator<Tensor> function) {
    Tensor pivots = lu(op, x.detach()).factors().diagonal(0, -2, -1);
    Tensor singular = pivots.eq(0).to(DType.I64).sum(-1).gt(Tensor.scalar(DType.I64, 0));
    Tensor wide = singular.unsqueeze(-1).unsqueeze(-1);
    Tensor y = function.apply(Tensor.where(wide, eyeLike(x), x));
    return Tensor.where(singular, Tensor.scalar(x.dtype, Double.POSITIVE_INFINITY), y);
  }

  /// `x` where it is on or above a diagonal (`upper`), or on or below it, else 0.
  static Tensor triangle(Tensor x, boolean upper, long shift) {
    return new Rearranging.Triangle(upper, shift).apply(x);
  }

  /// `[n,n]`
  static Tensor eyeLike(Tensor x) {
    return Tensor.eye(x.dtype, rows(x));
  }

  /// With one number on the diagonal.
  static Tensor withDiagonal(Tensor x, double value) {
    Tensor on = Tensor.eye(DType.BOOL, rows(x));
    return Tensor.where(on, Tensor.scalar(x.dtype, value), x);
  }
}
