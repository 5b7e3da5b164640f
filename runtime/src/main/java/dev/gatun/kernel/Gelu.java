package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Reference loops of the normal distribution function `Φ` and of `gelu(x) = x Φ(x)`.
public final class Gelu {
  /// `Φ` differs from 0 and 1 by less than the last bit of 1 beyond.
  private static final double FAR = 8.5;

  private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);

  private static final UnaryRow F32 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          float v = f32(x, xo + i * xs);
          f32(y, yo + i * ys, (float) gelu(v));
        }
      };

  private static final UnaryRow F64 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, gelu(f64(x, xo + i * xs)));
        }
      };

  private static final UnaryRow CDF_F32 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) cdf(f32(x, xo + i * xs)));
        }
      };

  private static final UnaryRow CDF_F64 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, cdf(f64(x, xo + i * xs)));
        }
      };

  private Gelu() {}

  /// `y = x Φ(x)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow row(DType dtype) {
    return switch (dtype) {
      case F32 -> F32;
      case F64 -> F64;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("gelu", dtype);
    };
  }

  /// `y = Φ(x)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow cdf(DType dtype) {
    return switch (dtype) {
      case F32 -> CDF_F32;
      case F64 -> CDF_F64;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("gelu", dtype);
    };
  }

  private static double gelu(double x) {
    // Minus infinity times 0 is not what the limit is.
    return x < -40 ? 0 : x * cdf(x);
  }

  /// `1/2 + φ(x) (x + x³/3 + x⁵/15 + …)`, whose terms all have one sign.
  private static double cdf(double x) {
    if (!(Math.abs(x) < FAR)) {
      return x > 0 ? 1 : x < 0 ? 0 : x;
    }
    double square = x * x;
    double term = x;
    double sum = x;
    for (int i = 3; Math.abs(term) > Math.abs(sum) * 0x1p-54; i += 2) {
      term *= square / i;
      sum += term;
    }
    return 0.5 + DENSITY * Math.exp(-0.5 * square) * sum;
  }
}
