package dev.gatun.kernel;

/// Gradient descent over a block of each operand.
final class SgdLoops {
  private SgdLoops() {}

  static void step(SgdKernels.Factors f, StepBlocks blocks, boolean momentum) {
    switch (blocks) {
      case F32StepBlocks b -> f32(f, b.rows, momentum, b.n);
      case F64StepBlocks b -> f64(f, b.rows, momentum, b.n);
    }
  }

  private static void f32(SgdKernels.Factors f, float[][] rows, boolean momentum, int n) {
    if (momentum && Dispatch.vector()) {
      VectorSgd.momentum(f, rows[0], rows[1], rows[2], n);
    } else if (momentum) {
      momentum(f, rows[0], rows[1], rows[2], n);
    } else if (Dispatch.vector()) {
      VectorSgd.plain(f, rows[0], rows[1], n);
    } else {
      plain(f, rows[0], rows[1], n);
    }
  }

  private static void f64(SgdKernels.Factors f, double[][] rows, boolean momentum, int n) {
    if (momentum && Dispatch.vector()) {
      VectorSgd.momentum(f, rows[0], rows[1], rows[2], n);
    } else if (momentum) {
      momentum(f, rows[0], rows[1], rows[2], n);
    } else if (Dispatch.vector()) {
      VectorSgd.plain(f, rows[0], rows[1], n);
    } else {
      plain(f, rows[0], rows[1], n);
    }
  }

  private static void plain(SgdKernels.Factors f, float[] p, float[] g, int n) {
    float rate = (float) -f.rate();
    float decay = (float) f.decay();
    float sign = f.maximize() ? -1 : 1;
    for (int i = 0; i < n; i++) {
      float d = decay == 0 ? g[i] * sign : g[i] * sign + p[i] * decay;
      p[i] = p[i] + d * rate;
    }
  }

  private static void momentum(SgdKernels.Factors f, float[] p, float[] g, float[] b, int n) {
    float rate = (float) -f.rate();
    float keep = (float) f.keep();
    float take = (float) f.take();
    float decay = (float) f.decay();
    float sign = f.maximize() ? -1 : 1;
    boolean nesterov = f.nesterov();
    for (int i = 0; i < n; i++) {
      float d = decay == 0 ? g[i] * sign : g[i] * sign + p[i] * decay;
      b[i] = b[i] * keep + d * take;
      float step = nesterov ? d + b[i] * keep : b[i];
      p[i] = p[i] + step * rate;
    }
  }

  private static void plain(SgdKernels.Factors f, double[] p, double[] g, int n) {
    double rate = -f.rate();
    double decay = f.decay();
    double sign = f.maximize() ? -1 : 1;
    for (int i = 0; i < n; i++) {
      double d = decay == 0 ? g[i] * sign : g[i] * sign + p[i] * decay;
      p[i] = p[i] + d * rate;
    }
  }

  private static void momentum(SgdKernels.Factors f, double[] p, double[] g, double[] b, int n) {
    double rate = -f.rate();
    double keep = f.keep();
    double take = f.take();
    double decay = f.decay();
    double sign = f.maximize() ? -1 : 1;
    boolean nesterov = f.nesterov();
    for (int i = 0; i < n; i++) {
      double d = decay == 0 ? g[i] * sign : g[i] * sign + p[i] * decay;
      b[i] = b[i] * keep + d * take;
      double step = nesterov ? d + b[i] * keep : b[i];
      p[i] = p[i] + step * rate;
    }
  }
}
