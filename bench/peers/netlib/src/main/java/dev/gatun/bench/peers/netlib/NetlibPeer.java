package dev.gatun.bench.peers.netlib;

import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Inference;
import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Jars;
import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.Workload;
import dev.ludovic.netlib.blas.BLAS;
import java.util.List;

/// netlib: products, and networks written by hand on top of them. Its matrices are column-major, so
/// it is asked for the product of the transposed, which is the transposed product.
abstract class NetlibPeer implements Peer {
  private final BLAS blas;

  NetlibPeer(BLAS blas) {
    this.blas = blas;
  }

  @Override
  public String version() {
    return Jars.name(BLAS.class) + ' ' + blas.getClass().getSimpleName();
  }

  @Override
  public boolean supports(Workload workload) {
    return workload instanceof Gemm || workload instanceof Inference;
  }

  @Override
  public Task prepare(Workload workload) {
    return switch (workload) {
      case Gemm gemm -> gemm.doubles() ? doubles(gemm) : floats(gemm);
      case Inference inference -> inference(inference);
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private Task floats(Gemm gemm) {
    int m = gemm.m();
    int k = gemm.k();
    int n = gemm.n();
    float[] a = gemm.a();
    float[] b = gemm.b();
    float[] c = new float[m * n];
    return Task.of(
        () -> {
          blas.sgemm("N", "N", n, m, k, 1, b, n, a, k, 0, c, n);
          return c;
        },
        Inputs::doubles);
  }

  private Task doubles(Gemm gemm) {
    int m = gemm.m();
    int k = gemm.k();
    int n = gemm.n();
    double[] a = Inputs.doubles(gemm.a());
    double[] b = Inputs.doubles(gemm.b());
    double[] c = new double[m * n];
    return Task.of(
        () -> {
          blas.dgemm("N", "N", n, m, k, 1, b, n, a, k, 0, c, n);
          return c;
        },
        double[]::clone);
  }

  private Task inference(Inference workload) {
    int batch = workload.batch();
    List<Network.Layer> layers = workload.network().layers();
    List<float[]> weights = layers.stream().map(Network.Layer::transposed).toList();
    List<float[]> outputs = layers.stream().map(layer -> new float[batch * layer.out()]).toList();
    float[] samples = workload.x();
    return Task.of(
        () -> {
          float[] x = samples;
          for (int l = 0; l < weights.size(); l++) {
            Network.Layer layer = layers.get(l);
            float[] y = outputs.get(l);
            int in = layer.in();
            int out = layer.out();
            for (int i = 0; i < batch; i++) {
              System.arraycopy(layer.bias(), 0, y, i * out, out);
            }
            blas.sgemm("N", "N", out, batch, in, 1, weights.get(l), out, x, in, 1, y, out);
            if (l < weights.size() - 1) {
              relu(y);
            }
            x = y;
          }
          return x;
        },
        Inputs::doubles);
  }

  private static void relu(float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(y[i], 0);
    }
  }
}
