package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/// The messages of [Linalg] and of the contractions, the same on every backend.
@ExtendWith(NoOpenScopes.class)
@SuppressWarnings("MustBeClosedChecker") // closed after each test
final class LinalgErrorsTest {
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static void fails(
      Class<? extends RuntimeException> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  private static Tensor ones(long... shape) {
    return Tensor.ones(DType.F64, shape);
  }

  private static Tensor eye(long n) {
    return Tensor.eye(DType.F64, n);
  }

  /// The identity, but for a 0 at `[i,i]` of the matrix `at` of 3; small, and by LAPACK where there
  /// is one.
  private static Tensor broken(long n, long at, long i) {
    return eye(n).expand(3, n, n).copy().set_(0, at, i, i);
  }

  @Test
  void namesTheSingularMatrix() {
    fails(
        ArithmeticException.class,
        "inv: matrix is singular: [2,2] (pivot 2 is 0); use pinv()",
        () -> Linalg.inv(ones(2, 2)));
    fails(
        ArithmeticException.class,
        "inv: matrix 1 is singular: [3,4,4] (pivot 3 is 0); use pinv()",
        () -> Linalg.inv(broken(4, 1, 2)));
    fails(
        ArithmeticException.class,
        "solve: matrix 2 is singular: [3,60,60] (pivot 51 is 0); use pinv()",
        () -> Linalg.solve(broken(60, 2, 50), ones(60)));
  }

  @Test
  void namesTheMatrixThatIsNotPositiveDefinite() {
    fails(
        ArithmeticException.class,
        "cholesky: matrix is not positive definite: [2,2] (leading part of order 2)",
        () -> Linalg.cholesky(ones(2, 2)));
    for (long n : new long[] {40, 60}) {
      fails(
          ArithmeticException.class,
          "cholesky: matrix 1 is not positive definite: [3,%d,%d] (leading part of order 36)"
              .formatted(n, n),
          () -> Linalg.cholesky(broken(n, 1, 35)));
      fails(
          ArithmeticException.class,
          "cholesky: matrix 0 is not positive definite: [3,%d,%d] (leading part of order 3)"
              .formatted(n, n),
          () -> Linalg.cholesky(broken(n, 0, 2).mul(1.0).set_(Double.NaN, 0, 2, 2), true));
    }
  }

  @Test
  void refusesWhatIsNotFinite() {
    for (long n : new long[] {3, 60}) {
      Tensor nan = eye(n).set_(Double.NaN, 1, 1);
      Tensor inf = eye(n).set_(Double.NEGATIVE_INFINITY, 2, 0);
      String shape = Shapes.format(nan.shape());
      fails(
          ArithmeticException.class,
          "svd: matrix has infinite or NaN elements: " + shape,
          () -> Linalg.svd(nan));
      fails(
          ArithmeticException.class,
          "svdvals: matrix has infinite or NaN elements: " + shape,
          () -> Linalg.svdvals(inf));
      fails(
          ArithmeticException.class,
          "eigh: matrix has infinite or NaN elements: " + shape,
          () -> Linalg.eigh(nan));
      fails(
          ArithmeticException.class,
          "eigvalsh: matrix has infinite or NaN elements: " + shape,
          () -> Linalg.eigvalsh(inf));
    }
  }

  @Test
  void checksShapesAndDtypes() {
    fails(ShapeException.class, "inv: needs matrices, got [3]", () -> Linalg.inv(ones(3)));
    fails(
        ShapeException.class,
        "det: needs square matrices, got [2,3] (2 != 3)",
        () -> Linalg.det(ones(2, 3)));
    fails(
        ShapeException.class,
        "solve: sizes do not fit: [3,3] and [2,4] (expected 3 rows)",
        () -> Linalg.solve(eye(3), ones(2, 4)));
    fails(
        ShapeException.class,
        "solve: shapes do not broadcast: [2] and [3] (dim 0: 2 vs 3)",
        () -> Linalg.solve(eye(2).expand(2, 2, 2), ones(3, 2, 1)));
    fails(
        DTypeException.class,
        "svd: needs F32 or F64, got I64 [2,2]; convert with to(DType)",
        () -> Linalg.svd(Tensor.zeros(DType.I64, 2, 2)));
    fails(
        DTypeException.class,
        "solve: dtypes differ: F64 [2,2] and F32 [2]; convert one with to(DType)",
        () -> Linalg.solve(eye(2), Tensor.ones(2)));
    fails(
        IllegalArgumentException.class,
        "matrixNorm: order 3.0 is not one of matrices: [2,2] (expected fro, nuc, 1, -1, 2, -2, inf or -inf)",
        () -> Linalg.matrixNorm(eye(2), 3));
    fails(
        IllegalArgumentException.class,
        "matrixNorm: order 'max' is not one of matrices: [2,2] (expected fro, nuc, 1, -1, 2, -2, inf or -inf)",
        () -> Linalg.matrixNorm(eye(2), "max"));
    fails(
        ShapeException.class,
        "vectorNorm: order -1.0 of nothing: [2,0] has size 0 in dim 1",
        () -> Linalg.vectorNorm(ones(2, 0), -1));
    fails(
        ShapeException.class,
        "norm: needs one or two dims, got 3 of shape [2,2,2]",
        () -> Linalg.norm(ones(2, 2, 2), 1));
    Tensor tall = ones(3, 2).add(eye(3).narrow(1, 0, 2)).requiresGrad_();
    Tensor q = Linalg.qr(tall, true).q();
    fails(
        IllegalStateException.class,
        "qr: no gradient of a complete Q of tall matrices: [3,2]; use the reduced one",
        () -> q.sum().backward());
  }

  @Test
  void checksEquations() {
    Tensor a = ones(2, 3);
    fails(
        IllegalArgumentException.class,
        "einsum: 'ij,jk->ik' names 2 operands, got 1",
        () -> Tensor.einsum("ij,jk->ik", a));
    fails(
        ShapeException.class,
        "einsum: 'ijk->i' names 3 dims of operand 0, which is [2,3]",
        () -> Tensor.einsum("ijk->i", a));
    fails(
        ShapeException.class,
        "einsum: sizes of 'j' differ in 'ij,jk->ik': [2,3] and [2,3] (operand 1, dim 0: 2 vs 3)",
        () -> Tensor.einsum("ij,jk->ik", a, a));
    fails(
        IllegalArgumentException.class,
        "einsum: 'z' of the result is in no operand of 'ij->iz'",
        () -> Tensor.einsum("ij->iz", a));
    fails(
        IllegalArgumentException.class,
        "einsum: 'i' is in the result of 'ij->ii' twice",
        () -> Tensor.einsum("ij->ii", a));
    fails(
        IllegalArgumentException.class,
        "einsum: unexpected '+' in 'i+j' (expected letters, one ... for each operand, commas and ->)",
        () -> Tensor.einsum("i+j", a));
    fails(
        DTypeException.class,
        "einsum: dtypes differ: F64 [2,3] and F32 [3]; convert one with to(DType)",
        () -> Tensor.einsum("ij,j->i", a, Tensor.ones(3)));
  }

  @Test
  void checksProducts() {
    Tensor a = ones(2, 3);
    fails(
        ShapeException.class,
        "addmm: sizes do not fit: [2,2] + [2,3] x [2,3]",
        () -> ones(2, 2).addmm(a, a));
    fails(
        ShapeException.class,
        "addmm: sizes do not fit: [3] + [2,3] x [3,2]",
        () -> ones(3).addmm(a, a.t()));
    fails(
        ShapeException.class,
        "baddbmm: expects 3-D x 3-D, got [2,3] x [2,3]",
        () -> ones(2).baddbmm(a, a));
    fails(
        ShapeException.class,
        "tensordot: sizes differ: [2,3] and [2,3] (dim 1: 3 vs dim 0: 2)",
        () -> a.tensordot(a, 1));
    fails(
        ShapeException.class,
        "multiDot: inner sizes differ: [2,3] x [2,3] (input 1: 3 != 2)",
        () -> Tensor.multiDot(a, a));
    fails(
        ShapeException.class,
        "cross: needs size 3 in dim 0 of both: [2,3] and [2,3]",
        () -> a.cross(a, 0));
    fails(
        ShapeException.class,
        "cdist: rows differ in length: [2,3] and [3,2] (3 != 2)",
        () -> a.cdist(a.t()));
    fails(
        IllegalArgumentException.class,
        "cdist: p must not be negative, got -1.0",
        () -> a.cdist(a, -1));
    fails(ShapeException.class, "trace: needs a matrix, got [3]", () -> ones(3).trace());
    fails(
        DTypeException.class,
        "matmul: needs numbers, got BOOL [2,2]; convert with to(DType)",
        () -> Tensor.zeros(DType.BOOL, 2, 2).matmul(Tensor.zeros(DType.BOOL, 2, 2)));
  }
}
