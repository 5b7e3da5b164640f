package dev.gatun.tensor;

import dev.gatun.kernel.SpecialKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;

/// The error function and the gamma function, and what goes with them.
final class Special {
  private static final double SLOPE = 2 / Math.sqrt(Math.PI);

  private Special() {}

  /// `y = 1 - erf x`
  record Erfc() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return SpecialKernels.erfc(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.mul(x).neg().exp().mul(-SLOPE);
    }
  }

  /// `y` such that `erf y = x`
  record Erfinv() implements Curve.OfResult {
    @Override
    public UnaryRow row(DType dtype) {
      return SpecialKernels.erfinv(dtype);
    }

    @Override
    public Tensor slope(Tensor y) {
      return y.mul(y).exp().mul(1 / SLOPE);
    }
  }

  /// `y = ln |Γ(x)|`
  record Lgamma() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return SpecialKernels.lgamma(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.digamma();
    }
  }

  /// `y = Γ'(x) / Γ(x)`
  record Digamma() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return SpecialKernels.digamma(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.polygamma(1);
    }
  }

  /// `y` is the n-th derivative of digamma
  record Polygamma(int n) implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return SpecialKernels.polygamma(dtype, n);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.polygamma(n + 1);
    }
  }

  /// `y = x`, but other numbers for NaN and for the infinities, where the slope is 0
  record NanToNum(double nan, double posinf, double neginf) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating("nanToNum", x, x);
      return Raw.unary(SpecialKernels.nanToNum(dtype, nan, posinf, neginf), dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return Tensor.where(node.input(0).isfinite(), g, Arithmetic.zeroLike(g));
    }
  }

  static Curve polygamma(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("polygamma: order must not be negative: " + n);
    }
    if (n > 170) {
      throw new IllegalArgumentException(
          "polygamma: order is above 170, its factorial has no F64: " + n);
    }
    return n == 0 ? new Digamma() : new Polygamma(n);
  }

  /// Replaces as PyTorch does where nothing is given: by 0 and by the dtype's largest numbers.
  static Tensor nanToNum(Tensor x) {
    double largest = largest(x.dtype);
    return nanToNum(x, 0, largest, -largest);
  }

  static double largest(DType dtype) {
    return dtype == DType.F64 ? Double.MAX_VALUE : Float.MAX_VALUE;
  }

  static Tensor nanToNum(Tensor x, double nan, double posinf, double neginf) {
    return switch (x.dtype) {
      case I32, I64, U8, BOOL -> Raw.copy(x);
      case F32, F64, BF16, F16 -> new NanToNum(nan, posinf, neginf).apply(x);
    };
  }

  /// Asks of every element whether it is infinite or the like; integers all answer alike.
  static Tensor classify(Tensor x, Curve.Table kernels, boolean integers) {
    return switch (x.dtype) {
      case F32, F64 -> Raw.unary(kernels.row(x.dtype), DType.BOOL, x);
      case BF16, F16 -> classify(x.detach().to(DType.F32), kernels, integers);
      case I32, I64, U8, BOOL -> Tensor.full(DType.BOOL, integers ? 1 : 0, x.shape);
    };
  }
}
