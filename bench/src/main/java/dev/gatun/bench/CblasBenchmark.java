package dev.gatun.bench;

import dev.gatun.bindings.Blas;
import dev.gatun.bindings.openblas.Cblas;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// What [MatmulBenchmark] is measured against: `cblas_sgemm` alone, into memory that is there,
/// through the checked facade and without it. The library runs on one thread, whatever
/// `gatun.threads` says.
@SuppressWarnings("NullAway.Init")
public class CblasBenchmark extends CheckedBenchmark {
  /// Rows and columns.
  @Param({"8", "16", "32", "64", "97", "128", "256", "509", "512", "1024", "1536", "2048"})
  public int n;

  private Blas blas;
  private Tensor product;
  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment c;
  private double[] want;

  @Override
  void prepare() {
    blas = Blas.load();
    Generator generator = Generator.seeded(1);
    Tensor left = Tensor.randn(generator, n, n);
    Tensor right = Tensor.randn(generator, n, n);
    product = Tensor.zeros(n, n);
    a = left.segment();
    b = right.segment();
    c = product.segment();
    want = Reference.matmul(Reference.doubles(left), Reference.doubles(right), n, n);
  }

  @Override
  void check() {
    matmul();
    Reference.requireClose("cblas_sgemm", product, want, 1e-5);
    c.fill((byte) 0);
    matmulUnchecked();
    Reference.requireClose("cblas_sgemm, unchecked", product, want, 1e-5);
  }

  /// Returns where the product is.
  @Benchmark
  public MemorySegment matmul() {
    blas.sgemm(false, false, n, n, n, 1, a, 0, n, b, 0, n, 0, c, 0, n);
    return c;
  }

  /// Returns where the product is.
  @Benchmark
  public MemorySegment matmulUnchecked() {
    int asIs = Cblas.CblasNoTrans();
    Cblas.cblas_sgemm(Cblas.CblasRowMajor(), asIs, asIs, n, n, n, 1, a, n, b, n, 0, c, n);
    return c;
  }
}
