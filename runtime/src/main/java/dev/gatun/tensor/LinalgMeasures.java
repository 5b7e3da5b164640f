package dev.gatun.tensor;

import static dev.gatun.tensor.LinalgRaw.batch;

import dev.gatun.memory.DType;

/// Norms, ranks, condition numbers, pseudoinverses and powers: static methods of [Linalg].
abstract sealed class LinalgMeasures permits Linalg {
  LinalgMeasures() {}

  /// The pseudoinverse, without the singular values that are rounding errors.
  ///
  /// @param a `[*,m,n]`
  /// @return `[*,n,m]`
  public static Tensor pinv(Tensor a) {
    return pinv(a, 0, LinalgSpectral.rounding(LinalgRaw.matrices("pinv", a)));
  }

  /// The pseudoinverse, of the singular values above `max(atol, rtol · largest)`.
  ///
  /// @param a `[*,m,n]`
  /// @param atol absolute
  /// @param rtol relative to the largest singular value
  /// @return `[*,n,m]`
  public static Tensor pinv(Tensor a, double atol, double rtol) {
    return new LinalgSpectral.Pinv(atol, rtol).apply(LinalgRaw.matrices("pinv", a));
  }

  /// The number of singular values that are not rounding errors.
  ///
  /// @param a `[*,m,n]`
  /// @return `[*]`, I64
  public static Tensor matrixRank(Tensor a) {
    return matrixRank(a, 0, LinalgSpectral.rounding(LinalgRaw.matrices("matrixRank", a)));
  }

  /// The number of singular values above `max(atol, rtol · largest)`.
  ///
  /// @param a `[*,m,n]`
  /// @param atol absolute
  /// @param rtol relative to the largest singular value
  /// @return `[*]`, I64
  public static Tensor matrixRank(Tensor a, double atol, double rtol) {
    LinalgRaw.matrices("matrixRank", a);
    Tensor s = Linalg.svdvals(a.detach());
    if (LinalgRaw.columns(s.unsqueeze(0)) == 0) {
      return Tensor.zeros(DType.I64, batch(a));
    }
    return s.gt(LinalgSpectral.tolerance(s, atol, rtol)).to(DType.I64).sum(-1);
  }

  /// Inner products of vectors along the last dimension.
  ///
  /// @param x any shape
  /// @param y broadcasts with `x`
  /// @return without the dimension
  public static Tensor vecdot(Tensor x, Tensor y) {
    return vecdot(x, y, -1);
  }

  /// Inner products of vectors along a dimension.
  ///
  /// @param x any shape
  /// @param y broadcasts with `x`
  /// @param dim which holds the vectors
  /// @return without the dimension
  public static Tensor vecdot(Tensor x, Tensor y, int dim) {
    return x.mul(y).sum(dim);
  }

  /// The norm of all elements as one vector: the square root of the sum of squares.
  ///
  /// @param x any shape
  /// @return a scalar
  public static Tensor norm(Tensor x) {
    return LinalgNorms.vector("norm", x, 2, new int[0], false);
  }

  /// A norm of vectors, for one dimension, or of matrices, for two; without dimensions that of a
  /// vector or matrix.
  ///
  /// @param x any shape
  /// @param order as in [#vectorNorm] or [#matrixNorm]
  /// @param dims one or two, or none
  /// @return without `dims`
  public static Tensor norm(Tensor x, double order, int... dims) {
    return norm(x, order, dims, false);
  }

  /// As [#norm(Tensor, double, int...)].
  ///
  /// @param x any shape
  /// @param order as in [#vectorNorm] or [#matrixNorm]
  /// @param dims one or two, or none
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  public static Tensor norm(Tensor x, double order, int[] dims, boolean keepdim) {
    int count = dims.length == 0 ? x.shape.length : dims.length;
    if (count < 1 || count > 2) {
      throw new ShapeException(
          "norm: needs one or two dims, got %d of shape %s"
              .formatted(count, Shapes.format(x.shape)));
    }
    if (count == 1) {
      return LinalgNorms.vector("norm", x, order, dims, keepdim);
    }
    boolean all = dims.length == 0;
    return LinalgNorms.matrix("norm", x, order, all ? 0 : dims[0], all ? 1 : dims[1], keepdim);
  }

  /// A norm of matrices, `fro` or `nuc`.
  ///
  /// @param x `[m,n]`, or any shape with two `dims`
  /// @param order the name
  /// @param dims two, or none
  /// @return without `dims`
  public static Tensor norm(Tensor x, String order, int... dims) {
    if (dims.length == 0 ? x.shape.length != 2 : dims.length != 2) {
      throw new ShapeException(
          "norm: order '%s' needs two dims, got %d of shape %s"
              .formatted(
                  order, dims.length == 0 ? x.shape.length : dims.length, Shapes.format(x.shape)));
    }
    boolean all = dims.length == 0;
    return LinalgNorms.matrix("norm", x, order, all ? 0 : dims[0], all ? 1 : dims[1], false);
  }

  /// `(Σ |x|ᵖ)^(1/p)` of all elements.
  ///
  /// @param x any shape
  /// @param p any number: 0 counts what is not 0, an infinite one takes the largest or smallest
  /// @return a scalar
  public static Tensor vectorNorm(Tensor x, double p) {
    return vectorNorm(x, p, new int[0], false);
  }

  /// `(Σ |x|ᵖ)^(1/p)` over some dimensions. Its gradient is 0 where the norm is 0; elements that
  /// tie share that of an infinite order.
  ///
  /// @param x any shape
  /// @param p any number: 0 counts what is not 0, an infinite one takes the largest or smallest
  /// @param dims none means all
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  public static Tensor vectorNorm(Tensor x, double p, int[] dims, boolean keepdim) {
    return LinalgNorms.vector("vectorNorm", x, p, dims, keepdim);
  }

  /// The Frobenius norm.
  ///
  /// @param x `[*,m,n]`
  /// @return `[*]`
  public static Tensor matrixNorm(Tensor x) {
    return matrixNorm(x, "fro");
  }

  /// A norm of matrices by name.
  ///
  /// @param x `[*,m,n]`
  /// @param order `fro`, the square root of the sum of squares, or `nuc`, the sum of the singular
  ///   values
  /// @return `[*]`
  public static Tensor matrixNorm(Tensor x, String order) {
    return matrixNorm(x, order, -2, -1, false);
  }

  /// A norm of matrices by name.
  ///
  /// @param x any shape
  /// @param order `fro` or `nuc`
  /// @param dim0 rows
  /// @param dim1 columns
  /// @param keepdim keeps both with size 1
  /// @return a new tensor
  public static Tensor matrixNorm(Tensor x, String order, int dim0, int dim1, boolean keepdim) {
    return LinalgNorms.matrix("matrixNorm", x, order, dim0, dim1, keepdim);
  }

  /// A norm of matrices.
  ///
  /// @param x `[*,m,n]`
  /// @param order 1 or -1, the largest or smallest sum of a column's absolute values; an infinite
  ///   one, that of a row; 2 or -2, the largest or smallest singular value
  /// @return `[*]`
  public static Tensor matrixNorm(Tensor x, double order) {
    return matrixNorm(x, order, -2, -1, false);
  }

  /// A norm of matrices.
  ///
  /// @param x any shape
  /// @param order 1, -1, 2, -2, or an infinite one
  /// @param dim0 rows
  /// @param dim1 columns
  /// @param keepdim keeps both with size 1
  /// @return a new tensor
  public static Tensor matrixNorm(Tensor x, double order, int dim0, int dim1, boolean keepdim) {
    return LinalgNorms.matrix("matrixNorm", x, order, dim0, dim1, keepdim);
  }

  /// The condition number: the largest singular value divided by the smallest.
  ///
  /// @param a `[*,m,n]`
  /// @return `[*]`
  public static Tensor cond(Tensor a) {
    return cond(a, 2);
  }

  /// The condition number in a norm: `‖A‖ ‖A⁻¹‖`, ∞ for a singular matrix; for 2 and -2 by singular
  /// values, of matrices that need not be square.
  ///
  /// @param a `[*,n,n]`
  /// @param order 1, -1, 2, -2, or an infinite one
  /// @return `[*]`
  public static Tensor cond(Tensor a, double order) {
    if (Math.abs(order) == 2) {
      Tensor s = Linalg.svdvals(LinalgRaw.matrices("cond", a));
      Tensor first = s.select(-1, 0);
      Tensor last = s.select(-1, -1);
      return order > 0 ? first.div(last) : last.div(first);
    }
    LinalgRaw.square("cond", a);
    return LinalgRaw.unlessSingular(
        "cond", a, x -> matrixNorm(x, order).mul(matrixNorm(Linalg.inv(x), order)));
  }

  /// The condition number in a norm by name, ∞ for a singular matrix.
  ///
  /// @param a `[*,n,n]`
  /// @param order `fro` or `nuc`
  /// @return `[*]`
  public static Tensor cond(Tensor a, String order) {
    LinalgRaw.square("cond", a);
    return LinalgRaw.unlessSingular(
        "cond", a, x -> matrixNorm(x, order).mul(matrixNorm(Linalg.inv(x), order)));
  }

  /// A power of square matrices, by squaring; a negative one of the inverse.
  ///
  /// @param a `[*,n,n]`
  /// @param exponent any
  /// @return `[*,n,n]`
  /// @throws ArithmeticException if the exponent is negative and a matrix is singular
  public static Tensor matrixPower(Tensor a, int exponent) {
    LinalgRaw.square("matrixPower", a);
    Tensor base = exponent < 0 ? Linalg.inv(a) : a;
    long left = Math.abs((long) exponent);
    if (left == 0) {
      return LinalgRaw.eyeLike(a).expand(a.shape).copy();
    }
    for (; (left & 1) == 0; left >>= 1) {
      base = base.matmul(base);
    }
    Tensor power = base;
    for (left >>= 1; left > 0; left >>= 1) {
      base = base.matmul(base);
      power = (left & 1) == 1 ? power.matmul(base) : power;
    }
    return exponent == 1 ? a.copy() : power;
  }
}
