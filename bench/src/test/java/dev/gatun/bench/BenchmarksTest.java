package dev.gatun.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;

/// Every benchmark makes its operands, passes its own check and runs once, on the backend at hand.
class BenchmarksTest {
  @Test
  void matmul() throws ReflectiveOperationException {
    MatmulBenchmark benchmark = new MatmulBenchmark();
    benchmark.n = 8;
    run(benchmark);
  }

  @Test
  void cblas() throws ReflectiveOperationException {
    assertTrue(Blas.isAvailable(), () -> Blas.report().toString());
    CblasBenchmark benchmark = new CblasBenchmark();
    benchmark.n = 8;
    run(benchmark);
  }

  @Test
  void rectangularMatmul() throws ReflectiveOperationException {
    RectangularMatmulBenchmark benchmark = new RectangularMatmulBenchmark();
    benchmark.shape = "2x20x256";
    run(benchmark);
  }

  @Test
  void concurrentInference() throws ReflectiveOperationException {
    ConcurrentInferenceBenchmark benchmark = new ConcurrentInferenceBenchmark();
    benchmark.network = "20-256-10 batch 2";
    run(benchmark);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void trainingStep(String optimizer) throws ReflectiveOperationException {
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.batch = 4;
    benchmark.optimizer = optimizer;
    run(benchmark);
  }

  @Test
  void inference() throws ReflectiveOperationException {
    InferenceBenchmark benchmark = new InferenceBenchmark();
    benchmark.network = "20-256-10 batch 2";
    run(benchmark);
  }

  @Test
  void elementwise() throws ReflectiveOperationException {
    ElementwiseBenchmark benchmark = new ElementwiseBenchmark();
    benchmark.n = 17;
    run(benchmark);
  }

  @Test
  void overhead() throws ReflectiveOperationException {
    run(new OverheadBenchmark());
  }

  @Test
  void aBackendThatDoesNotRunIsAnError() {
    MatmulBenchmark benchmark = new MatmulBenchmark();
    benchmark.backend = "none";
    String current = Backends.current().name();
    assertEquals(
        "benchmark: the backend was chosen too early: " + current + " (asked for none)",
        assertThrows(IllegalStateException.class, benchmark::setup).getMessage());
  }

  @Test
  void aWrongResultIsAnError() {
    try (var _ = Scope.open()) {
      Tensor got = Tensor.of(1, Float.NaN);
      Reference.requireClose("test", Tensor.of(1, 2), new double[] {1, 2.1}, 0.05);
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () -> Reference.requireClose("test", got, new double[] {1, 2}, 1))
              .getMessage();
      assertEquals("test: wrong result at 1 of tensor [2]: NaN (want 2.0 within 2.0)", message);
      assertThrows(
          IllegalStateException.class,
          () -> Reference.requireClose("test", got, new double[] {1}, 1));
    }
  }

  private static void run(CheckedBenchmark benchmark) throws ReflectiveOperationException {
    if (benchmark instanceof BackendBenchmark onBackend) {
      onBackend.backend = Backends.current().name().toLowerCase(Locale.ROOT);
    }
    Scope outside = Scope.current();
    benchmark.setup();
    long called = 0;
    for (var method : benchmark.getClass().getMethods()) {
      if (method.isAnnotationPresent(Benchmark.class)) {
        method.invoke(benchmark);
        called++;
      }
    }
    benchmark.tearDown();
    assertTrue(called > 0, () -> Arrays.toString(benchmark.getClass().getMethods()));
    assertEquals(outside, Scope.current());
  }
}
