package dev.gatun.tensor;

import java.util.stream.IntStream;

/// Operations made of products: added to something, over chosen dimensions, of vectors. Results
/// belong to the current scope.
///
/// Where nothing else is said, the dtypes are those of [LinearAlgebraOps#matmul], equal ones, and
/// integers are taken without a gradient.
public sealed interface ProductOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this + a b`.
  ///
  /// @param a `[m,k]`
  /// @param b `[k,n]`
  /// @return `[m,n]`
  default Tensor addmm(Tensor a, Tensor b) {
    return addmm(a, b, 1, 1);
  }

  /// `beta this + alpha a b`, as one product; with `beta` 0 this is not read.
  ///
  /// @param a `[m,k]`
  /// @param b `[k,n]`
  /// @param beta factor of this, which expands to `[m,n]`
  /// @param alpha factor of the product
  /// @return `[m,n]`
  /// @throws ShapeException if the sizes do not fit
  default Tensor addmm(Tensor a, Tensor b, double beta, double alpha) {
    ranked("addmm", a, 2, b, 2);
    return Contraction.addProduct("addmm", self(), a, b, beta, alpha);
  }

  /// `this + a x`.
  ///
  /// @param a `[m,k]`
  /// @param x `[k]`
  /// @return `[m]`
  default Tensor addmv(Tensor a, Tensor x) {
    return addmv(a, x, 1, 1);
  }

  /// `beta this + alpha a x`; with `beta` 0 this is not read.
  ///
  /// @param a `[m,k]`
  /// @param x `[k]`
  /// @param beta factor of this, which expands to `[m]`
  /// @param alpha factor of the product
  /// @return `[m]`
  /// @throws ShapeException if the sizes do not fit
  default Tensor addmv(Tensor a, Tensor x, double beta, double alpha) {
    ranked("addmv", a, 2, x, 1);
    Tensor self = self();
    boolean fits = a.shape[1] == x.shape[0];
    if (!fits || !Contraction.expands(self.shape, new long[] {a.shape[0]})) {
      throw new ShapeException(
          "addmv: sizes do not fit: %s + %s x %s"
              .formatted(
                  Shapes.format(self.shape), Shapes.format(a.shape), Shapes.format(x.shape)));
    }
    Tensor column = self.shape.length == 0 ? self : self.unsqueeze(1);
    return Contraction.addProduct("addmv", column, a, x.unsqueeze(1), beta, alpha).squeeze(1);
  }

  /// `this + a[i] b[i]` for every `i`.
  ///
  /// @param a `[b,m,k]`
  /// @param b `[b,k,n]`
  /// @return `[b,m,n]`
  default Tensor baddbmm(Tensor a, Tensor b) {
    return baddbmm(a, b, 1, 1);
  }

  /// `beta this + alpha a[i] b[i]` for every `i`, as one batch of products; with `beta` 0 this is
  /// not read.
  ///
  /// @param a `[b,m,k]`
  /// @param b `[b,k,n]`
  /// @param beta factor of this, which expands to `[b,m,n]`
  /// @param alpha factor of the products
  /// @return `[b,m,n]`
  /// @throws ShapeException if the sizes do not fit
  default Tensor baddbmm(Tensor a, Tensor b, double beta, double alpha) {
    ranked("baddbmm", a, 3, b, 3);
    return Contraction.addProduct("baddbmm", self(), a, b, beta, alpha);
  }

  /// `this + Σ a[i] b[i]`.
  ///
  /// @param a `[b,m,k]`
  /// @param b `[b,k,n]`
  /// @return `[m,n]`
  default Tensor addbmm(Tensor a, Tensor b) {
    return addbmm(a, b, 1, 1);
  }

  /// `beta this + alpha Σ a[i] b[i]`, as one product; with `beta` 0 this is not read.
  ///
  /// @param a `[b,m,k]`
  /// @param b `[b,k,n]`
  /// @param beta factor of this, which expands to `[m,n]`
  /// @param alpha factor of the products
  /// @return `[m,n]`
  /// @throws ShapeException if the sizes do not fit
  default Tensor addbmm(Tensor a, Tensor b, double beta, double alpha) {
    ranked("addbmm", a, 3, b, 3);
    if (a.shape[0] != b.shape[0] || a.shape[2] != b.shape[1]) {
      throw new ShapeException(
          "addbmm: sizes do not fit: %s + %s x %s"
              .formatted(
                  Shapes.format(self().shape), Shapes.format(a.shape), Shapes.format(b.shape)));
    }
    long inner = a.shape[0] * a.shape[2];
    Tensor left = a.permute(1, 0, 2).reshape(a.shape[1], inner);
    Tensor right = b.reshape(inner, b.shape[2]);
    return Contraction.addProduct("addbmm", self(), left, right, beta, alpha);
  }

  /// `this + x yᵀ`.
  ///
  /// @param x `[m]`
  /// @param y `[n]`
  /// @return `[m,n]`
  default Tensor addr(Tensor x, Tensor y) {
    return addr(x, y, 1, 1);
  }

  /// `beta this + alpha x yᵀ`; with `beta` 0 this is not read.
  ///
  /// @param x `[m]`
  /// @param y `[n]`
  /// @param beta factor of this, which expands to `[m,n]`
  /// @param alpha factor of the product
  /// @return `[m,n]`
  /// @throws ShapeException if the sizes do not fit
  default Tensor addr(Tensor x, Tensor y, double beta, double alpha) {
    ranked("addr", x, 1, y, 1);
    Tensor self = self();
    if (!Contraction.expands(self.shape, new long[] {x.shape[0], y.shape[0]})) {
      throw new ShapeException(
          "addr: sizes do not fit: %s + %s x %s"
              .formatted(
                  Shapes.format(self.shape), Shapes.format(x.shape), Shapes.format(y.shape)));
    }
    return Contraction.addScaled(self, x.outer(y), beta, alpha);
  }

  /// All products of an element of this and one of `other`; every dtype that multiplies.
  ///
  /// @param other `[n]`
  /// @return `[m,n]`, for this `[m]`
  /// @throws ShapeException if one is not a vector
  default Tensor outer(Tensor other) {
    ranked("outer", self(), 1, other, 1);
    return self().unsqueeze(1).mul(other.unsqueeze(0));
  }

  /// Same as [#outer(Tensor)].
  ///
  /// @param other `[n]`
  /// @return `[m,n]`, for this `[m]`
  default Tensor ger(Tensor other) {
    ranked("ger", self(), 1, other, 1);
    return outer(other);
  }

  /// Inner product of two vectors; the same as [LinearAlgebraOps#dot], as there are no complex
  /// dtypes.
  ///
  /// @param other `[k]`, as this
  /// @return a scalar
  default Tensor vdot(Tensor other) {
    ranked("vdot", self(), 1, other, 1);
    return self().dot(other);
  }

  /// Sums products over the last `dims` dimensions of this and the first of `other`.
  ///
  /// @param other multiplied with
  /// @param dims how many; 0 gives all products of two elements
  /// @return the dimensions of this that are left, then those of `other`
  /// @throws ShapeException if sizes differ or there are fewer dimensions
  default Tensor tensordot(Tensor other, int dims) {
    int rank = self().shape.length;
    if (dims < 0 || dims > rank || dims > other.shape.length) {
      throw new ShapeException(
          "tensordot: cannot sum over %d dims of %s and %s"
              .formatted(dims, Shapes.format(self().shape), Shapes.format(other.shape)));
    }
    int[] left = IntStream.range(rank - dims, rank).toArray();
    return Contraction.tensordot(self(), other, left, IntStream.range(0, dims).toArray());
  }

  /// Sums products over some dimensions, as one product of matrices.
  ///
  /// @param other multiplied with
  /// @param dims of this
  /// @param otherDims of `other`, one for each of `dims`, of the same size
  /// @return the dimensions of this that are left, then those of `other`
  /// @throws ShapeException if sizes differ
  default Tensor tensordot(Tensor other, int[] dims, int[] otherDims) {
    return Contraction.tensordot(self(), other, dims, otherDims);
  }

  /// Kronecker product: every element of this times `other`. Missing leading dimensions count as 1.
  ///
  /// @param other any rank
  /// @return the sizes of both multiplied
  default Tensor kron(Tensor other) {
    Tensor a = self();
    int rank = Math.max(a.shape.length, other.shape.length);
    long[] wide = new long[2 * rank];
    long[] by = new long[2 * rank];
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      int atA = i - (rank - a.shape.length);
      int atB = i - (rank - other.shape.length);
      wide[2 * i] = atA < 0 ? 1 : a.shape[atA];
      wide[2 * i + 1] = 1;
      by[2 * i] = 1;
      by[2 * i + 1] = atB < 0 ? 1 : other.shape[atB];
      shape[i] = wide[2 * i] * by[2 * i + 1];
    }
    return a.reshape(wide).mul(other.reshape(by)).reshape(shape);
  }

  /// Cross products of vectors of 3 along the last dimension.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor cross(Tensor other) {
    return cross(other, -1);
  }

  /// Cross products of vectors of 3 along a dimension; PyTorch's `linalg.cross`.
  ///
  /// @param other of the same rank, broadcasts with this
  /// @param dim of size 3 in both
  /// @return a new tensor
  /// @throws ShapeException if the ranks differ or the size is not 3
  default Tensor cross(Tensor other, int dim) {
    Tensor a = self();
    boolean fits = a.shape.length == other.shape.length && a.shape.length > 0;
    int at = fits ? Shapes.dim("cross", dim, a.shape) : 0;
    if (!fits || a.shape[at] != 3 || other.shape[at] != 3) {
      throw new ShapeException(
          "cross: needs size 3 in dim %d of both: %s and %s"
              .formatted(dim, Shapes.format(a.shape), Shapes.format(other.shape)));
    }
    Tensor left = a.roll(-1, at).mul(other.roll(-2, at));
    return left.sub(a.roll(-2, at).mul(other.roll(-1, at)));
  }

  /// Euclidean distances of all rows of this to all rows of `other`.
  ///
  /// @param other `[*,n,k]`
  /// @return `[*,m,n]`, for this `[*,m,k]`
  default Tensor cdist(Tensor other) {
    return cdist(other, 2);
  }

  /// Distances, in a `p`-norm, of all rows of this to all rows of `other`. Euclidean ones of more
  /// than 25 rows are computed by a product, which loses digits where rows are close to each other,
  /// as PyTorch does; the gradient of a distance of 0 is 0.
  ///
  /// Dtypes: F32 and F64. Other norms than 2 take memory for `m n k` elements.
  ///
  /// @param other `[*,n,k]`
  /// @param p of the norm, at least 0
  /// @return `[*,m,n]`, for this `[*,m,k]`
  /// @throws ShapeException if the rows differ in length or the batches do not broadcast
  default Tensor cdist(Tensor other, double p) {
    return Distances.cdist(self(), other, p);
  }

  /// Sum of the diagonal of a matrix; integers are summed as I64.
  ///
  /// @return a scalar
  /// @throws ShapeException if this is not a matrix
  default Tensor trace() {
    if (self().shape.length != 2) {
      throw new ShapeException("trace: needs a matrix, got " + Shapes.format(self().shape));
    }
    return self().diagonal().sum();
  }

  private static void ranked(String op, Tensor a, int left, Tensor b, int right) {
    if (a.shape.length != left || b.shape.length != right) {
      throw new ShapeException(
          "%s: expects %d-D x %d-D, got %s x %s"
              .formatted(op, left, right, Shapes.format(a.shape), Shapes.format(b.shape)));
    }
  }
}
