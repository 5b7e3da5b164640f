package dev.gatun.tensor;

import static dev.gatun.tensor.LinalgRaw.batch;
import static dev.gatun.tensor.LinalgRaw.columns;
import static dev.gatun.tensor.LinalgRaw.count;
import static dev.gatun.tensor.LinalgRaw.mT;
import static dev.gatun.tensor.LinalgRaw.rows;

import dev.gatun.kernel.Factorizations;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Systems of linear equations, determinants and the Cholesky factor.
final class LinalgSystems {
  private LinalgSystems() {}

  /// `A X = B`, or `Aᵀ X = B`. Inputs: A, B, and what LU left of A, which has no gradient of its
  /// own: it spares backward to factor A again.
  record Solve(boolean transposed) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      return luSolve(transposed, inputs[2], inputs[3], inputs[1]);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `gB = A⁻ᵀ g`, `gA = -gB Xᵀ`
    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor gB = new Solve(!transposed).apply(node.input(0), g, node.input(2), node.input(3));
      if (i == 1) {
        return gB;
      }
      Tensor x = node.output();
      return (transposed ? x.matmul(mT(gB)) : gB.matmul(mT(x))).neg();
    }
  }

  private static Tensor luSolve(boolean transposed, Tensor lu, Tensor pivots, Tensor b) {
    Tensor x = Raw.copy(b);
    Factorizations.luSolve(
        x.dtype,
        transposed,
        count(x),
        rows(x),
        columns(x),
        lu.memory(),
        lu.offset,
        pivots.memory(),
        pivots.offset,
        x.writable(),
        x.offset);
    return x;
  }

  /// Solves with matrices on both sides; the batches broadcast.
  static Tensor solve(String op, Tensor a, Tensor b) {
    long[] batch = Shapes.broadcast(op, batch(a), batch(b));
    LinalgRaw.Factors lu = LinalgRaw.regular(op, a);
    long n = rows(a);
    Tensor wide = a.expand(Contraction.join(batch, n, n));
    Tensor right = b.expand(Contraction.join(batch, n, columns(b)));
    Tensor factors = lu.factors().expand(Contraction.join(batch, n, n)).contiguous();
    Tensor pivots = lu.pivots().expand(Contraction.join(batch, n)).contiguous();
    return new Solve(false).apply(wide, right, factors, pivots);
  }

  /// `y = x⁻¹`
  record Inv() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      LinalgRaw.Factors lu = LinalgRaw.regular("inv", x);
      return luSolve(false, lu.factors(), lu.pivots(), LinalgRaw.eyeLike(x).expand(x.shape));
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    /// `-yᵀ g yᵀ`
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor yT = mT(node.output());
      return yT.matmul(g).matmul(yT).neg();
    }
  }

  /// `|det A|`'s logarithm, or the determinant itself. Inputs: A, and what LU left of it.
  record Det(boolean log) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor y = Raw.empty(opName(), inputs[0].dtype, batch(inputs[0]));
      return products(inputs[1], inputs[2], y, log ? Part.LOG : Part.DET);
    }

    @Override
    public String opName() {
      return log ? "slogdet" : "det";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `g A⁻ᵀ`, for the determinant times it; for a singular matrix times its cofactors.
    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor a = node.input(0);
      Tensor scale = log ? g : g.mul(node.output());
      if (!log && hasZeroPivot(node.input(1))) {
        return cofactors(a).mul(g.unsqueeze(-1).unsqueeze(-1));
      }
      long[] vectors = Contraction.join(batch(a), rows(a));
      Tensor right = scale.unsqueeze(-1).expand(vectors).diagEmbed();
      return new Solve(true).apply(a, right, node.input(1), node.input(2));
    }
  }

  enum Part {
    DET,
    SIGN,
    LOG
  }

  /// The product of the diagonal of U with the sign of the exchanges, or a part of it.
  static Tensor products(Tensor lu, Tensor pivots, Tensor y, Part part) {
    long n = rows(lu);
    MemorySegment rows = pivots.memory();
    MemorySegment to = y.writable();
    // Column-major or not, the diagonal is the same.
    double[] diagonal = lu.detach().diagonal(0, -2, -1).toDoubleArray();
    for (int b = 0; b < y.numel; b++) {
      double sign = 1;
      double product = 1;
      double logs = 0;
      for (int i = 0; i < n; i++) {
        double u = diagonal[(int) (b * n + i)];
        long at = (pivots.offset + b * n + i) * Integer.BYTES;
        double flip = rows.get(ValueLayout.JAVA_INT_UNALIGNED, at) == i + 1 ? 1 : -1;
        sign *= flip * Math.signum(u);
        product *= flip * u;
        logs += Math.log(Math.abs(u));
      }
      double value =
          switch (part) {
            case DET -> product;
            case SIGN -> sign;
            case LOG -> logs;
          };
      if (y.dtype == DType.F32) {
        to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, (y.offset + b) * Float.BYTES, (float) value);
      } else {
        to.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, (y.offset + b) * Double.BYTES, value);
      }
    }
    return y;
  }

  private static boolean hasZeroPivot(Tensor lu) {
    Tensor diagonal = lu.detach().diagonal(0, -2, -1);
    return diagonal.numel > 0 && diagonal.eq(0).to(DType.I64).sum().item() > 0;
  }

  /// `det(U) det(V) U diag(products of the other singular values) Vᵀ`, which needs no inverse.
  private static Tensor cofactors(Tensor a) {
    Linalg.Svd svd = Linalg.svd(a);
    Tensor s = svd.s();
    int last = s.shape.length - 1;
    Tensor others = LinalgRaw.withDiagonal(s.unsqueeze(-2).expand(a.shape), 1);
    Tensor product = others.select(-1, 0);
    for (long i = 1; i < s.shape[last]; i++) {
      product = product.mul(others.select(-1, i));
    }
    Tensor sign = Linalg.det(svd.u().detach()).mul(Linalg.det(svd.vh().detach()));
    Tensor scaled = svd.u().mul(product.mul(sign.unsqueeze(-1)).unsqueeze(-2));
    return scaled.matmul(svd.vh());
  }

  /// `y yᵀ = x` with `y` lower triangular, or `yᵀ y = x` with `y` upper triangular.
  record Cholesky(boolean upper) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Tensor y = LinalgRaw.rowMajor(x);
      int[] infos =
          Factorizations.cholesky(x.dtype, upper, count(x), rows(x), y.writable(), y.offset);
      LinalgRaw.check(
          "cholesky", x, infos, "is not positive definite: %s (leading part of order %d)", "");
      return LinalgRaw.triangle(y, upper, 0);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    /// `L⁻ᵀ Φ L⁻¹`, where `Φ` is the lower triangle of `Lᵀ g`, made symmetric.
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor l = upper ? mT(node.output()) : node.output();
      Tensor phi = mT(l).matmul(upper ? mT(g) : g);
      Tensor below = LinalgRaw.triangle(phi, false, -1);
      Tensor symmetric = LinalgRaw.triangle(phi, false, 0).add(mT(below)).mul(0.5);
      Tensor left = new SolveTriangular(true, false).apply(mT(l), symmetric);
      return mT(new SolveTriangular(true, false).apply(mT(l), mT(left)));
    }
  }

  /// `a y = b` with a triangular `a`, of which the other triangle, and with `unit` the diagonal, is
  /// not read; equal batches.
  record SolveTriangular(boolean upper, boolean unit) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      Tensor flipped = LinalgRaw.swapped(a);
      boolean columnMajor = !a.contiguous && flipped.contiguous;
      Tensor t = columnMajor ? flipped : Raw.contiguous(a);
      Tensor y = Raw.copy(b);
      Factorizations.triangularSolve(
          y.dtype,
          columnMajor,
          upper,
          unit,
          count(y),
          rows(y),
          columns(y),
          t.memory(),
          t.offset,
          y.writable(),
          y.offset);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// The triangle of `-gB yᵀ`
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor full = backwardB(node, g).matmul(mT(node.output())).neg();
      return LinalgRaw.triangle(full, upper, unit ? (upper ? 1 : -1) : 0);
    }

    /// `a⁻ᵀ g`
    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return new SolveTriangular(!upper, unit).apply(mT(node.input(0)), g);
    }
  }
}
