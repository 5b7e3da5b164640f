package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.ExponentialKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;

/// Exponentials, logarithms and roots.
final class Exponentials {
  private static final double LN2 = Math.log(2);
  private static final double LN10 = Math.log(10);

  private Exponentials() {}

  /// `y = 2ˣ`
  record Exp2() implements Curve.OfResult {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.exp2(dtype);
    }

    @Override
    public Tensor slope(Tensor y) {
      return y.mul(LN2);
    }
  }

  /// `y = eˣ - 1`
  record Expm1() implements Curve.OfResult {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.expm1(dtype);
    }

    @Override
    public Tensor slope(Tensor y) {
      return y.add(1);
    }
  }

  /// `y = log₂ x`
  record Log2() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.log2(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.mul(LN2).reciprocal();
    }
  }

  /// `y = log₁₀ x`
  record Log10() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.log10(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.mul(LN10).reciprocal();
    }
  }

  /// `y = ln(1 + x)`
  record Log1p() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.log1p(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.add(1).reciprocal();
    }
  }

  /// `y = 1 / √x`
  record Rsqrt() implements Curve.OfResult {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.rsqrt(dtype);
    }

    @Override
    public Tensor slope(Tensor y) {
      return y.pow(3).mul(-0.5);
    }
  }

  /// `y = ln(x / (1 - x))`, NaN outside of 0 to 1, where the slope is NaN too.
  record Logit() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.logit(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor slope = x.mul(x.neg().add(1)).reciprocal();
      Tensor outside = x.lt(0).logicalOr(x.gt(1));
      return Tensor.where(outside, Tensor.scalar(x.dtype, Double.NaN), slope);
    }
  }

  /// The logit of `x` held between `eps` and `1 - eps`; the slope beyond is 0.
  record LogitHeld(double eps) implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return ExponentialKernels.logit(dtype);
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor v = Curve.asReal(opName(), x);
      Tensor y = Raw.emptyLike(v);
      hold(v, y);
      return y;
    }

    void hold(Tensor x, Tensor y) {
      Tensor low = Tensor.scalar(x.dtype, eps);
      Tensor high = Tensor.scalar(x.dtype, 1 - eps);
      Raw.binary(ArithmeticKernels.maximum(x.dtype), x, low, y);
      Raw.binary(ArithmeticKernels.minimum(x.dtype), y, high, y);
      Raw.unary(row(x.dtype), y, y);
    }

    @Override
    public String opName() {
      return "logit";
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor slope = x.mul(x.neg().add(1)).reciprocal();
      Tensor outside = x.lt(eps).logicalOr(x.gt(1 - eps));
      return Tensor.where(outside, Arithmetic.zeroLike(x), slope);
    }
  }
}
