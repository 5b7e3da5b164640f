package dev.gatun.kernel;

/// The logarithm of the gamma function and the derivatives of it, one number at a time. Near a root
/// they are within some ulp of 1, elsewhere within some ulp of the value.
final class Gamma {
  private static final double LOG_PI = 1.1447298858494002;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

  // log(gamma(2 + t)) = t (t + 1) P(t) of t from -1/2 to 1/2.
  private static final double[] P = {
    0.42278433509846713,
    -0.10031730167435393,
    0.032965000621157044,
    -0.012384192193368174,
    0.004998641164608976,
    -0.002108130834192824,
    0.0009153769251825894,
    -0.00040570738962184233,
    0.00018255258590713357,
    -8.30952657395913e-05,
    3.816946378967641e-05,
    -1.7660245284138792e-05,
    8.21835483471519e-06,
    -3.8561103953005865e-06,
    1.8239078213111674e-06,
    -8.213324174028251e-07,
    3.6524653997503806e-07,
    -2.5216327189904846e-07,
    1.3992300497993204e-07
  };

  // Bernoulli numbers B2, B4, ...
  private static final double[] B = {
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510
  };

  // From here on the series in 1 / x^2 are exact.
  private static final double FAR = 10;

  private Gamma() {}

  /// `log |gamma(x)|`; infinite at 0, -1, -2 and so on.
  static double lgamma(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x <= 0) {
      double integer = Math.rint(x);
      double sine = Math.abs(Math.sin(Math.PI * (x - integer)));
      return x == integer ? Double.POSITIVE_INFINITY : LOG_PI - Math.log(sine) - lgamma(1 - x);
    }
    if (x < 0.5) {
      return lgamma(x + 1) - Math.log(x);
    }
    if (x < 1.5) {
      return nearTwo(x - 1) - Math.log1p(x - 1);
    }
    if (x >= FAR) {
      return stirling(x);
    }
    double v = x;
    double product = 1;
    while (v >= 2.5) {
      v -= 1;
      product *= v;
    }
    return nearTwo(v - 2) + Math.log(product);
  }

  private static double nearTwo(double t) {
    return t * (t + 1) * Erf.polynomial(P, t);
  }

  private static double stirling(double x) {
    double z = 1 / (x * x);
    double sum = 0;
    for (int k = B.length; k > 0; k--) {
      sum = sum * z + B[k - 1] / (2 * k * (2 * k - 1));
    }
    double log = Math.log(x);
    return Double.isInfinite(x) ? x : x * (log - 1) - 0.5 * log + (HALF_LOG_TWO_PI + sum / x);
  }

  /// The derivative of [#lgamma], with the limits that PyTorch has: infinite at the zeros, NaN at
  /// the other poles.
  static double digamma(double x) {
    if (x == 0) {
      return Math.copySign(Double.POSITIVE_INFINITY, -x);
    }
    if (x < 0) {
      double r = x - Math.rint(x);
      return r == 0 || Double.isInfinite(x)
          ? Double.NaN
          : digamma(1 - x) - Math.PI / Math.tan(Math.PI * r);
    }
    double v = x;
    double sum = 0;
    while (v < FAR) {
      sum -= 1 / v;
      v += 1;
    }
    double z = 1 / (v * v);
    double series = 0;
    for (int k = B.length; k > 0; k--) {
      series = (series + B[k - 1] / (2 * k)) * z;
    }
    return Double.isInfinite(v) ? v : sum + (Math.log(v) - 0.5 / v - series);
  }

  /// `sum of (q + k)^-s over k = 0, 1, ...` of `q > 0`, by the formula of Euler and Maclaurin.
  static double zeta(int s, double q) {
    double v = q;
    double sum = 0;
    while (v < FAR + s) {
      sum += Math.pow(v, -s);
      v += 1;
    }
    double power = Math.pow(v, -s);
    double factor = 0.5 * s * power / v;
    double series = 0;
    for (int k = 1; k <= B.length; k++) {
      series += B[k - 1] * factor;
      double next = (s + 2.0 * k - 1) * (s + 2.0 * k);
      factor *= next / ((2 * k + 1) * (2 * k + 2) * v * v);
    }
    return Double.isInfinite(v) ? 0 : sum + power * (v / (s - 1) + 0.5) + series;
  }
}
