package dev.gatun.bench;

import dev.gatun.backend.Backend;
import dev.gatun.bindings.Blas;
import dev.gatun.kernel.Gemm;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// Where a product changes from one way of computing it to another: one call of `cblas_sgemm`, the
/// vector kernels, and what the openblas backend makes of it. The thresholds of that backend are
/// read off here; it is right where it is as fast as the faster of the others.
@SuppressWarnings("NullAway.Init")
public class CrossoverBenchmark extends CheckedBenchmark {
  /// What computes: `call`, `vector` or `openblas`.
  @Param({"call", "vector", "openblas"})
  public String way = "";

  /// Sizes `m`, `n` and `k`.
  @Param({
    "4x4x4",
    "8x8x8",
    "16x16x16",
    "32x32x32",
    "1x16x16",
    "1x32x32",
    "1x64x64",
    "1x256x784",
    "1x1024x1024",
    "8x1024x1024",
    "32x1024x1024",
    "64x256x784",
    "64x784x256",
    "128x512x512",
    "128x1024x1024",
    "1024x10x128"
  })
  public String sizes = "";

  /// Whether B is stored transposed, as the weights of a linear layer are.
  @Param({"false", "true"})
  public boolean transB;

  private int m;
  private int n;
  private int k;
  private Gemm gemm;
  private Blas blas;
  private Tensor product;
  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment c;
  private double[] want;

  @Override
  void prepare() {
    String[] parts = sizes.split("x", -1);
    m = Integer.parseInt(parts[0]);
    n = Integer.parseInt(parts[1]);
    k = Integer.parseInt(parts[2]);
    gemm = Gemm.of(way.equals("vector") ? Backend.VECTOR : Backend.OPENBLAS);
    blas = Blas.load();
    Generator generator = Generator.seeded(1);
    Tensor left = Tensor.randn(generator, m, k);
    Tensor right = transB ? Tensor.randn(generator, n, k) : Tensor.randn(generator, k, n);
    product = Tensor.zeros(m, n);
    a = left.segment();
    b = right.segment();
    c = product.segment();
    want = reference(Reference.doubles(left), Reference.doubles(right));
  }

  private double[] reference(double[] left, double[] right) {
    double[] result = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += left[i * k + p] * right[transB ? j * k + p : p * n + j];
        }
        result[i * n + j] = sum;
      }
    }
    return result;
  }

  @Override
  void check() {
    matmul();
    Reference.requireClose("matmul", product, want, 1e-5);
  }

  /// Returns where the product is.
  @Benchmark
  public MemorySegment matmul() {
    int ldb = transB ? k : n;
    if (way.equals("call")) {
      blas.sgemm(false, transB, m, n, k, 1, a, 0, k, b, 0, ldb, 0, c, 0, n);
    } else {
      gemm.gemm(DType.F32, false, transB, m, n, k, 1, a, 0, k, b, 0, ldb, 0, c, 0, n);
    }
    return c;
  }
}
