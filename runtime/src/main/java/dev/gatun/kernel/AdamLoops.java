package dev.gatun.kernel;

/// Adam over a block of each operand.
final class AdamLoops {
  private AdamLoops() {}

  /// @param keeps whether a last operand has the largest mean of squares
  static void step(AdamKernels.Factors f, StepBlocks blocks, boolean keeps) {
    switch (blocks) {
      case F32StepBlocks b -> f32(f, b.rows, b.rows[keeps ? 4 : 3], b.n);
      case F64StepBlocks b -> f64(f, b.rows, b.rows[keeps ? 4 : 3], b.n);
    }
  }

  private static void f32(AdamKernels.Factors f, float[][] rows, float[] top, int n) {
    if (Dispatch.vector()) {
      VectorAdam.step(f, rows[0], rows[1], rows[2], rows[3], top, n);
    } else {
      step(f, rows[0], rows[1], rows[2], rows[3], top, n);
    }
  }

  private static void f64(AdamKernels.Factors f, double[][] rows, double[] top, int n) {
    if (Dispatch.vector()) {
      VectorAdam.step(f, rows[0], rows[1], rows[2], rows[3], top, n);
    } else {
      step(f, rows[0], rows[1], rows[2], rows[3], top, n);
    }
  }

  /// Reference loop; `top` is `v` where no largest mean of squares is kept.
  private static void step(
      AdamKernels.Factors f, float[] p, float[] g, float[] m, float[] v, float[] top, int n) {
    float rate = (float) -f.rate();
    float beta1 = (float) f.beta1();
    float rest1 = (float) (1 - f.beta1());
    float beta2 = (float) f.beta2();
    float rest2 = (float) (1 - f.beta2());
    float correction = (float) f.correction();
    float eps = (float) f.eps();
    float decay = (float) f.decay();
    float shrink = (float) f.shrink();
    float sign = f.maximize() ? -1 : 1;
    for (int i = 0; i < n; i++) {
      float x = p[i] * shrink;
      float d = decay == 0 ? g[i] * sign : g[i] * sign + x * decay;
      m[i] = m[i] * beta1 + d * rest1;
      v[i] = v[i] * beta2 + d * rest2 * d;
      top[i] = Math.max(top[i], v[i]);
      p[i] = x + m[i] * rate / ((float) Math.sqrt(top[i]) / correction + eps);
    }
  }

  private static void step(
      AdamKernels.Factors f, double[] p, double[] g, double[] m, double[] v, double[] top, int n) {
    double rate = -f.rate();
    double beta1 = f.beta1();
    double rest1 = (1 - f.beta1());
    double beta2 = f.beta2();
    double rest2 = (1 - f.beta2());
    double correction = f.correction();
    double eps = f.eps();
    double decay = f.decay();
    double shrink = f.shrink();
    double sign = f.maximize() ? -1 : 1;
    for (int i = 0; i < n; i++) {
      double x = p[i] * shrink;
      double d = decay == 0 ? g[i] * sign : g[i] * sign + x * decay;
      m[i] = m[i] * beta1 + d * rest1;
      v[i] = v[i] * beta2 + d * rest2 * d;
      top[i] = Math.max(top[i], v[i]);
      p[i] = x + m[i] * rate / (Math.sqrt(top[i]) / correction + eps);
    }
  }
}
