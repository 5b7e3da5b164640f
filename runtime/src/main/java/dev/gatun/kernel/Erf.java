package dev.gatun.kernel;

/// The error function and what is made of it, one number at a time.
final class Erf {
  static final double ROOT_HALF = 0.7071067811865476;

  /// Density of the normal distribution at 0.
  static final double DENSITY = 0.3989422804014327;

  /// The tanh form of GELU is `x sigmoid(x (SLOPE + CUBIC x^2))`.
  static final double SLOPE = 1.5957691216057308;

  static final double CUBIC = 0.07135481627260025;

  // erf(x) = x + x N(x^2) up to 1; exp(t^2) erfc(t) = C((t - MIDDLE) / (t + MIDDLE)).
  private static final double MIDDLE = 5;

  private static final double[] N = {
    0.12837916709551256,
    -0.37612638903183515,
    0.11283791670943988,
    -0.02686617064307829,
    0.005223977605834144,
    -0.0008548325915185619,
    0.00012055293141376225,
    -1.4924703715938708e-05,
    1.6447023217102174e-06,
    -1.6205467248587028e-07,
    1.3707252976162578e-08,
    -7.772397413348819e-10
  };

  private static final double[] C = {
    0.11070463773306863,
    -0.2133278976482631,
    0.19074099324544444,
    -0.1580869292881371,
    0.12121254375414973,
    -0.08572473565293369,
    0.055683077068659534,
    -0.03302132305505019,
    0.017726068967010216,
    -0.00850594521754948,
    0.0035776937093776624,
    -0.0012750243279820777,
    0.0003589016578722516,
    -6.454330660288072e-05,
    -1.9353000034794173e-06,
    6.323060170457063e-06,
    -2.1517272264895494e-06,
    1.3404672449352583e-07,
    1.7356181141398498e-07,
    -6.608135840245251e-08,
    -1.7282639848642107e-09,
    8.184657873478032e-09,
    -9.471102451969283e-10,
    -7.188862034679396e-10
  };

  // Beyond this the normal distribution is 0 or 1; the clamp keeps infinity out of products.
  private static final double FAR = 40;

  private Erf() {}

  /// The error function, within 1 ulp.
  static double erf(double x) {
    if (Math.abs(x) < 1) {
      return Math.fma(polynomial(N, x * x), x, x);
    }
    double t = Math.min(Math.abs(x), FAR);
    return Math.copySign(1 - scaledComplement(t) * Math.exp(-t * t), x);
  }

  /// `1 - erf(x)`, within some ulp also where that is small.
  static double erfc(double x) {
    if (x < 0.5) {
      return 1 - erf(x);
    }
    double t = Math.min(x, FAR);
    double square = t * t;
    double e = Math.exp(-square);
    return scaledComplement(t) * Math.fma(e, -Math.fma(t, t, -square), e);
  }

  /// `x` times the probability of a normal variable below `x`.
  static double gelu(double x) {
    double t = Math.min(Math.abs(x), FAR);
    return Math.fma(-t, beyond(t, bell(t)), Math.max(x, 0));
  }

  /// The derivative of [#gelu].
  static double geluSlope(double x) {
    double t = Math.min(Math.abs(x), FAR);
    double bell = bell(t);
    double beyond = beyond(t, bell);
    return Math.fma(Math.copySign(t, x) * DENSITY, bell, x < 0 ? beyond : 1 - beyond);
  }

  /// `x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2`.
  static double geluTanh(double x) {
    double v = Math.max(x, -FAR);
    return v * F64Unary.sigmoid(v * (SLOPE + CUBIC * v * v));
  }

  /// The derivative of [#geluTanh].
  static double geluTanhSlope(double x) {
    double v = Math.clamp(x, -FAR, FAR);
    double s = F64Unary.sigmoid(v * (SLOPE + CUBIC * v * v));
    return s + s * (1 - s) * v * (SLOPE + 3 * CUBIC * v * v);
  }

  /// Probability of a normal variable beyond `t`, from 0 on.
  private static double beyond(double t, double bell) {
    return 0.5 * scaledComplement(t * ROOT_HALF) * bell;
  }

  /// `exp(-t^2 / 2)`, the rounding of the square made good.
  private static double bell(double t) {
    double square = t * t;
    double e = Math.exp(-0.5 * square);
    return Math.fma(e, -0.5 * Math.fma(t, t, -square), e);
  }

  private static double scaledComplement(double t) {
    return polynomial(C, (t - MIDDLE) / (t + MIDDLE));
  }

  /// `c[0] + c[1] x + c[2] x^2 + ...`.
  static double polynomial(double[] c, double x) {
    double p = c[c.length - 1];
    for (int i = c.length - 2; i >= 0; i--) {
      p = Math.fma(p, x, c[i]);
    }
    return p;
  }
}
