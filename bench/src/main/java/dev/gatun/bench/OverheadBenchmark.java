package dev.gatun.bench;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// What an operation costs beside its arithmetic: additions of 2×2 tensors, many in one scope.
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class OverheadBenchmark extends BackendBenchmark {
  private static final int OPERATIONS = 64;

  private Tensor a;
  private Tensor b;
  private Tensor leaf;

  @Override
  void prepare() {
    a = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    b = Tensor.of(new float[] {5, 6, 7, 8}, 2, 2);
    leaf = b.copy().requiresGrad_();
  }

  @Override
  void check() {
    double[] want = DoubleStream.of(5, 6, 7, 8).map(v -> v * OPERATIONS).toArray();
    for (int i = 0; i < want.length; i++) {
      want[i] += i + 1;
    }
    Reference.requireClose("add", addChain(a, b), want, 0);
    Tensor recorded = addChain(a, leaf);
    Reference.requireClose("recorded add", recorded.detach(), want, 0);
    Tensor without = addChain(a, b);
    if (without.requiresGrad() || !recorded.requiresGrad()) {
      throw new IllegalStateException("add: recording is not what was asked for");
    }
  }

  /// Returns the result, whose scope is closed.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor tinyAdd() {
    try (var _ = Scope.open()) {
      return addChain(a, b);
    }
  }

  /// Returns the result, whose scope is closed.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor tinyAddRecorded() {
    try (var _ = Scope.open()) {
      return addChain(a, leaf);
    }
  }

  /// Opening and closing, nothing in between.
  @Benchmark
  public Scope emptyScope() {
    try (var scope = Scope.open()) {
      return scope;
    }
  }

  private static Tensor addChain(Tensor x, Tensor y) {
    Tensor sum = x;
    for (int i = 0; i < OPERATIONS; i++) {
      sum = sum.add(y);
    }
    return sum;
  }
}
