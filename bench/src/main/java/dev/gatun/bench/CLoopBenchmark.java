package dev.gatun.bench;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// What [ElementwiseBenchmark] is measured against: loops in C, into memory that is there.
@SuppressWarnings("NullAway.Init")
public class CLoopBenchmark extends CheckedBenchmark {
  /// How many numbers, as rows and columns.
  @Param("1000")
  public int n;

  /// Their type.
  @Param({"F32", "F64"})
  public DType dtype;

  private boolean doubles;
  private long count;
  private Tensor x;
  private Tensor result;
  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment c;

  @Override
  void prepare() {
    Generator generator = Generator.seeded(1);
    x = Tensor.randn(generator, dtype, n, n);
    result = Tensor.zeros(dtype, n, n);
    doubles = dtype == DType.F64;
    count = x.numel();
    a = x.segment();
    b = Tensor.randn(generator, dtype, n, n).segment();
    c = result.segment();
  }

  @Override
  void check() {
    double[] want = Reference.doubles(x);
    copy();
    Reference.requireClose("copy", result, want, 0);
    relu();
    Reference.requireClose("relu", result, Reference.map(x, v -> Math.max(v, 0)), 0);
    double sum = Arrays.stream(want).sum();
    if (!(Math.abs(sum() - sum) <= 1e-7 * Arrays.stream(want).map(Math::abs).sum())) {
      throw new IllegalStateException("sum: wrong result: %s (want %s)".formatted(sum(), sum));
    }
    CLoops.add(doubles, a, a, c, count);
    Reference.requireClose("add", result, Reference.map(x, v -> 2 * v), 1e-6);
  }

  /// Returns where the result is; so do all below.
  @Benchmark
  public MemorySegment add() {
    CLoops.add(doubles, a, b, c, count);
    return c;
  }

  @Benchmark
  public MemorySegment relu() {
    CLoops.relu(doubles, a, c, count);
    return c;
  }

  @Benchmark
  public MemorySegment copy() {
    CLoops.copy(doubles, a, c, count);
    return c;
  }

  /// Returns the sum.
  @Benchmark
  public double sum() {
    return CLoops.sum(doubles, a, count);
  }
}
