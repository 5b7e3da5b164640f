package dev.gatun.bench.compare;

import dev.gatun.bindings.Blas;
import dev.gatun.bindings.openblas.Cblas;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// OpenBLAS by generated downcalls alone, into memory that is there: nothing checked, nothing
/// allocated, and the library splits the work itself.
public final class CblasPeer implements Peer {
  /// Loads the library that Gatun uses.
  public CblasPeer() {
    Blas _ = Blas.load();
    Cblas.openblas_set_num_threads(Peer.threads());
  }

  @Override
  public String version() {
    return Blas.load().info().toString();
  }

  @Override
  public boolean supports(Workload workload) {
    return workload instanceof Gemm;
  }

  @Override
  public Task prepare(Workload workload) {
    return new Product((Gemm) workload);
  }

  private static final class Product implements Task {
    private final Arena arena = Arena.ofConfined();
    private final boolean doubles;
    private final int m;
    private final int k;
    private final int n;
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;

    Product(Gemm gemm) {
      doubles = gemm.doubles();
      m = gemm.m();
      k = gemm.k();
      n = gemm.n();
      a = copy(gemm.a());
      b = copy(gemm.b());
      c = copy(new float[m * n]);
    }

    private MemorySegment copy(float[] values) {
      long bytes = doubles ? Double.BYTES : Float.BYTES;
      MemorySegment copy = arena.allocate(values.length * bytes, 64);
      for (int i = 0; i < values.length; i++) {
        if (doubles) {
          copy.setAtIndex(ValueLayout.JAVA_DOUBLE, i, values[i]);
        } else {
          copy.setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i]);
        }
      }
      return copy;
    }

    @Override
    public Object run() {
      int order = Cblas.CblasRowMajor();
      int asIs = Cblas.CblasNoTrans();
      if (doubles) {
        Cblas.cblas_dgemm(order, asIs, asIs, m, n, k, 1, a, k, b, n, 0, c, n);
      } else {
        Cblas.cblas_sgemm(order, asIs, asIs, m, n, k, 1, a, k, b, n, 0, c, n);
      }
      return c;
    }

    @Override
    public double[] result() {
      run();
      return doubles
          ? c.toArray(ValueLayout.JAVA_DOUBLE)
          : Inputs.doubles(c.toArray(ValueLayout.JAVA_FLOAT));
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
