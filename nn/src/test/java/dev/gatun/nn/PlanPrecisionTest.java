package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.InferenceMode;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.WeightPrecision;
import dev.gatun.testing.Garbage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("MustBeClosedChecker") // what is not closed was never made
class PlanPrecisionTest {
  private static Sequential mlp() {
    Generator g = Generator.seeded(3);
    Sequential mlp =
        new Sequential(
            new Linear(64, 96, g),
            new GELU(),
            new Linear(96, 40, g),
            new ReLU(),
            new Linear(40, 10, g));
    mlp.eval();
    return mlp;
  }

  private static Plan.Options options(WeightPrecision weights) {
    return Plan.Options.of(70).weights(weights);
  }

  /// The same network with weights that are rounded, but stored as F32.
  private static void round(Module module, WeightPrecision weights) {
    try (var _ = NoGrad.open();
        var _ = Scope.open("round")) {
      for (Parameter parameter : module.parameters()) {
        if (parameter.dim() != 2) {
          continue;
        }
        if (weights == WeightPrecision.BF16) {
          Tensor _ = parameter.copy_(parameter.to(DType.BF16).to(DType.F32));
        } else {
          Tensor scale = parameter.abs().amax(new int[] {1}, true).div(127);
          Tensor _ = parameter.copy_(parameter.div(scale).round().mul(scale));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "INT8"})
  void computesWhatTheModuleDoesWithRoundedWeights(WeightPrecision weights) {
    try (Sequential mlp = mlp();
        Sequential rounded = mlp();
        Plan plan = Plan.compile(mlp, options(weights), 64);
        var _ = Scope.open("test");
        var _ = InferenceMode.open()) {
      round(rounded, weights);
      for (int batch : new int[] {1, 2, 3, 4, 5, 16, 17, 33, 70}) {
        Tensor x = Tensor.randn(Generator.seeded(batch), DType.F32, batch, 64);
        float[] expected = rounded.call(x).toFloatArray();
        assertArrayEquals(expected, plan.run(x).toFloatArray(), 1e-5f);
      }
    }
  }

  @Test
  void weightsTakeFewerBytes() {
    try (Sequential mlp = mlp();
        Plan full = Plan.compile(mlp, DType.F32, 70, 64);
        Plan half = Plan.compile(mlp, options(WeightPrecision.BF16), 64);
        Plan quarter = Plan.compile(mlp, options(WeightPrecision.INT8), 64)) {
      long biases = 4 * (96 + 40 + 10);
      long weights = 4 * (64 * 96 + 96 * 40 + 40 * 10);
      assertEquals(weights + biases, full.weightBytes());
      // Up to a whole panel of columns, and a scale for each.
      assertTrue(half.weightBytes() < 0.7 * weights, half::explain);
      assertTrue(quarter.weightBytes() < 0.45 * weights, quarter::explain);
      assertTrue(half.explain().contains("BF16"), half.explain());
      assertTrue(quarter.explain().contains("INT8"), quarter.explain());
    }
  }

  @Test
  void weightsGoBackWithTheLastPlan() {
    try (Sequential mlp = mlp()) {
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      Plan first = Plan.compile(mlp, options(WeightPrecision.INT8), 64);
      Plan second = Plan.compile(mlp, options(WeightPrecision.INT8), 64);
      first.close();
      try (var _ = Scope.open("test")) {
        assertEquals(10, second.run(Tensor.zeros(DType.F32, 1, 64)).numel());
      }
      second.close();
      Garbage.collect();
      assertEquals(before, MemoryStats.now().liveBytes());
    }
  }

  @Test
  void tellsWhatIsLost() {
    try (Sequential mlp = mlp();
        Plan full = Plan.compile(mlp, DType.F32, 70, 64);
        Plan half = Plan.compile(mlp, options(WeightPrecision.BF16), 64);
        Plan quarter = Plan.compile(mlp, options(WeightPrecision.INT8), 64);
        var _ = Scope.open("test")) {
      Tensor samples = Tensor.randn(Generator.seeded(1), DType.F32, 500, 64);
      PlanAccuracy exact = full.compare(samples);
      assertEquals(500, exact.rows());
      assertEquals(1, exact.agreement());
      assertTrue(exact.largestError() < 1e-5, exact.toString());
      PlanAccuracy bf16 = half.compare(samples);
      PlanAccuracy int8 = quarter.compare(full::run, samples);
      assertTrue(bf16.meanError() > exact.meanError() && bf16.agreement() > 0.95, bf16.toString());
      assertTrue(int8.meanError() > exact.meanError() && int8.agreement() > 0.9, int8.toString());
      assertTrue(int8.meanError() <= int8.largestError());
      assertTrue(int8.largestError() < 0.1 * int8.largestValue(), int8.toString());
      assertEquals(
          "3 rows: errors up to 0.500, 0.125 on average, of values up to 4.00; 66.67 % answer the"
              + " same",
          new PlanAccuracy(3, 0.5, 0.125, 4, 2 / 3.0).toString());
      assertMessage(
          "compare: there must be rows to compare: tensor [0,64]",
          () -> full.compare(Tensor.zeros(DType.F32, 0, 64)));
    }
  }

  @Test
  void refusesWhatItCannotRound() {
    try (Sequential mlp = mlp();
        var _ = NoGrad.open()) {
      assertMessage(
          "compile: INT8 weights multiply rows of F32: the input is F64",
          () -> options(WeightPrecision.INT8).dtype(DType.F64));
      mlp.parameters().getFirst().select(0, 5).fill_(Float.NaN);
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      assertMessage(
          "quantize: INT8 weights must be finite: row 5 of [96,64] has NaN; use BF16",
          () -> Plan.compile(mlp, options(WeightPrecision.INT8), 64).close());
      Garbage.collect();
      assertEquals(before, MemoryStats.now().liveBytes());
      Plan.compile(mlp, options(WeightPrecision.BF16), 64).close();
    }
  }

  @Test
  void manyThreadsUseOnePlan() throws InterruptedException {
    try (Sequential mlp = mlp();
        Plan plan = Plan.compile(mlp, options(WeightPrecision.INT8), 64);
        var _ = Scope.open("test")) {
      Tensor x = Tensor.randn(Generator.seeded(2), DType.F32, 3, 64);
      float[] rows = x.toFloatArray();
      float[] expected = plan.run(x).toFloatArray();
      List<Throwable> failures = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Runnable calls =
            () -> {
              try (var _ = Scope.open("thread")) {
                for (int k = 0; k < 50; k++) {
                  assertArrayEquals(
                      expected, plan.run(Tensor.of(rows).reshape(3, 64)).toFloatArray());
                }
              } catch (Throwable e) {
                synchronized (failures) {
                  failures.add(e);
                }
              }
            };
        threads.add(
            i % 2 == 0 ? Thread.ofPlatform().start(calls) : Thread.startVirtualThread(calls));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), failures);
    }
  }

  private static void assertMessage(
      String expected, org.junit.jupiter.api.function.Executable call) {
    assertEquals(expected, assertThrows(RuntimeException.class, call).getMessage());
  }
}
