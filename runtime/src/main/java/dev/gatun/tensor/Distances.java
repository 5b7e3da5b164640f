package dev.gatun.tensor;

import static dev.gatun.tensor.LinalgRaw.mT;
import static dev.gatun.tensor.LinalgRaw.rows;

import dev.gatun.memory.DType;

/// Distances between the rows of matrices.
final class Distances {
  /// Rows from which on PyTorch takes Euclidean distances from a product, which is faster and loses
  /// digits where rows are close to each other.
  private static final long MANY = 25;

  private Distances() {}

  /// `y[i][j] = ‖a[i] - b[j]‖`, of equal batches.
  record Euclidean() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      Tensor x = a.detach();
      Tensor y = b.detach();
      if (rows(x) <= MANY && rows(y) <= MANY) {
        return apart(x, y, 2);
      }
      Tensor squares = x.square().sum(new int[] {-1}, true);
      Tensor others = mT(y.square().sum(new int[] {-1}, true));
      Tensor sum = squares.add(others).sub(x.matmul(mT(y)).mul(2));
      return sum.maximum(Arithmetic.zeroLike(sum)).sqrt();
    }

    @Override
    public String opName() {
      return "cdist";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `a[i] Σ w[i][j] - Σ w[i][j] b[j]` with `w = g / y`, and 0 where `y` is 0
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return pulled(weights(node, g), node.input(0), node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return pulled(mT(weights(node, g)), node.input(1), node.input(0));
    }

    private static Tensor weights(Node node, Tensor g) {
      Tensor y = node.output();
      Tensor same = y.eq(Arithmetic.zeroLike(y));
      Tensor safe = Tensor.where(same, Tensor.scalar(y.dtype, 1), y);
      return Tensor.where(same, Arithmetic.zeroLike(y), g.div(safe));
    }

    private static Tensor pulled(Tensor w, Tensor from, Tensor to) {
      return from.mul(w.sum(new int[] {-1}, true)).sub(w.matmul(to));
    }
  }

  private static Tensor apart(Tensor a, Tensor b, double p) {
    return a.unsqueeze(-2).sub(b.unsqueeze(-3)).norm(p, -1);
  }

  static Tensor cdist(Tensor a, Tensor b, double p) {
    LinalgRaw.matrices("cdist", a);
    LinalgRaw.matrices("cdist", b);
    DType _ = Arithmetic.same("cdist", a, b);
    if (!(p >= 0)) {
      throw new IllegalArgumentException("cdist: p must not be negative, got " + p);
    }
    long length = LinalgRaw.columns(a);
    if (length != LinalgRaw.columns(b)) {
      throw new ShapeException(
          "cdist: rows differ in length: %s and %s (%d != %d)"
              .formatted(
                  Shapes.format(a.shape), Shapes.format(b.shape), length, LinalgRaw.columns(b)));
    }
    if (p != 2 || length == 0) {
      return apart(a, b, length == 0 ? 1 : p);
    }
    long[] batch = Shapes.broadcast("cdist", LinalgRaw.batch(a), LinalgRaw.batch(b));
    return new Euclidean()
        .apply(
            a.expand(Contraction.join(batch, rows(a), length)),
            b.expand(Contraction.join(batch, rows(b), length)));
  }
}
