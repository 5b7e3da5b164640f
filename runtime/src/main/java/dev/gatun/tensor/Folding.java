package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.FoldMaps;
import dev.gatun.kernel.Reduction;
import dev.gatun.kernel.UnaryKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// What the methods of [StatisticsOps] do.
final class Folding {
  private Folding() {}

  /// `y = Π x` over `dims`, the dimensions of one operand or one of them
  record Prod(Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.number("prod", x, x);
      return Reductions.fold(Reduction.Kind.PROD, null, dtype, dtype, x, dims.values(), keepdim);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `g y / x`, or without a division, which a 0 does not survive: the product of all before and
    /// of all behind each element.
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      long[] over = dims.values();
      Tensor wide = Reductions.restore(g, node.shape(0), over, keepdim);
      if (countNonzero(x, Shapes.dims("prod", new int[0], x.shape), false).itemLong() == x.numel) {
        Tensor y = Reductions.restore(node.output(), node.shape(0), over, keepdim);
        return wide.mul(y.div(x));
      }
      if (over.length == 1) {
        return wide.mul(others(x, (int) over[0]));
      }
      return wide.mul(others(x.reshape(x.numel), 0).view(x.shape));
    }

    private static Tensor others(Tensor x, int dim) {
      Tensor before = Scans.shift(x.cumprod(dim), dim, true, 1);
      Tensor behind = Scans.shift(new Scans.CumProd(dim, true).apply(x), dim, false, 1);
      return before.mul(behind);
    }
  }

  /// `y = Σ (x - mean)² / (n - correction)` over `dims`, or its root
  record Variance(boolean root, Size dims, double correction, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating(opName(), x, x);
      Reductions.Arranged view = Reductions.Arranged.of(x, dims.values());
      Tensor y = Raw.empty(opName(), dtype, Shapes.reduce(x.shape, dims.values(), keepdim));
      MemorySegment from = x.memory();
      Reduction.variance(
          dtype,
          correction,
          root,
          view.shape(),
          view.reduced(),
          from,
          x.offset,
          view.strides(),
          y.writable(),
          0);
      return y;
    }

    @Override
    public String opName() {
      return root ? "std" : "var";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `2 g (x - mean) / (n - correction)`; for the root over `2 y`, and 0 where `y` is 0
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      long[] over = dims.values();
      Tensor slope = g;
      if (root) {
        Tensor y = node.output();
        Tensor flat = y.eq(0);
        Tensor safe = Tensor.where(flat, Tensor.scalar(y.dtype, 1), y);
        slope = Tensor.where(flat, Arithmetic.zeroLike(g), g.div(safe.mul(2)));
      }
      double n = (double) count(x, over);
      Tensor centered = x.sub(new Reductions.Sum(dims, true).apply(x).mul(1 / n));
      Tensor wide = Reductions.restore(slope, node.shape(0), over, keepdim);
      return wide.mul(centered).mul(2 / Math.max(0, n - correction));
    }
  }

  /// `y = ln Σ eˣ` over `dims`
  record LogSumExp(Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Arithmetic.floating("logsumexp", x, x);
      long[] over = dims.values();
      if (count(x, over) == 0) {
        double nothing = Double.NEGATIVE_INFINITY;
        return Creation.full(x.dtype, nothing, Shapes.reduce(x.shape, over, keepdim));
      }
      Tensor max = new Reductions.Extreme(true, dims, true).forward(x);
      Tensor finite = max.sub(max).eq(0);
      Tensor shift = Tensor.where(finite, max, Arithmetic.zeroLike(max));
      Tensor sum = new Reductions.Sum(dims, true).forward(x.detach().sub(shift).exp());
      Tensor y = sum.log().add(shift);
      return keepdim ? y : y.view(Shapes.reduce(x.shape, over, false));
    }

    @Override
    public String opName() {
      return "logsumexp";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `g eˣ⁻ʸ`, and 0 where `y` is minus infinity
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor y = node.output();
      Tensor nothing = y.eq(Double.NEGATIVE_INFINITY);
      Tensor safe = Tensor.where(nothing, Arithmetic.zeroLike(y), y);
      Tensor wide = Reductions.restore(safe, node.shape(0), dims.values(), keepdim);
      Tensor slope = Reductions.restore(g, node.shape(0), dims.values(), keepdim);
      return slope.mul(node.input(0).sub(wide).exp());
    }
  }

  /// `y = (Σ |x|ᵖ)^(1/p)` over `dims`; for 0 how many are not 0, for infinity the largest `|x|`,
  /// for minus infinity the smallest
  record Norm(double p, Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating("norm", x, x);
      long[] over = dims.values();
      if (p == 0) {
        return countNonzero(x, over, keepdim).to(dtype);
      }
      if (Double.isInfinite(p)) {
        if (p < 0 || count(x, over) > 0) {
          Reductions.requireElements("norm", x, over);
        } else {
          return Creation.full(dtype, 0, Shapes.reduce(x.shape, over, keepdim));
        }
        Reduction.Kind kind = p > 0 ? Reduction.Kind.MAX : Reduction.Kind.MIN;
        return Reductions.fold(kind, UnaryKernels.abs(dtype), dtype, dtype, x, over, keepdim);
      }
      Tensor sum =
          Reductions.fold(Reduction.Kind.SUM, power(dtype), dtype, dtype, x, over, keepdim);
      return p == 1 ? sum : p == 2 ? sum.sqrt_() : sum.pow(1 / p);
    }

    private UnaryRow power(DType dtype) {
      if (p == 2) {
        return ArithmeticKernels.powScalar(dtype, 2);
      }
      UnaryRow abs = UnaryKernels.abs(dtype);
      return p == 1 ? abs : FoldMaps.then(abs, ArithmeticKernels.powScalar(dtype, p));
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    /// `g sign(x) |x|ᵖ⁻¹ / yᵖ⁻¹`, and 0 where that is not defined
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      long[] over = dims.values();
      Tensor wide = Reductions.restore(g, node.shape(0), over, keepdim);
      if (p == 0) {
        return wide.mul(0);
      }
      if (p == 1) {
        return wide.mul(x.sign());
      }
      Tensor y = Reductions.restore(node.output(), node.shape(0), over, keepdim);
      if (Double.isInfinite(p)) {
        Tensor chosen = x.detach().abs().eq(y).to(g.dtype);
        Tensor share = chosen.div(new Reductions.Sum(dims, true).apply(chosen));
        return wide.mul(x.sign().mul(share));
      }
      Tensor flat = p < 1 ? y.eq(0).logicalOr(x.eq(0)) : y.eq(0);
      Tensor one = Tensor.scalar(x.dtype, 1);
      Tensor safe = Tensor.where(flat, one, y);
      Tensor slope = p == 2 ? x.div(safe) : slope(x, safe, p < 2 ? x.eq(0) : flat);
      return wide.mul(Tensor.where(flat, Arithmetic.zeroLike(slope), slope));
    }

    private Tensor slope(Tensor x, Tensor y, Tensor flat) {
      Tensor safe = Tensor.where(flat, Tensor.scalar(x.dtype, 1), x);
      Tensor slope = safe.sign().mul(safe.abs().div(y).pow(p - 1));
      return Tensor.where(flat, Arithmetic.zeroLike(slope), slope);
    }
  }

  /// `y = Σ x` over `dims`, without NaN
  record NanSum(Size dims, boolean keepdim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating("nansum", x, x);
      UnaryRow number = FoldMaps.number(dtype);
      return Reductions.fold(Reduction.Kind.SUM, number, dtype, dtype, x, dims.values(), keepdim);
    }

    @Override
    public String opName() {
      return "nansum";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor wide = Reductions.restore(g, node.shape(0), dims.values(), keepdim);
      return Tensor.where(x.eq(x), wide, Arithmetic.zeroLike(wide));
    }
  }

  /// The product over `dims`, of integers as I64.
  static Tensor prod(Tensor x, long[] dims, boolean keepdim) {
    return switch (x.dtype) {
      case F32, F64 -> new Prod(Size.of(dims), keepdim).apply(x);
      case I64 ->
          Reductions.fold(Reduction.Kind.PROD, null, DType.I64, DType.I64, x, dims, keepdim);
      case I32, U8, BOOL -> {
        UnaryRow wide = FoldMaps.wide(x.dtype);
        yield Reductions.fold(Reduction.Kind.PROD, wide, DType.I64, DType.I64, x, dims, keepdim);
      }
      case BF16, F16 -> throw Arithmetic.unsupported("prod", x, "F32, F64, integers or BOOL");
    };
  }

  /// How many elements behind each result are not 0, I64.
  static Tensor countNonzero(Tensor x, long[] dims, boolean keepdim) {
    UnaryRow map = FoldMaps.nonzero(number(x).dtype);
    return Reductions.fold(Reduction.Kind.SUM, map, DType.I64, DType.I64, number(x), dims, keepdim);
  }

  static Tensor any(Tensor x, long[] dims, boolean keepdim) {
    UnaryRow map = FoldMaps.nonzero(number(x).dtype);
    return Reductions.fold(
        Reduction.Kind.SUM, map, DType.I64, DType.BOOL, number(x), dims, keepdim);
  }

  static Tensor all(Tensor x, long[] dims, boolean keepdim) {
    UnaryRow map = FoldMaps.nonzero(number(x).dtype);
    return Reductions.fold(
        Reduction.Kind.MIN, map, DType.I64, DType.BOOL, number(x), dims, keepdim);
  }

  private static Tensor number(Tensor x) {
    return x.dtype == DType.BF16 || x.dtype == DType.F16 ? x.detach().to(DType.F32) : x;
  }

  /// Number of elements behind each result.
  static long count(Tensor x, long[] dims) {
    long count = 1;
    for (long dim : dims) {
      count *= x.shape[(int) dim];
    }
    return count;
  }
}
