package dev.gatun.bench;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// Operations on every element of a square F32 matrix, a million by default, results included.
@SuppressWarnings("NullAway.Init")
public class ElementwiseBenchmark extends BackendBenchmark {
  private static final double TOLERANCE = 2e-6;

  /// Rows and columns.
  @Param("1000")
  public int n;

  private Tensor a;
  private Tensor b;
  private Tensor c;

  @Override
  void prepare() {
    Generator generator = Generator.seeded(1);
    a = Tensor.randn(generator, n, n);
    b = Tensor.randn(generator, n, n);
    c = a.copy();
  }

  @Override
  void check() {
    double[] x = Reference.doubles(a);
    double[] y = Reference.doubles(b);
    double[] sums = new double[x.length];
    Arrays.setAll(sums, i -> x[i] + y[i]);
    Reference.requireClose("add", a.add(b), sums, TOLERANCE);
    Reference.requireClose("add into", addInto(), sums, TOLERANCE);
    double[] sigmoid = Reference.map(a, v -> 1 / (1 + Math.exp(-v)));
    Reference.requireClose("sigmoid", a.sigmoid(), sigmoid, TOLERANCE);
    Reference.requireClose("relu", a.relu(), Reference.map(a, v -> Math.max(v, 0)), TOLERANCE);
    Reference.requireClose("exp", a.exp(), Reference.map(a, Math::exp), TOLERANCE);
    Reference.requireClose("tanh", a.tanh(), Reference.map(a, Math::tanh), TOLERANCE);
    Reference.requireClose("sum", a.sum(), new double[] {Arrays.stream(x).sum()}, TOLERANCE);
    Reference.requireClose("softmax", a.softmax(1), Reference.softmax(x, n), TOLERANCE);
  }

  /// Returns the result, whose scope is closed; so do all below.
  @Benchmark
  public Tensor add() {
    try (var _ = Scope.open()) {
      return a.add(b);
    }
  }

  /// Into the first operand's memory.
  @Benchmark
  public Tensor addInto() {
    return c.add_(b);
  }

  @Benchmark
  public Tensor sigmoid() {
    try (var _ = Scope.open()) {
      return a.sigmoid();
    }
  }

  @Benchmark
  public Tensor relu() {
    try (var _ = Scope.open()) {
      return a.relu();
    }
  }

  @Benchmark
  public Tensor exp() {
    try (var _ = Scope.open()) {
      return a.exp();
    }
  }

  @Benchmark
  public Tensor tanh() {
    try (var _ = Scope.open()) {
      return a.tanh();
    }
  }

  @Benchmark
  public Tensor sum() {
    try (var _ = Scope.open()) {
      return a.sum();
    }
  }

  /// Over each row.
  @Benchmark
  public Tensor softmax() {
    try (var _ = Scope.open()) {
      return a.softmax(1);
    }
  }
}
