package dev.gatun.tensor;

import static dev.gatun.tensor.LinalgRaw.batch;
import static dev.gatun.tensor.LinalgRaw.mT;
import static dev.gatun.tensor.LinalgRaw.rows;

import dev.gatun.memory.DType;
import java.util.Arrays;
import java.util.List;

/// Decompositions and systems of equations: PyTorch's `torch.linalg`.
///
/// Matrices are the last two dimensions, leading ones are a batch. Dtypes are F32 and F64, others a
/// [DTypeException]; ranks and sizes that do not fit are a [ShapeException]. Results belong to the
/// current scope and are differentiable to any order. A matrix that cannot be decomposed is an
/// [ArithmeticException], which names the first of its batch.
///
/// With the OpenBLAS backend the work is done by the LAPACK inside of it; small matrices, and all
/// of them on the other backends, by Java code: products for LU, Cholesky and QR, rotations, which
/// are slower, for eigenvalues and singular values.
public final class Linalg extends LinalgMeasures {
  private Linalg() {}

  /// The sign of a determinant and the logarithm of its absolute value.
  ///
  /// @param sign -1, 0 or 1; has no gradient
  /// @param logAbsDet -∞ for a singular matrix
  public record SlogDet(Tensor sign, Tensor logAbsDet) {}

  /// Eigenvalues and eigenvectors.
  ///
  /// @param eigenvalues `[*,n]`, ascending
  /// @param eigenvectors `[*,n,n]`, as columns
  public record Eigh(Tensor eigenvalues, Tensor eigenvectors) {}

  /// A singular value decomposition, `A = U diag(S) Vᵀ`.
  ///
  /// @param u columns are orthonormal
  /// @param s singular values, descending
  /// @param vh Vᵀ, whose rows are orthonormal
  public record Svd(Tensor u, Tensor s, Tensor vh) {}

  /// A decomposition `A = Q R`.
  ///
  /// @param q columns are orthonormal
  /// @param r upper triangular
  public record Qr(Tensor q, Tensor r) {}

  /// The solution of a least squares problem.
  ///
  /// @param solution `[*,n,k]`
  /// @param residuals `[*,k]`, squared; empty where A has fewer rows than columns plus one, or not
  ///   full rank
  /// @param rank `[*]`, I64
  /// @param singularValues `[*,min(m,n)]` of A
  public record Lstsq(Tensor solution, Tensor residuals, Tensor rank, Tensor singularValues) {}

  /// The inverse.
  ///
  /// @param a `[*,n,n]`
  /// @return `[*,n,n]`
  /// @throws ArithmeticException if a matrix is singular
  public static Tensor inv(Tensor a) {
    return new LinalgSystems.Inv().apply(LinalgRaw.square("inv", a));
  }

  /// The solution of `A X = B`; the batches broadcast.
  ///
  /// @param a `[*,n,n]`
  /// @param b `[*,n,k]`, or vectors: `[n]`, or the shape of `a` without its last dimension
  /// @return of the shape of `b`
  /// @throws ArithmeticException if a matrix is singular
  public static Tensor solve(Tensor a, Tensor b) {
    LinalgRaw.square("solve", a);
    DType _ = Arithmetic.same("solve", a, b);
    boolean vector =
        b.shape.length == 1 || Arrays.equals(b.shape, Arrays.copyOf(a.shape, a.shape.length - 1));
    Tensor right = vector ? b.unsqueeze(-1) : b;
    requireRows("solve", a, b, right);
    Tensor x = LinalgSystems.solve("solve", a, right);
    return vector ? x.squeeze(-1) : x;
  }

  private static void requireRows(String op, Tensor a, Tensor b, Tensor right) {
    if (right.shape.length < 2 || rows(right) != rows(a)) {
      throw new ShapeException(
          "%s: sizes do not fit: %s and %s (expected %d rows)"
              .formatted(op, Shapes.format(a.shape), Shapes.format(b.shape), rows(a)));
    }
  }

  /// The determinant.
  ///
  /// @param a `[*,n,n]`
  /// @return `[*]`
  public static Tensor det(Tensor a) {
    LinalgRaw.Factors lu = LinalgRaw.lu("det", LinalgRaw.square("det", a));
    return new LinalgSystems.Det(false).apply(a, lu.factors(), lu.pivots());
  }

  /// Sign and logarithm of the determinant, which neither overflow nor vanish.
  ///
  /// @param a `[*,n,n]`
  /// @return `[*]` each
  public static SlogDet slogdet(Tensor a) {
    LinalgRaw.Factors lu = LinalgRaw.lu("slogdet", LinalgRaw.square("slogdet", a));
    Tensor sign = Raw.empty("slogdet", a.dtype, batch(a));
    Tensor _ = LinalgSystems.products(lu.factors(), lu.pivots(), sign, LinalgSystems.Part.SIGN);
    Tensor log = new LinalgSystems.Det(true).apply(a, lu.factors(), lu.pivots());
    return new SlogDet(sign, log);
  }

  /// The logarithm of the determinant, NaN where that is negative; PyTorch's `logdet`.
  ///
  /// @param a `[*,n,n]`
  /// @return `[*]`
  public static Tensor logdet(Tensor a) {
    SlogDet both = slogdet(LinalgRaw.square("logdet", a));
    Tensor negative = both.sign().lt(Arithmetic.zeroLike(both.sign()));
    return Tensor.where(negative, Tensor.scalar(a.dtype, Double.NaN), both.logAbsDet());
  }

  /// The lower triangular L with `L Lᵀ = A`.
  ///
  /// @param a `[*,n,n]`, symmetric and positive definite; its lower triangle is read
  /// @return `[*,n,n]`
  /// @throws ArithmeticException if a matrix is not positive definite
  public static Tensor cholesky(Tensor a) {
    return cholesky(a, false);
  }

  /// The lower triangular L with `L Lᵀ = A`, or the upper triangular U with `Uᵀ U = A`.
  ///
  /// @param a `[*,n,n]`, symmetric and positive definite; the result's triangle is read
  /// @param upper whether to return U
  /// @return `[*,n,n]`
  /// @throws ArithmeticException if a matrix is not positive definite
  public static Tensor cholesky(Tensor a, boolean upper) {
    return new LinalgSystems.Cholesky(upper).apply(LinalgRaw.square("cholesky", a));
  }

  /// The solution of `A X = B` with the Cholesky factor of A; PyTorch's `cholesky_solve`.
  ///
  /// @param b `[*,n,k]`
  /// @param factor `[*,n,n]`, L with `L Lᵀ = A`, or with `upper` U with `Uᵀ U = A`
  /// @param upper whether the factor is upper triangular
  /// @return `[*,n,k]`
  public static Tensor choleskySolve(Tensor b, Tensor factor, boolean upper) {
    LinalgRaw.square("choleskySolve", factor);
    Tensor l = upper ? mT(factor) : factor;
    Tensor y = triangular("choleskySolve", l, b, false, false);
    return triangular("choleskySolve", mT(l), y, true, false);
  }

  /// The solution of `A X = B` with a triangular A; the batches broadcast. Nothing warns of a 0 on
  /// the diagonal: the solution is then infinite or NaN.
  ///
  /// @param a `[*,n,n]`, of which the other triangle is not read
  /// @param b `[*,n,k]`
  /// @param upper whether the upper triangle of `a` is meant
  /// @return `[*,n,k]`
  public static Tensor solveTriangular(Tensor a, Tensor b, boolean upper) {
    return solveTriangular(a, b, upper, true, false);
  }

  /// The solution of `A X = B`, or of `X A = B`, with a triangular A; the batches broadcast.
  ///
  /// @param a `[*,n,n]`, of which the other triangle is not read
  /// @param b `[*,n,k]`, or not `left` `[*,k,n]`
  /// @param upper whether the upper triangle of `a` is meant
  /// @param left whether A stands to the left of X
  /// @param unitriangular whether the diagonal counts as 1, and is not read
  /// @return of the shape of `b`
  public static Tensor solveTriangular(
      Tensor a, Tensor b, boolean upper, boolean left, boolean unitriangular) {
    LinalgRaw.square("solveTriangular", a);
    LinalgRaw.matrices("solveTriangular", b);
    return left
        ? triangular("solveTriangular", a, b, upper, unitriangular)
        : mT(triangular("solveTriangular", mT(a), mT(b), !upper, unitriangular));
  }

  private static Tensor triangular(String op, Tensor a, Tensor b, boolean upper, boolean unit) {
    DType _ = Arithmetic.same(op, a, b);
    requireRows(op, a, b, b);
    long[] batch = Shapes.broadcast(op, batch(a), batch(b));
    Tensor wide = a.expand(Contraction.join(batch, rows(a), rows(a)));
    Tensor right = b.expand(Contraction.join(batch, rows(b), LinalgRaw.columns(b)));
    return new LinalgSystems.SolveTriangular(upper, unit).apply(wide, right);
  }

  /// `A = Q R` with as few columns in Q as there are values: PyTorch's mode `reduced`.
  ///
  /// @param a `[*,m,n]`, with `k = min(m,n)`
  /// @return Q `[*,m,k]` and R `[*,k,n]`
  public static Qr qr(Tensor a) {
    return qr(a, false);
  }

  /// `A = Q R`. Q is differentiable where the first `min(m,n)` columns of A are independent.
  ///
  /// @param a `[*,m,n]`
  /// @param complete gives a square Q `[*,m,m]` and R `[*,m,n]`, which have no gradient where `m >
  ///   n`
  /// @return Q and R
  public static Qr qr(Tensor a, boolean complete) {
    List<Tensor> both = new LinalgSpectral.Qr(complete).apply(LinalgRaw.matrices("qr", a));
    return new Qr(both.get(0), both.get(1));
  }

  /// The singular value decomposition, reduced.
  ///
  /// @param a `[*,m,n]`, with `k = min(m,n)`
  /// @return U `[*,m,k]`, S `[*,k]` and Vᵀ `[*,k,n]`
  /// @throws ArithmeticException if elements are not finite or it does not converge
  public static Svd svd(Tensor a) {
    return svd(a, false);
  }

  /// The singular value decomposition. The signs of the vectors are not unique, nor the vectors of
  /// values that are equal: only what does not depend on them has a gradient.
  ///
  /// @param a `[*,m,n]`, with `k = min(m,n)`
  /// @param fullMatrices gives square U `[*,m,m]` and Vᵀ `[*,n,n]`; what is beyond the first `k`
  ///   has no gradient
  /// @return U, S `[*,k]` and Vᵀ
  /// @throws ArithmeticException if elements are not finite or it does not converge
  public static Svd svd(Tensor a, boolean fullMatrices) {
    List<Tensor> all = new LinalgSpectral.Svd(fullMatrices).apply(LinalgRaw.matrices("svd", a));
    return new Svd(all.get(0), all.get(1), all.get(2));
  }

  /// The singular values, descending.
  ///
  /// @param a `[*,m,n]`
  /// @return `[*,min(m,n)]`
  /// @throws ArithmeticException if elements are not finite or it does not converge
  public static Tensor svdvals(Tensor a) {
    LinalgRaw.matrices("svdvals", a);
    boolean recorded = a.requiresGrad() && Tape.isRecording();
    return recorded ? svd(a).s() : LinalgSpectral.decompose("svdvals", a, false, false).get(1);
  }

  /// Eigenvalues and eigenvectors of symmetric matrices. The signs of the vectors are not unique,
  /// nor the vectors of values that are equal: only what does not depend on them has a gradient.
  ///
  /// @param a `[*,n,n]`, symmetric; its lower triangle is read
  /// @return values `[*,n]`, ascending, and vectors as the columns of `[*,n,n]`
  /// @throws ArithmeticException if elements are not finite or it does not converge
  public static Eigh eigh(Tensor a) {
    return eigh(a, false);
  }

  /// As [#eigh(Tensor)], reading the lower or the upper triangle: PyTorch's `UPLO`.
  ///
  /// @param a `[*,n,n]`, symmetric
  /// @param upper which triangle is read
  /// @return values `[*,n]`, ascending, and vectors as the columns of `[*,n,n]`
  /// @throws ArithmeticException if elements are not finite or it does not converge
  public static Eigh eigh(Tensor a, boolean upper) {
    List<Tensor> both = new LinalgSpectral.Eigh(upper).apply(LinalgRaw.square("eigh", a));
    return new Eigh(both.get(0), both.get(1));
  }

  /// The eigenvalues of symmetric matrices, ascending.
  ///
  /// @param a `[*,n,n]`, symmetric; its lower triangle is read
  /// @return `[*,n]`
  /// @throws ArithmeticException if elements are not finite or it does not converge
  public static Tensor eigvalsh(Tensor a) {
    LinalgRaw.square("eigvalsh", a);
    boolean recorded = a.requiresGrad() && Tape.isRecording();
    return recorded
        ? eigh(a).eigenvalues()
        : LinalgSpectral.eigenvalues("eigvalsh", a, LinalgRaw.rowMajor(a), false, false);
  }

  /// The X with the smallest `‖A X - B‖`, and of those the smallest one, by the pseudoinverse: the
  /// result of PyTorch's driver `gelsd`.
  ///
  /// @param a `[*,m,n]`
  /// @param b `[*,m,k]`
  /// @return the solution and what is known of it; only the solution and the residuals have
  ///   gradients
  public static Lstsq lstsq(Tensor a, Tensor b) {
    LinalgRaw.matrices("lstsq", a);
    DType _ = Arithmetic.same("lstsq", a, b);
    requireRows("lstsq", a, b, b);
    Tensor x = pinv(a).matmul(b);
    Tensor s = svdvals(a.detach());
    Tensor rank = matrixRank(a);
    long n = LinalgRaw.columns(a);
    boolean full = rank.numel == 0 || rank.min().item() == n;
    Tensor rest = a.matmul(x).sub(b);
    Tensor residuals = full && rows(a) > n ? rest.mul(rest).sum(-2) : Tensor.zeros(a.dtype, 0);
    return new Lstsq(x, residuals, rank, s);
  }
}
