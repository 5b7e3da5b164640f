package dev.gatun.kernel;

/// Functions of one number that [Math] lacks, within a few ulp.
final class RealFunctions {
  private static final double LN2 = 0.6931471805599453;

  // 1 / ln(2) in two parts.
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LOG2_E_LOW = 2.0355273740931033e-17;

  // Above this x + 1 is x, and x^2 may not fit.
  private static final double LARGE = 0x1p60;

  private RealFunctions() {}

  static double exp2(double x) {
    return Math.pow(2, x);
  }

  /// Exact for powers of two: only the logarithm of what lies between the roots of 1/2 and 2 is
  /// rounded.
  static double log2(double x) {
    if (!(x > 0) || Double.isInfinite(x)) {
      return Math.log(x);
    }
    double v = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
    int k = Math.getExponent(v);
    double m = Math.scalb(v, -k);
    if (m > 1.4142135623730951) {
      m *= 0.5;
      k++;
    }
    double log = Math.log(m);
    return (x < Double.MIN_NORMAL ? k - 54 : k) + Math.fma(log, LOG2_E, log * LOG2_E_LOW);
  }

  static double rsqrt(double x) {
    return 1 / Math.sqrt(x);
  }

  static double trunc(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  static double frac(double x) {
    return x - trunc(x);
  }

  static double asinh(double x) {
    double a = Math.abs(x);
    double y =
        a > LARGE ? Math.log(a) + LN2 : Math.log1p(a + a * a / (1 + Math.sqrt(Math.fma(a, a, 1))));
    return Math.copySign(y, x);
  }

  static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    double t = x - 1;
    return x > LARGE ? Math.log(x) + LN2 : Math.log1p(t + Math.sqrt(t * (t + 2)));
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
  }

  /// `sin(pi x) / (pi x)`.
  static double sinc(double x) {
    double p = Math.PI * x;
    return x == 0 ? 1 : Math.sin(p) / p;
  }

  /// Around 1/2, where it is small, by the logarithm of 1 plus a small number.
  static double logit(double x) {
    double y = 1 - x;
    return Math.abs(x - 0.5) < 0.25 ? Math.log1p((2 * x - 1) / y) : Math.log(x / y);
  }
}
