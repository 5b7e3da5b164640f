package dev.gatun.bench;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// A product of F32 matrices that are not square, as layers ask for them.
@SuppressWarnings("NullAway.Init")
public class RectangularMatmulBenchmark extends BackendBenchmark {
  /// Rows of the first, what is summed over, columns of the second.
  @Param({"1x784x256", "64x784x256", "2x20x256", "256x1024x1024"})
  public String shape;

  private Tensor a;
  private Tensor b;
  private int m;
  private int k;

  @Override
  void prepare() {
    int[] sizes = Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    m = sizes[0];
    k = sizes[1];
    Generator generator = Generator.seeded(1);
    a = Tensor.randn(generator, m, k);
    b = Tensor.randn(generator, k, sizes[2]);
  }

  @Override
  void check() {
    double[] want = Reference.matmul(Reference.doubles(a), Reference.doubles(b), m, k);
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
