package dev.gatun.kernel;

/// The inverse of the error function, one number at a time: an approximation (Giles, "Approximating
/// the erfinv function", 2010) and Halley's steps, which are taken on the complement where the
/// error function is near 1, so that nothing cancels.
final class ErfInverse {
  private static final double[] CENTRAL = {
    1.50140941,
    0.246640727,
    -0.00417768164,
    -0.00125372503,
    0.00021858087,
    -4.39150654e-06,
    -3.5233877e-06,
    3.43273939e-07,
    2.81022636e-08
  };

  private static final double[] TAIL = {
    2.83297682,
    1.00167406,
    0.00943887047,
    -0.0076224613,
    0.00573950773,
    -0.00367342844,
    0.00134934322,
    0.000100950558,
    -0.000200214257
  };

  // Up to here `-log(1 - y^2)` is in the range of the approximation.
  private static final double APPROXIMATED = 16;

  private static final double SLOPE = 2 / Math.sqrt(Math.PI);

  private ErfInverse() {}

  static double erfinv(double y) {
    double a = Math.abs(y);
    if (!(a < 1)) {
      return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, y) : Double.NaN;
    }
    double w = -Math.log((1 - a) * (1 + a));
    double x = start(a, w);
    boolean tail = a > 0.5;
    // The approximation has six digits, of which one step makes eighteen.
    for (int step = w < APPROXIMATED ? 1 : 3; step > 0; step--) {
      double over = tail ? (1 - a) - Erf.erfc(x) : Erf.erf(x) - a;
      double u = over / (SLOPE * Math.exp(-x * x));
      x -= u / (1 + x * u);
    }
    return Math.copySign(x, y);
  }

  private static double start(double a, double w) {
    if (w < 5) {
      return a * Erf.polynomial(CENTRAL, w - 2.5);
    }
    double root = Math.sqrt(w);
    // Beyond the range of the approximation erfc(x) is near exp(-x^2) / (x root(pi)).
    return w < APPROXIMATED
        ? a * Erf.polynomial(TAIL, root - 3)
        : Math.sqrt(w + Math.log(2) - Math.log(root * Math.sqrt(Math.PI)));
  }
}
