package dev.gatun.tensor;

import static dev.gatun.tensor.LinalgRaw.batch;
import static dev.gatun.tensor.LinalgRaw.columns;
import static dev.gatun.tensor.LinalgRaw.count;
import static dev.gatun.tensor.LinalgRaw.mT;
import static dev.gatun.tensor.LinalgRaw.rows;

import dev.gatun.kernel.Factorizations;
import dev.gatun.memory.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decompositions into orthogonal and simple factors; with PyTorch's formulas for their gradients.
final class LinalgSpectral {
  private static final String DIVERGED = "did not converge: %s (code %d)";

  private LinalgSpectral() {}

  /// Eigenvalues, ascending, and eigenvectors as columns; one triangle is read.
  record Eigh(boolean upper) implements Op.Several {
    @Override
    public List<Tensor> forward(Tensor... inputs) {
      Tensor a = LinalgRaw.rowMajor(inputs[0]);
      Tensor values = eigenvalues("eigh", inputs[0], a, upper, true);
      return List.of(values, Raw.copy(LinalgRaw.swapped(a)));
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    /// `V (diag(gL) + (Vᵀ gV) / E) Vᵀ` with `E[i][j] = L[j] - L[i]`
    @Override
    public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
      Tensor l = node.output(0);
      Tensor v = node.output(1);
      Tensor gL = gradients[0];
      Tensor gV = gradients[1];
      if (gV == null) {
        return v.mul(node.orZero(gradients, 0).unsqueeze(-2)).matmul(mT(v));
      }
      Tensor inner = LinalgRaw.withDiagonal(mT(v).matmul(gV).div(gaps(l)), 0);
      Tensor all = gL == null ? inner : inner.add(gL.diagEmbed());
      return v.matmul(all).matmul(mT(v));
    }
  }

  /// Differences of values, `l[j] - l[i]`, with 1 on the diagonal.
  private static Tensor gaps(Tensor l) {
    return LinalgRaw.withDiagonal(l.unsqueeze(-2).sub(l.unsqueeze(-1)), 1);
  }

  /// The eigenvalues of `x`, a copy of which is in `a`: its rows become the eigenvectors.
  static Tensor eigenvalues(String op, Tensor x, Tensor a, boolean upper, boolean vectors) {
    long n = rows(x);
    Tensor values = Raw.empty(op, x.dtype, Contraction.join(batch(x), n));
    int[] infos =
        Factorizations.eigh(
            x.dtype, vectors, upper, count(x), n, a.writable(), a.offset, values.writable(), 0);
    LinalgRaw.check(op, x, infos, DIVERGED, "");
    return values;
  }

  /// `x = u diag(s) vh`
  record Svd(boolean fullMatrices) implements Op.Several {
    @Override
    public List<Tensor> forward(Tensor... inputs) {
      return decompose("svd", inputs[0], true, fullMatrices);
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
      Tensor s = node.output(1);
      long k = columns(s.unsqueeze(0));
      Tensor u = node.output(0).narrow(-1, 0, k);
      Tensor vh = node.output(2).narrow(-2, 0, k);
      Tensor gU = gradients[0] == null ? null : gradients[0].narrow(-1, 0, k);
      Tensor gVh = gradients[2] == null ? null : gradients[2].narrow(-2, 0, k);
      return singular(u, s, vh, gU, gradients[1], gVh);
    }

    /// `U (diag(gS) + skew(Uᵀ gU) / E S + S skew(Vᵀ gV) / E) Vᵀ` with `E[i][j] = S[j]² - S[i]²`,
    /// and what `gU` or `gV` have outside of the columns of U or V, divided by S.
    private static Tensor singular(
        Tensor u,
        Tensor s,
        Tensor vh,
        @Nullable Tensor gU,
        @Nullable Tensor gS,
        @Nullable Tensor gVh) {
      Tensor inner = gS == null ? null : gS.diagEmbed();
      if (gU == null && gVh == null && gS != null) {
        return u.mul(gS.unsqueeze(-2)).matmul(vh);
      }
      Tensor e = gaps(s.mul(s));
      if (gU != null) {
        inner = plus(inner, skew(mT(u).matmul(gU)).div(e).mul(s.unsqueeze(-2)));
      }
      if (gVh != null) {
        inner = plus(inner, skew(vh.matmul(mT(gVh))).div(e).mul(s.unsqueeze(-1)));
      }
      long k = rows(vh);
      Tensor middle = u.matmul(inner == null ? Arithmetic.zeroLike(s) : inner).matmul(vh);
      if (gU != null && rows(u) > k) {
        Tensor scaled = gU.div(s.unsqueeze(-2));
        middle = middle.add(scaled.sub(u.matmul(mT(u).matmul(scaled))).matmul(vh));
      }
      if (gVh != null && columns(vh) > k) {
        Tensor scaled = gVh.div(s.unsqueeze(-1));
        middle = middle.add(u.matmul(scaled.sub(scaled.matmul(mT(vh)).matmul(vh))));
      }
      return middle;
    }
  }

  private static Tensor plus(@Nullable Tensor a, Tensor b) {
    return a == null ? b : a.add(b);
  }

  private static Tensor skew(Tensor x) {
    return x.sub(mT(x));
  }

  /// U, S and Vᵀ; without `vectors` the first and the last are empty.
  static List<Tensor> decompose(String op, Tensor x, boolean vectors, boolean full) {
    long m = rows(x);
    long n = columns(x);
    long k = Math.min(m, n);
    long[] batch = batch(x);
    Tensor a = LinalgRaw.rowMajor(x);
    Tensor s = Raw.empty(op, x.dtype, Contraction.join(batch, k));
    Tensor u = Raw.empty(op, x.dtype, Contraction.join(batch, vectors ? m : 0, full ? m : k));
    Tensor vh = Raw.empty(op, x.dtype, Contraction.join(batch, full ? n : k, vectors ? n : 0));
    int[] infos =
        Factorizations.svd(
            x.dtype,
            vectors,
            full,
            count(x),
            m,
            n,
            a.writable(),
            a.offset,
            u.writable(),
            0,
            s.writable(),
            0,
            vh.writable(),
            0);
    LinalgRaw.check(op, x, infos, DIVERGED, "");
    return List.of(u, s, vh);
  }

  /// `x = q r`, where `q` has `min(m,n)` columns, or with `complete` `m`.
  record Qr(boolean complete) implements Op.Several {
    @Override
    public List<Tensor> forward(Tensor... inputs) {
      Tensor x = inputs[0];
      long m = rows(x);
      long n = columns(x);
      long columns = complete ? m : Math.min(m, n);
      Tensor a = LinalgRaw.columnMajor(x);
      Tensor q = Raw.empty("qr", x.dtype, Contraction.join(batch(x), columns, m));
      Factorizations.qr(
          x.dtype, count(x), m, n, columns, a.writable(), a.offset, q.writable(), q.offset);
      Tensor r = LinalgRaw.swapped(a).narrow(-2, 0, columns);
      return List.of(Raw.copy(LinalgRaw.swapped(q)), LinalgRaw.triangle(r, true, 0));
    }

    @Override
    public Saves saves() {
      return Saves.OUTPUT;
    }

    @Override
    public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
      Tensor q = node.output(0);
      Tensor r = node.output(1);
      long m = rows(q);
      long n = columns(r);
      if (complete && m > n) {
        throw new IllegalStateException(
            "qr: no gradient of a complete Q of tall matrices: %s; use the reduced one"
                .formatted(Shapes.format(node.shape(0))));
      }
      Tensor gQ = node.orZero(gradients, 0);
      Tensor gR = node.orZero(gradients, 1);
      if (m >= n) {
        return square(q, r, gQ, gR);
      }
      // The first columns make Q, the others are R's alone: R2 = Qᵀ A2.
      Tensor gR2 = gR.narrow(-1, m, n - m);
      Tensor a2 = q.matmul(r.narrow(-1, m, n - m));
      Tensor whole = gQ.add(a2.matmul(mT(gR2)));
      Tensor first = square(q, r.narrow(-1, 0, m), whole, gR.narrow(-1, 0, m));
      return Tensor.cat(-1, first, q.matmul(gR2));
    }

    /// `(gQ + Q sym(triu(gR Rᵀ - Qᵀ gQ))) R⁻ᵀ`
    private static Tensor square(Tensor q, Tensor r, Tensor gQ, Tensor gR) {
      Tensor m = LinalgRaw.triangle(gR.matmul(mT(r)).sub(mT(q).matmul(gQ)), true, 0);
      Tensor symmetric = m.add(mT(LinalgRaw.triangle(m, true, 1)));
      Tensor sum = gQ.add(q.matmul(symmetric));
      return mT(new LinalgSystems.SolveTriangular(true, false).apply(r, mT(sum)));
    }
  }

  /// `y = x⁺`, by the singular values above `rtol` times the largest and above `atol`.
  record Pinv(double atol, double rtol) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      List<Tensor> svd = decompose("pinv", x, true, false);
      Tensor s = svd.get(1);
      if (x.numel == 0) {
        return Tensor.zeros(x.dtype, LinalgRaw.swapped(x).shape);
      }
      Tensor kept = s.gt(tolerance(s, atol, rtol));
      Tensor inverse = Tensor.where(kept, s.reciprocal(), Arithmetic.zeroLike(s));
      return mT(svd.get(2)).matmul(inverse.unsqueeze(-1).mul(mT(svd.get(0))));
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// Golub and Pereyra's derivative of the pseudoinverse.
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor y = node.output();
      Tensor gT = mT(g);
      Tensor yT = mT(y);
      if (rows(x) <= columns(x)) {
        Tensor k = gT.matmul(y);
        Tensor kyT = k.matmul(yT);
        return kyT.sub(mT(y.matmul(k)))
            .sub(x.matmul(y).matmul(kyT))
            .add(yT.matmul(y).matmul(gT.sub(k.matmul(x))));
      }
      Tensor k = y.matmul(gT);
      Tensor yTk = yT.matmul(k);
      return gT.sub(x.matmul(k))
          .matmul(y)
          .matmul(yT)
          .add(yTk)
          .sub(yTk.matmul(y).matmul(x))
          .sub(mT(k.matmul(y)));
    }
  }

  /// `[*,1]`: the size from which on singular values count.
  static Tensor tolerance(Tensor s, double atol, double rtol) {
    Tensor relative = s.amax(new int[] {-1}, true).mul(rtol);
    return relative.maximum(Tensor.scalar(s.dtype, atol));
  }

  /// The share of the largest singular value below which one counts as 0.
  static double rounding(Tensor x) {
    double epsilon = x.dtype == DType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
    return Math.max(rows(x), columns(x)) * epsilon;
  }
}
