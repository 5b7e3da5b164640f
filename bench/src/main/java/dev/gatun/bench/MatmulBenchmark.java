package dev.gatun.bench;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// A product of two square matrices, as a program writes it: in a scope, result included.
@SuppressWarnings("NullAway.Init")
public class MatmulBenchmark extends BackendBenchmark {
  /// Rows and columns.
  @Param({"8", "16", "32", "64", "97", "128", "256", "509", "512", "1024", "1536", "2048"})
  public int n;

  /// Their type.
  @Param("F32")
  public DType dtype = DType.F32;

  private Tensor a;
  private Tensor b;

  @Override
  void prepare() {
    Generator generator = Generator.seeded(1);
    a = Tensor.randn(generator, dtype, n, n);
    b = Tensor.randn(generator, dtype, n, n);
  }

  @Override
  void check() {
    double[] want = Reference.matmul(Reference.doubles(a), Reference.doubles(b), n, n);
    Reference.requireClose("matmul", a.matmul(b), want, 1e-5);
  }

  /// Returns the product, whose scope is closed.
  @Benchmark
  public Tensor matmul() {
    try (var _ = Scope.open()) {
      return a.matmul(b);
    }
  }
}
