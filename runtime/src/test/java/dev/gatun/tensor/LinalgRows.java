package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.dims;
import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Op1;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Rows of [Linalg]. Inputs are kept away from singular ones, so that every layout and repetition
/// of them can be decomposed.
final class LinalgRows {
  private static final double INF = Double.POSITIVE_INFINITY;

  private LinalgRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "inv",
            row("inv", a -> Linalg.inv(lifted(a))),
            row("inv-batched", a -> Linalg.inv(lifted(a)))),
        family(
            "solve",
            row("solve", (a, b) -> Linalg.solve(lifted(a), b)),
            row("solve-vector", (a, b) -> Linalg.solve(lifted(a), b)),
            row("solve-batched", (a, b) -> Linalg.solve(lifted(a), b)),
            row("solve-vectors", (a, b) -> Linalg.solve(lifted(a), b))),
        family(
            "det",
            row("det", a -> Linalg.det(lifted(a))),
            row("det-batched", a -> Linalg.det(lifted(a))),
            row("det-singular", a -> Linalg.det(a))),
        family(
            "slogdet",
            row("slogdet", a -> Linalg.slogdet(lifted(a)).logAbsDet()),
            several(
                "slogdet-both",
                a -> {
                  var both = Linalg.slogdet(a);
                  return List.of(both.sign(), both.logAbsDet());
                })),
        family(
            "cholesky",
            row("cholesky", a -> Linalg.cholesky(positive(a))),
            row("cholesky-upper", a -> Linalg.cholesky(positive(a), true)),
            row("cholesky-batched", a -> Linalg.cholesky(positive(a)))),
        family(
            "choleskySolve",
            row("choleskySolve-lower", (b, a) -> Linalg.choleskySolve(b, lower(a), false)),
            row("choleskySolve-upper", (b, a) -> Linalg.choleskySolve(b, upper(a), true))),
        new Family("solveTriangular.txt", triangular()),
        new Family("qr.txt", qr()),
        new Family("svd.txt", svd()),
        new Family("eigh.txt", eigh()),
        family(
            "pinv",
            row("pinv-tall", a -> Linalg.pinv(lifted(a))),
            row("pinv-square", a -> Linalg.pinv(lifted(a))),
            row("pinv-wide", a -> Linalg.pinv(lifted(a))),
            row("pinv-rank-1", a -> Linalg.pinv(a))),
        family("matrixRank", row("matrixRank", a -> Linalg.matrixRank(a))),
        family(
            "lstsq",
            row("lstsq-tall", (a, b) -> Linalg.lstsq(lifted(a), b).solution()),
            row("lstsq-wide", (a, b) -> Linalg.lstsq(lifted(a), b).solution())),
        new Family("vectorNorm.txt", vectorNorms()),
        new Family("matrixNorm.txt", matrixNorms()),
        new Family("cond.txt", cond()),
        family(
            "cdist",
            row("cdist", (a, b) -> a.cdist(b)),
            row("cdist-batched", (a, b) -> a.cdist(b)),
            row("cdist-1", (a, b) -> a.cdist(b, 1)),
            row("cdist-3", (a, b) -> a.cdist(b, 3)),
            row("cdist-inf", (a, b) -> a.cdist(b, INF)),
            row("cdist-many", (a, b) -> a.cdist(b))),
        family(
            "vecdot",
            row("vecdot", (a, b) -> Linalg.vecdot(a, b)),
            row("vecdot-dim", (a, b) -> Linalg.vecdot(a, b, 0))),
        family(
            "logdet",
            row("logdet", a -> Linalg.logdet(lifted(a))),
            row("logdet-negative", a -> Linalg.logdet(a))),
        family(
            "linalg_norm",
            row("linalg-norm", a -> Linalg.norm(a)),
            row("linalg-norm-vector", a -> Linalg.norm(a, 3)),
            row("linalg-norm-matrix", a -> Linalg.norm(a, 1)),
            row("linalg-norm-dims", a -> Linalg.norm(a, INF, 0, 2)),
            row("linalg-norm-fro", a -> Linalg.norm(a, "fro"))),
        family(
            "matrixPower",
            row("matrixPower-3", a -> Linalg.matrixPower(lifted(a), 3)),
            row("matrixPower-1", a -> Linalg.matrixPower(lifted(a), 1)),
            row("matrixPower-0", a -> Linalg.matrixPower(lifted(a), 0)),
            row("matrixPower--2", a -> Linalg.matrixPower(lifted(a), -2))));
  }

  private static Row several(String name, Function<Tensor, List<Tensor>> op) {
    return new Row(name, false, in -> op.apply(in.get(0)));
  }

  /// With 3, 6, 9, ... added on the diagonal.
  private static Tensor lifted(Tensor a) {
    Tensor i = Tensor.arange(a.size(-2)).unsqueeze(1);
    Tensor j = Tensor.arange(a.size(-1));
    Tensor steps = j.to(a.dtype()).mul(3).add(3);
    return a.add(i.eq(j).to(a.dtype()).mul(steps));
  }

  private static Tensor positive(Tensor a) {
    return a.matmul(a.transpose(-2, -1)).add(Tensor.eye(a.dtype(), a.size(-2)).mul(2));
  }

  private static Tensor symmetric(Tensor a) {
    Tensor b = lifted(a);
    return b.add(b.transpose(-2, -1));
  }

  private static Tensor lower(Tensor a) {
    return LinalgRaw.triangle(lifted(a), false, 0);
  }

  private static Tensor upper(Tensor a) {
    return LinalgRaw.triangle(lifted(a), true, 0);
  }

  private static List<Row> triangular() {
    List<Row> rows = new ArrayList<>();
    for (boolean upper : new boolean[] {false, true}) {
      String name = "solveTriangular-" + (upper ? "upper" : "lower");
      rows.add(row(name + "-left", (a, b) -> Linalg.solveTriangular(lifted(a), b, upper)));
      rows.add(
          row(
              name + "-right",
              (a, b) -> Linalg.solveTriangular(lifted(a), b, upper, false, false)));
      rows.add(row(name + "-unit", (a, b) -> Linalg.solveTriangular(a, b, upper, true, true)));
    }
    rows.add(row("solveTriangular-batched", (a, b) -> Linalg.solveTriangular(lifted(a), b, false)));
    return rows;
  }

  private static List<Tensor> both(Linalg.Qr qr) {
    return List.of(qr.q(), qr.r());
  }

  private static List<Row> qr() {
    List<Row> rows = new ArrayList<>();
    for (String shape : List.of("tall", "square", "wide")) {
      rows.add(several("qr-" + shape, a -> both(Linalg.qr(lifted(a)))));
      rows.add(row("qr-" + shape + "-r", a -> Linalg.qr(lifted(a)).r()));
      rows.add(several("qr-" + shape + "-complete", a -> both(Linalg.qr(lifted(a), true))));
    }
    rows.add(several("qr-batched", a -> both(Linalg.qr(lifted(a)))));
    return rows;
  }

  private static List<Row> svd() {
    Op1 first =
        a -> {
          var svd = Linalg.svd(lifted(a));
          return svd.u().narrow(-1, 0, 1).matmul(svd.vh().narrow(-2, 0, 1));
        };
    Op1 shifted =
        a -> {
          var svd = Linalg.svd(lifted(a));
          return svd.u().mul(svd.s().add(1)).matmul(svd.vh());
        };
    List<Row> rows = new ArrayList<>();
    for (String shape : List.of("tall", "square", "wide")) {
      rows.add(row("svdvals-" + shape, a -> Linalg.svdvals(lifted(a))));
      rows.add(row("svd-first-" + shape, first));
      rows.add(row("svd-shifted-" + shape, shifted));
    }
    rows.add(row("svdvals-batched", a -> Linalg.svdvals(lifted(a))));
    return rows;
  }

  private static List<Row> eigh() {
    return List.of(
        row("eigvalsh", a -> Linalg.eigvalsh(symmetric(a))),
        row("eigh-values", a -> Linalg.eigh(symmetric(a)).eigenvalues()),
        row(
            "eigh-first",
            a -> {
              Tensor v = Linalg.eigh(symmetric(a)).eigenvectors().narrow(-1, 0, 1);
              return v.matmul(v.transpose(-2, -1));
            }),
        row(
            "eigh-exp",
            a -> {
              var eigh = Linalg.eigh(symmetric(a));
              Tensor v = eigh.eigenvectors();
              Tensor scaled = v.mul(eigh.eigenvalues().mul(0.1).exp().unsqueeze(-2));
              return scaled.matmul(v.transpose(-2, -1));
            }));
  }

  private static List<Row> vectorNorms() {
    List<Row> rows = new ArrayList<>();
    String[] names = {"2", "1", "inf", "-inf", "3", "half", "minus1"};
    double[] orders = {2, 1, INF, -INF, 3, 0.5, -1};
    for (int i = 0; i < names.length; i++) {
      double p = orders[i];
      String name = "vectorNorm-" + names[i];
      rows.add(row(name, a -> Linalg.vectorNorm(a, p)));
      rows.add(row(name + "-dim", a -> Linalg.vectorNorm(a, p, dims(1), true)));
    }
    rows.add(row("vectorNorm-0", a -> Linalg.vectorNorm(a, 0, dims(0), false)));
    rows.add(row("vectorNorm-zero", a -> Linalg.vectorNorm(a, 2, dims(1), false)).atKink());
    rows.add(row("vectorNorm-ties", a -> Linalg.vectorNorm(a, INF)).atKink());
    return rows;
  }

  private static List<Row> matrixNorms() {
    List<Row> rows = new ArrayList<>();
    for (String name : List.of("fro", "nuc")) {
      rows.add(row("matrixNorm-" + name, a -> Linalg.matrixNorm(lifted(a), name)));
      rows.add(row("matrixNorm-" + name + "-dims", a -> Linalg.matrixNorm(a, name, 2, 0, true)));
    }
    ORDERS.forEach(order -> {
      String name = "matrixNorm-" + order.name;
      rows.add(row(name, a -> Linalg.matrixNorm(lifted(a), order.value)));
      rows.add(row(name + "-dims", a -> Linalg.matrixNorm(a, order.value, 2, 0, true)));
    });
    return rows;
  }

  private static List<Row> cond() {
    List<Row> rows = new ArrayList<>();
    for (String name : List.of("fro", "nuc")) {
      rows.add(row("cond-" + name, a -> Linalg.cond(lifted(a), name)));
    }
    ORDERS.forEach(
        order -> rows.add(row("cond-" + order.name, a -> Linalg.cond(lifted(a), order.value))));
    return rows;
  }

  private record Order(String name, double value) {}

  private static final List<Order> ORDERS =
      List.of(
          new Order("1", 1),
          new Order("-1", -1),
          new Order("2", 2),
          new Order("-2", -2),
          new Order("inf", INF),
          new Order("-inf", -INF));
}
