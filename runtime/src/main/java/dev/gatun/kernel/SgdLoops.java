package dev.gatun.kernel;

/// Gradient descent over blocks of elements that are copied to arrays first, as [AdamLoops] does.
final class SgdLoops {
  private SgdLoops() {}

  static void f32(SgdKernels.Job job, long from, long n) {
    Scratch scratch = Scratch.take();
    float[][] blocks = scratch.ensureFloatBlocks(5);
    float[] p = blocks[0];
    float[] g = blocks[1];
    float[] b = blocks[2];
    for (long at = from; at < from + n; at += Scratch.BLOCK) {
      int count = (int) Math.min(Scratch.BLOCK, from + n - at);
      job.p().read(at, p, count);
      job.g().read(at, g, count);
      if (job.momentum()) {
        job.b().read(at, b, count);
        if (Dispatch.vector()) {
          VectorSgd.momentum(job.f(), p, g, b, count);
        } else {
          momentum(job.f(), p, g, b, count);
        }
        job.b().write(b, at, count);
      } else if (Dispatch.vector()) {
        VectorSgd.plain(job.f(), p, g, count);
      } else {
        plain(job.f(), p, g, count);
      }
      job.p().write(p, at, count);
    }
    scratch.release();
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

  static void f64(SgdKernels.Job job, long from, long n) {
    Scratch scratch = Scratch.take();
    double[][] blocks = scratch.ensureDoubleBlocks(5);
    double[] p = blocks[0];
    double[] g = blocks[1];
    double[] b = blocks[2];
    for (long at = from; at < from + n; at += Scratch.BLOCK) {
      int count = (int) Math.min(Scratch.BLOCK, from + n - at);
      job.p().read(at, p, count);
      job.g().read(at, g, count);
      if (job.momentum()) {
        job.b().read(at, b, count);
        if (Dispatch.vector()) {
          VectorSgd.momentum(job.f(), p, g, b, count);
        } else {
          momentum(job.f(), p, g, b, count);
        }
        job.b().write(b, at, count);
      } else if (Dispatch.vector()) {
        VectorSgd.plain(job.f(), p, g, count);
      } else {
        plain(job.f(), p, g, count);
      }
      job.p().write(p, at, count);
    }
    scratch.release();
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
