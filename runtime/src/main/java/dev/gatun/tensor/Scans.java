package dev.gatun.tensor;

import dev.gatun.kernel.ScanKernels;
import dev.gatun.memory.DType;

/// Operations whose results run along a dimension.
final class Scans {
  private Scans() {}

  /// `y_k = x_0 + … + x_k` along `dim`, or `x_k + … + x_n`
  record CumSum(int dim, boolean reverse) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return scan("cumsum", ScanKernels.Kind.SUM, x, dim, reverse);
    }

    @Override
    public String opName() {
      return "cumsum";
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new CumSum(dim, !reverse).apply(g);
    }
  }

  /// `y_k = x_0 … x_k` along `dim`, or `x_k … x_n`
  record CumProd(int dim, boolean reverse) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return scan("cumprod", ScanKernels.Kind.PROD, x, dim, reverse);
    }

    @Override
    public String opName() {
      return "cumprod";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `y_(k-1) s_k`, where `s_k = g_k + x_(k+1) s_(k+1)`: no division, so zeros do no harm
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor before = shift(node.output(), dim, !reverse, 1);
      Tensor factors = shift(node.input(0), dim, reverse, 0);
      return before.mul(new Recurrence(dim, !reverse).apply(g, factors));
    }
  }

  /// `y_k = a_k + b_k y_(k-1)` along `dim`, or with `y_(k+1)`; the first is `a`
  record Recurrence(int dim, boolean reverse) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      Tensor summands = Raw.contiguous(a);
      Tensor factors = Raw.contiguous(b);
      Tensor y = Raw.emptyLike(summands);
      ScanKernels.recurrence(
          a.dtype,
          reverse,
          outer(a, dim),
          size(a, dim),
          inner(a, dim),
          summands.memory(),
          summands.offset,
          factors.memory(),
          factors.offset,
          y.writable(),
          y.offset);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new Recurrence(dim, !reverse).apply(g, shift(node.input(1), dim, reverse, 0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return backwardA(node, g).mul(shift(node.output(), dim, !reverse, 0));
    }
  }

  /// `y_k = ln(e^x_0 + … + e^x_k)` along `dim`
  record LogCumSumExp(int dim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Arithmetic.floating("logcumsumexp", x, x);
      return scan("logcumsumexp", ScanKernels.Kind.LOG_SUM_EXP, x, dim, false);
    }

    @Override
    public String opName() {
      return "logcumsumexp";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `e^(x_k - y_k) s_k`, where `s_k = g_k + e^(y_k - y_(k+1)) s_(k+1)`: no exponent is positive
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor y = node.output();
      // Where nothing has been added up yet, any finite number will do.
      Tensor finite =
          Tensor.where(y.eq(Double.NEGATIVE_INFINITY), Tensor.scalar(y.dtype, -1e37), y);
      Tensor slope = new Recurrence(dim, true).apply(g, finite.sub(next(finite)).exp());
      return node.input(0).sub(finite).exp().mul(slope);
    }

    /// The results behind each one; behind the last itself.
    private Tensor next(Tensor y) {
      long n = size(y, dim);
      return y.shape.length == 0 || n == 0
          ? y
          : Tensor.cat(dim, y.narrow(dim, 1, n - 1), y.narrow(dim, n - 1, 1));
    }
  }

  private static Tensor scan(String op, ScanKernels.Kind kind, Tensor x, int dim, boolean reverse) {
    DType dtype =
        switch (x.dtype) {
          case F32, F64, I64 -> x.dtype;
          case I32, U8, BOOL, BF16, F16 -> throw Arithmetic.unsupported(op, x, "F32, F64 or I64");
        };
    Tensor from = Raw.contiguous(x);
    Tensor y = Raw.emptyLike(from);
    var memory = from.memory();
    ScanKernels.scan(
        kind,
        dtype,
        reverse,
        outer(x, dim),
        size(x, dim),
        inner(x, dim),
        memory,
        from.offset,
        y.writable(),
        y.offset);
    return y;
  }

  /// The running largest or smallest element and where it stands.
  static ValuesIndices extremes(String op, boolean max, Tensor x, int dim) {
    int along = Shapes.dim(op, dim, x.shape);
    Tensor at = positions(op, max, x, along);
    return new ValuesIndices(x.shape.length == 0 ? x.copy() : x.gather(along, at), at);
  }

  /// Running positions of the largest or smallest element, I64; they have no gradient.
  static Tensor positions(String op, boolean max, Tensor x, int dim) {
    switch (x.dtype) {
      case F32, F64, I32, I64, U8, BOOL -> {}
      case BF16, F16 -> throw Arithmetic.unsupported(op, x, "F32, F64, integers or BOOL");
    }
    Tensor from = Raw.contiguous(x);
    Tensor y = Raw.empty(op, DType.I64, x.shape);
    var memory = from.memory();
    ScanKernels.positions(
        x.dtype,
        max,
        outer(x, dim),
        size(x, dim),
        inner(x, dim),
        memory,
        from.offset,
        y.writable(),
        y.offset);
    return y;
  }

  /// Everything one place further along `dim`, toward the end or toward the front, with `fill` in
  /// the place that becomes free.
  static Tensor shift(Tensor x, int dim, boolean towardEnd, double fill) {
    if (x.shape.length == 0) {
      return Creation.full(x.dtype, fill, x.shape);
    }
    long n = x.shape[dim];
    if (n == 0) {
      return x;
    }
    Tensor free = Creation.full(x.dtype, fill, Shapes.with(x.shape, dim, 1));
    return towardEnd
        ? Tensor.cat(dim, free, x.narrow(dim, 0, n - 1))
        : Tensor.cat(dim, x.narrow(dim, 1, n - 1), free);
  }

  static long outer(Tensor x, int dim) {
    long outer = 1;
    for (int i = 0; i < dim; i++) {
      outer *= x.shape[i];
    }
    return outer;
  }

  static long size(Tensor x, int dim) {
    return x.shape.length == 0 ? 1 : x.shape[dim];
  }

  static long inner(Tensor x, int dim) {
    long inner = 1;
    for (int i = dim + 1; i < x.shape.length; i++) {
      inner *= x.shape[i];
    }
    return inner;
  }
}
