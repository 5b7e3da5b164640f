package dev.gatun.kernel;

/// Activation functions of one number, and their gradients: what the vector loops are held to.
final class Curves {
  private Curves() {}

  static double slopes(Slopes s, double g, double x, double low, double high) {
    double slope = x < low ? s.below() : x > high ? s.above() : s.between();
    return slope == 0 ? 0 : g * slope;
  }

  static double leakyRelu(double x, double slope) {
    return x > 0 ? x : x * slope;
  }

  static double hardtanh(double x, double low, double high) {
    return Math.min(Math.max(x, low), high);
  }

  static double hardsigmoid(double x) {
    return hardtanh(x + 3, 0, 6) / 6;
  }

  /// NaN stays NaN.
  static double softshrink(double x, double lambda) {
    return x > lambda ? x - lambda : x < -lambda ? x + lambda : x * 0;
  }

  static double hardswish(double x) {
    return x * (hardtanh(x + 3, 0, 6) / 6);
  }

  static double hardswish(double g, double x) {
    return x < -3 ? 0 : x <= 3 ? g * (x / 3 + 0.5) : g;
  }

  static double softsign(double x) {
    return x / (1 + Math.abs(x));
  }

  static double softsign(double g, double x) {
    double d = 1 + Math.abs(x);
    return g / (d * d);
  }

  static double elu(double x, double alpha, double scale, double inner) {
    return x <= 0 ? Math.expm1(x * inner) * alpha : x * scale;
  }

  static double elu(double g, double x, double alpha, double scale, double inner) {
    return x <= 0 ? g * (Math.exp(x * inner) * (alpha * inner)) : g * scale;
  }

  /// By the root of `exp(-|x|)`, which itself is subnormal where its product with `x` is not.
  static double silu(double x) {
    double root = Math.exp(-Math.abs(x) / 2);
    return (x < 0 ? x * root * root : x) / (1 + root * root);
  }

  static double silu(double g, double x) {
    double e = Math.exp(-Math.abs(x));
    double inverse = 1 / (1 + e);
    double s = x < 0 ? e * inverse : inverse;
    return g * (s + x * e * inverse * inverse);
  }

  /// The tanh is a quotient that neither overflows nor cancels.
  static double mish(double x) {
    double root = Math.exp(-Math.abs(x) / 2);
    double e = root * root;
    double n = x < 0 ? e * (e + 2) : 1 + 2 * e;
    double d = n + (x < 0 ? 2 : 2 * e * e);
    return (x < 0 ? x * root * root * (e + 2) : x * n) / d;
  }

  static double mish(double g, double x) {
    double e = Math.exp(-Math.abs(x));
    double n = x < 0 ? e * (e + 2) : 1 + 2 * e;
    double d = n + (x < 0 ? 2 : 2 * e * e);
    double bell = 4 * (x < 0 ? e : e * e) * (1 + e) / (d * d);
    return g * (n / d + x * bell);
  }

  static double bend(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  static double softplus(double x, double beta, double threshold) {
    return x * beta > threshold ? x : bend(x * beta) / beta;
  }

  static double softplus(double g, double x, double beta, double threshold) {
    return x * beta > threshold ? g : g * F64Unary.sigmoid(x * beta);
  }

  static double logSigmoid(double x) {
    return -bend(-x);
  }

  static double logSigmoid(double g, double x) {
    return g * F64Unary.sigmoid(-x);
  }

  static double tanhshrink(double x) {
    return x - Math.tanh(x);
  }

  static double tanhshrink(double g, double x) {
    double t = Math.tanh(x);
    return g * t * t;
  }

  static double sigmoid(double g, double y) {
    return g * (1 - y) * y;
  }

  static double tanh(double g, double y) {
    return g * (1 - y * y);
  }

  static double gate(double a, double b) {
    return a * F64Unary.sigmoid(b);
  }

  static double gate(double g, double a, double b) {
    double s = F64Unary.sigmoid(b);
    return g * a * s * (1 - s);
  }

  static double prelu(double g, double x, double w) {
    return x > 0 ? g : g * w;
  }
}
