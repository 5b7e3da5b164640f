package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NoOpenScopes.class)
final class GeneratorTest {
  private static final long MANY = 200_000;

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void repeatsItsStreamForASeed(DType dtype) {
    try (var _ = Scope.open()) {
      Generator a = Generator.seeded(42);
      Generator b = Generator.seeded(42);
      for (int draw = 0; draw < 3; draw++) {
        assertTrue(Tensor.randn(a, dtype, MANY).equal(Tensor.randn(b, dtype, MANY)));
        assertTrue(Tensor.rand(a, dtype, 3, 5).equal(Tensor.rand(b, dtype, 3, 5)));
      }
      Tensor first = Tensor.rand(a, dtype, 8);
      assertFalse(first.equal(Tensor.rand(a, dtype, 8)), "a draw advances the stream");
      assertFalse(first.equal(Tensor.rand(Generator.seeded(43), dtype, 8)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void givesTheSameValuesHoweverManyAreDrawnAtOnce(DType dtype) {
    try (var _ = Scope.open()) {
      // Large draws are split over threads, small ones are not.
      Tensor normal = Tensor.randn(Generator.seeded(6), dtype, MANY);
      Tensor uniform = Tensor.rand(Generator.seeded(6), dtype, MANY);
      for (long n : new long[] {1, 2, 3, 100, 1001, MANY / 2 + 1}) {
        assertTrue(normal.narrow(0, 0, n).equal(Tensor.randn(Generator.seeded(6), dtype, n)));
        assertTrue(uniform.narrow(0, 0, n).equal(Tensor.rand(Generator.seeded(6), dtype, n)));
      }
    }
  }

  @Test
  void givesTheSameValuesWholeAndStrided() {
    try (var _ = Scope.open()) {
      Tensor whole = Tensor.empty(DType.F32, 40, 30).normal_(Generator.seeded(5), 1, 2);
      Tensor strided = Tensor.zeros(30, 40).t().normal_(Generator.seeded(5), 1, 2);
      assertTrue(whole.equal(strided));
      Tensor part = Tensor.zeros(50, 30).narrow(0, 7, 40).normal_(Generator.seeded(5), 1, 2);
      assertTrue(whole.equal(part));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void drawsFromTheNormalDistribution(DType dtype) {
    try (var _ = Scope.open()) {
      double[] x = Tensor.randn(Generator.seeded(1), dtype, MANY).toDoubleArray();
      double mean = Arrays.stream(x).average().orElseThrow();
      double variance = Arrays.stream(x).map(v -> v * v).average().orElseThrow() - mean * mean;
      double kurtosis = Arrays.stream(x).map(v -> v * v * v * v).average().orElseThrow();
      assertEquals(0, mean, 0.01);
      assertEquals(1, variance, 0.02);
      assertEquals(3, kurtosis, 0.15);
      double beyond = Arrays.stream(x).filter(v -> Math.abs(v) > 1.959964).count();
      assertEquals(0.05, beyond / MANY, 0.003);
      double pairs = 0;
      for (int i = 1; i < x.length; i++) {
        pairs += x[i] * x[i - 1];
      }
      assertEquals(0, pairs / MANY, 0.01, "neighbours are independent");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void drawsFromTheUniformDistribution(DType dtype) {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.empty(dtype, MANY).uniform_(Generator.seeded(2), -3, 5);
      assertTrue(x.min().item() >= -3 && x.max().item() < 5);
      assertEquals(1, x.to(DType.F64).mean().item(), 0.03);
      double[] bins = new double[8];
      for (double v : x.toDoubleArray()) {
        bins[(int) Math.floor(v + 3)]++;
      }
      for (double bin : bins) {
        assertEquals(MANY / 8.0, bin, 0.03 * MANY / 8);
      }
    }
  }

  @Test
  void drawsIntegersOfTheRange() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randint(Generator.seeded(3), -2, 4, 60_000);
      assertEquals(DType.I64, x.dtype());
      for (int value = -2; value < 4; value++) {
        assertEquals(10_000, x.eq(value).sum().item(), 500, "how often " + value);
      }
      assertEquals(0, x.lt(-2).sum().item() + x.gt(3).sum().item());
    }
  }

  @Test
  void permutes() {
    try (var _ = Scope.open()) {
      for (long n : new long[] {1, 2, 7, 1000}) {
        long[] order = Tensor.randperm(Generator.seeded(n), n).toLongArray();
        long[] sorted = order.clone();
        Arrays.sort(sorted);
        assertArrayEquals(LongStream.range(0, n).toArray(), sorted);
        assertArrayEquals(order, Tensor.randperm(Generator.seeded(n), n).toLongArray());
        assertEquals(n > 10, !Arrays.equals(order, sorted) && n > 10);
      }
      double[] first = new double[5];
      Generator generator = Generator.seeded(9);
      for (int i = 0; i < 5000; i++) {
        first[(int) Tensor.randperm(generator, 5).get(0)]++;
      }
      for (double count : first) {
        assertEquals(1000, count, 150);
      }
    }
  }

  @Test
  void startsTheSharedGeneratorAnew() {
    try (var _ = Scope.open()) {
      Generator.manualSeed(11);
      Tensor a = Tensor.randn(100);
      Tensor order = Tensor.randperm(20);
      Tensor whole = Tensor.randint(0, 100, 20);
      Generator.manualSeed(11);
      assertTrue(a.equal(Tensor.randn(100)));
      assertTrue(order.equal(Tensor.randperm(20)));
      assertTrue(whole.equal(Tensor.randint(0, 100, 20)));
      Generator.manualSeed(11);
      assertTrue(a.equal(Tensor.randn(Generator.shared(), 100)));
      assertTrue(a.equal(Tensor.randn(Generator.seeded(11), 100)));
    }
  }

  @Test
  void givesSingleNumbers() {
    try (var _ = Scope.open()) {
      Generator generator = Generator.seeded(1);
      double sum = 0;
      for (int i = 0; i < 1000; i++) {
        double value = generator.nextDouble();
        assertTrue(value >= 0 && value < 1);
        sum += value;
      }
      assertEquals(500, sum, 40);
    }
  }

  @Test
  void goesOnWhereItStood() {
    Generator generator = Generator.seeded(5);
    float[] _ = Tensor.rand(generator, 3).toFloatArray();
    Generator.State state = generator.state();
    float[] expected = Tensor.rand(generator, 7).toFloatArray();
    generator.setState(state);
    assertArrayEquals(expected, Tensor.rand(generator, 7).toFloatArray());
    Generator other = Generator.seeded(6);
    other.setState(state);
    assertArrayEquals(expected, Tensor.rand(other, 7).toFloatArray());
  }
}
