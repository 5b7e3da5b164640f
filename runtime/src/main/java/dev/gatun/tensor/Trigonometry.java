package dev.gatun.tensor;

import dev.gatun.kernel.TrigonometryKernels;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;

/// Trigonometric and hyperbolic functions and their inverses.
final class Trigonometry {
  private Trigonometry() {}

  /// `y = sin x`
  record Sin() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.sin(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.cos();
    }
  }

  /// `y = cos x`
  record Cos() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.cos(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.sin().neg();
    }
  }

  /// `y = tan x`
  record Tan() implements Curve.OfResult {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.tan(dtype);
    }

    @Override
    public Tensor slope(Tensor y) {
      return y.mul(y).add(1);
    }
  }

  /// `y = arcsin x`
  record Asin() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.asin(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return oneLessSquare(x).rsqrt();
    }
  }

  /// `y = arccos x`
  record Acos() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.acos(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return oneLessSquare(x).rsqrt().neg();
    }
  }

  /// `y = arctan x`
  record Atan() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.atan(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.mul(x).add(1).reciprocal();
    }
  }

  /// `y = sinh x`
  record Sinh() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.sinh(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.cosh();
    }
  }

  /// `y = cosh x`
  record Cosh() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.cosh(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.sinh();
    }
  }

  /// `y = arsinh x`
  record Asinh() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.asinh(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.mul(x).add(1).rsqrt();
    }
  }

  /// `y = arcosh x`
  record Acosh() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.acosh(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.mul(x).sub(1).rsqrt();
    }
  }

  /// `y = artanh x`
  record Atanh() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.atanh(dtype);
    }

    @Override
    public Tensor slope(Tensor x) {
      return oneLessSquare(x).reciprocal();
    }
  }

  private static Tensor oneLessSquare(Tensor x) {
    return x.mul(x).neg().add(1);
  }

  /// `y = sin(πx) / (πx)`, and 1 at 0, where the slope is 0
  record Sinc() implements Curve.OfOperand {
    @Override
    public UnaryRow row(DType dtype) {
      return TrigonometryKernels.sinc(dtype);
    }

    /// `(cos(πx) - y) / x`
    @Override
    public Tensor slope(Tensor x) {
      Tensor slope = x.mul(Math.PI).cos().sub(x.sinc()).div(x);
      return Tensor.where(x.eq(0), Arithmetic.zeroLike(x), slope);
    }
  }
}
