package dev.gatun.kernel;

/// Adam over blocks of elements that are copied to arrays first, where the first-level cache keeps
/// them. In a loop over five segments the compiler would bet on the kind of arena that most
/// segments of the process have; parameters have another, and every loop over them would leave the
/// compiled code.
final class AdamLoops {
  private AdamLoops() {}

  static void f32(AdamKernels.Job job, long from, long n) {
    Scratch scratch = Scratch.take();
    float[][] blocks = scratch.ensureFloatBlocks(5);
    float[] p = blocks[0];
    float[] g = blocks[1];
    float[] m = blocks[2];
    float[] v = blocks[3];
    float[] top = job.keeps() ? blocks[4] : v;
    for (long at = from; at < from + n; at += Scratch.BLOCK) {
      int count = (int) Math.min(Scratch.BLOCK, from + n - at);
      job.p().read(at, p, count);
      job.g().read(at, g, count);
      job.m().read(at, m, count);
      job.v().read(at, v, count);
      if (job.keeps()) {
        job.largest().read(at, top, count);
      }
      if (Dispatch.vector()) {
        VectorAdam.step(job.f(), p, g, m, v, top, count);
      } else {
        step(job.f(), p, g, m, v, top, count);
      }
      job.p().write(p, at, count);
      job.m().write(m, at, count);
      job.v().write(v, at, count);
      if (job.keeps()) {
        job.largest().write(top, at, count);
      }
    }
    scratch.release();
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

  static void f64(AdamKernels.Job job, long from, long n) {
    Scratch scratch = Scratch.take();
    double[][] blocks = scratch.ensureDoubleBlocks(5);
    double[] p = blocks[0];
    double[] g = blocks[1];
    double[] m = blocks[2];
    double[] v = blocks[3];
    double[] top = job.keeps() ? blocks[4] : v;
    for (long at = from; at < from + n; at += Scratch.BLOCK) {
      int count = (int) Math.min(Scratch.BLOCK, from + n - at);
      job.p().read(at, p, count);
      job.g().read(at, g, count);
      job.m().read(at, m, count);
      job.v().read(at, v, count);
      if (job.keeps()) {
        job.largest().read(at, top, count);
      }
      if (Dispatch.vector()) {
        VectorAdam.step(job.f(), p, g, m, v, top, count);
      } else {
        step(job.f(), p, g, m, v, top, count);
      }
      job.p().write(p, at, count);
      job.m().write(m, at, count);
      job.v().write(v, at, count);
      if (job.keeps()) {
        job.largest().write(top, at, count);
      }
    }
    scratch.release();
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
