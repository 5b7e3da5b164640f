package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Draws of fixed seeds beside what their distributions say, within some standard deviations.
@ExtendWith(NoOpenScopes.class)
final class RandomOpsTest {
  private static final int MANY = 60_000;

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void drawsByProbabilities(DType dtype) {
    try (var _ = Scope.open()) {
      double[] p = {0, 0.1, 0.5, 0.9, 1};
      Tensor wide = Tensor.of(p, 5, 1).to(dtype).expand(5, MANY);
      Tensor y = wide.bernoulli(Generator.seeded(1));
      assertEquals(dtype, y.dtype());
      assertEquals(0, y.mul(y).sub(y).abs().sum().item(), "0 and 1 only");
      double[] means = y.to(DType.F64).mean(1).toDoubleArray();
      assertArrayEquals(p, means, 0.008);
      assertEquals(0, means[0]);
      assertEquals(1, means[4]);
      assertTrue(y.equal(wide.copy().bernoulli(Generator.seeded(1))), "whatever the layout");
    }
  }

  @ParameterizedTest
  @EnumSource
  void setsElementsWithAProbability(DType dtype) {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(dtype, 300, 200).t();
      assertSame(x, x.bernoulli_(Generator.seeded(2), 0.25));
      assertEquals(0.25, x.to(DType.F64).mean().item(), 0.008);
      Tensor same = Tensor.zeros(dtype, 200, 300).bernoulli_(Generator.seeded(2), 0.25);
      assertTrue(same.equal(x));
      Tensor p = Tensor.of(new double[] {0, 1, 0.5}, 3);
      Tensor y = Tensor.zeros(dtype, 40_000, 3).bernoulli_(Generator.seeded(3), p);
      assertArrayEquals(new double[] {0, 1, 0.5}, y.to(DType.F64).mean(0).toDoubleArray(), 0.01);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void drawsFromTheExponentialDistribution(DType dtype) {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.empty(dtype, MANY).exponential_(Generator.seeded(4), 2);
      double[] values = x.toDoubleArray();
      assertEquals(0.5, Arrays.stream(values).average().orElseThrow(), 0.01);
      assertEquals(0.5, Arrays.stream(values).map(v -> v * v).average().orElseThrow(), 0.02);
      assertTrue(Arrays.stream(values).allMatch(v -> v >= 0 && Double.isFinite(v)));
      for (double t : new double[] {0.1, 0.5, 2}) {
        double beyond = Arrays.stream(values).filter(v -> v > t).count();
        assertEquals(Math.exp(-2 * t), beyond / MANY, 0.008);
      }
      Tensor part = Tensor.empty(dtype, 1001).exponential_(Generator.seeded(4), 2);
      assertTrue(part.equal(x.narrow(0, 0, 1001)), "however many are drawn at once");
    }
  }

  @Test
  void drawsCategoriesWithReplacement() {
    try (var _ = Scope.open()) {
      Tensor weights = Tensor.of(new float[][] {{1, 2, 0, 5}, {0, 0, 3, 0}});
      Tensor y = weights.multinomial(Generator.seeded(5), MANY, true);
      assertEquals(DType.I64, y.dtype());
      assertArrayEquals(new long[] {2, MANY}, y.shape());
      long[] first = y.select(0, 0).toLongArray();
      double[] counts = new double[4];
      Arrays.stream(first).forEach(c -> counts[(int) c]++);
      assertArrayEquals(
          new double[] {MANY / 8.0, MANY / 4.0, 0, MANY * 5 / 8.0}, counts, 0.01 * MANY);
      assertEquals(0, counts[2]);
      assertTrue(y.select(0, 1).eq(2).all().itemLong() == 1, "the only one");
    }
  }

  @Test
  void drawsCategoriesWithoutReplacement() {
    try (var _ = Scope.open()) {
      double[] weights = {1, 2, 0, 5};
      int rows = 20_000;
      Tensor w = Tensor.of(weights, 4).expand(rows, 4);
      long[] y = w.multinomial(Generator.seeded(6), 4, false).toLongArray();
      double[] first = new double[4];
      double[] firstTwo = new double[16];
      for (int row = 0; row < rows; row++) {
        Set<Long> seen = new HashSet<>();
        for (int j = 0; j < 4; j++) {
          seen.add(y[4 * row + j]);
        }
        assertEquals(Set.of(0L, 1L, 2L, 3L), seen);
        assertEquals(2, y[4 * row + 3], "what has no weight comes last");
        first[(int) y[4 * row]]++;
        firstTwo[(int) (4 * y[4 * row] + y[4 * row + 1])]++;
      }
      for (int i = 0; i < 4; i++) {
        assertEquals(weights[i] / 8, first[i] / rows, 0.012);
        for (int j = 0; j < 4; j++) {
          double expected = i == j ? 0 : weights[i] / 8 * weights[j] / (8 - weights[i]);
          assertEquals(expected, firstTwo[4 * i + j] / rows, 0.012, "the order is that of drawing");
        }
      }
    }
  }

  @Test
  void drawsTheSameCategoriesForASeed() {
    try (var _ = Scope.open()) {
      Tensor w = Tensor.rand(Generator.seeded(7), 60, 1000);
      for (boolean replacement : new boolean[] {true, false}) {
        Tensor y = w.multinomial(Generator.seeded(8), 20, replacement);
        assertTrue(y.equal(w.t().copy().t().multinomial(Generator.seeded(8), 20, replacement)));
        // Few rows are drawn on one thread, many on several.
        Tensor few = w.narrow(0, 0, 7).multinomial(Generator.seeded(8), 20, replacement);
        assertTrue(few.equal(y.narrow(0, 0, 7)));
        assertFalse(y.equal(w.multinomial(Generator.seeded(9), 20, replacement)));
      }
      assertArrayEquals(new long[] {3}, Tensor.ones(5).multinomial(3).shape());
      assertArrayEquals(new long[] {0, 2}, Tensor.ones(0, 5).multinomial(2, true).shape());
    }
  }

  @Test
  void drawsNormalNumbersOfManyMeans() {
    try (var _ = Scope.open()) {
      Tensor mean = Tensor.of(new double[] {-3, 0, 4}, 3, 1);
      Tensor std = Tensor.full(DType.F64, 0.5, 3, MANY);
      std.select(0, 1).fill_(0);
      Tensor y = Tensor.normal(Generator.seeded(10), mean, std);
      assertArrayEquals(new long[] {3, MANY}, y.shape());
      assertArrayEquals(new double[] {-3, 0, 4}, y.mean(1).toDoubleArray(), 0.01);
      Tensor squares = y.sub(mean).square().mean(1);
      assertArrayEquals(new double[] {0.25, 0, 0.25}, squares.toDoubleArray(), 0.008);
      Tensor one = Tensor.normal(Generator.seeded(11), 2, Tensor.ones(DType.F64, 5));
      Tensor other = Tensor.normal(Generator.seeded(11), Tensor.full(DType.F64, 2, 5), 1);
      assertTrue(one.equal(other));
    }
  }

  @Test
  void makesTensorsInTheShapeOfOthers() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(DType.F64, 3, 2).t();
      for (Tensor y :
          new Tensor[] {
            Tensor.emptyLike(x),
            Tensor.zerosLike(x),
            Tensor.onesLike(x),
            Tensor.fullLike(x, 2),
            Tensor.randLike(x),
            Tensor.randnLike(x),
            Tensor.randintLike(x, 0, 9)
          }) {
        assertEquals(DType.F64, y.dtype());
        assertArrayEquals(new long[] {2, 3}, y.shape());
      }
      assertEquals(12, Tensor.fullLike(x, 2).sum().item());
      assertEquals(6, Tensor.onesLike(x).sum().item() + Tensor.zerosLike(x).sum().item());
      Tensor whole = Tensor.randintLike(Generator.seeded(1), Tensor.zeros(DType.U8, 500), 3, 5);
      assertEquals(DType.U8, whole.dtype());
      assertEquals(500, whole.eq(3).sum().item() + whole.eq(4).sum().item());
      Tensor uniform = Tensor.randLike(Generator.seeded(2), x);
      assertTrue(uniform.equal(Tensor.rand(Generator.seeded(2), DType.F64, 2, 3)));
    }
  }

  @Test
  void drawsFromTheSharedGenerator() {
    try (var _ = Scope.open()) {
      Tensor p = Tensor.full(0.5, 64);
      Generator.manualSeed(3);
      Tensor a = p.bernoulli();
      Tensor b = Tensor.empty(DType.F32, 8).exponential_();
      Tensor c = p.multinomial(4);
      Tensor d = Tensor.zeros(9).uniform_(1, 2).add_(Tensor.zeros(9).normal_(0, 1));
      Tensor e = Tensor.zeros(9).bernoulli_(0.5);
      Generator.manualSeed(3);
      assertTrue(a.equal(p.bernoulli()));
      assertTrue(b.equal(Tensor.empty(DType.F32, 8).exponential_()));
      assertTrue(c.equal(p.multinomial(4)));
      assertTrue(d.equal(Tensor.zeros(9).uniform_(1, 2).add_(Tensor.zeros(9).normal_(0, 1))));
      assertTrue(e.equal(Tensor.zeros(9).bernoulli_(0.5)));
    }
  }

  @Test
  void namesWhatIsWrong() {
    try (var _ = Scope.open()) {
      Tensor two = Tensor.of(1, 0);
      refuses(
          "bernoulli: probabilities must be from 0 to 1: [2] (element 1 is 1.5)",
          () -> Tensor.of(0, 1.5f).bernoulli());
      refuses(
          "bernoulli_: probability must be from 0 to 1: -0.5", () -> two.copy().bernoulli_(-0.5));
      refuses(
          "bernoulli_: probabilities must be from 0 to 1: [2] (element 0 is NaN)",
          () -> two.copy().bernoulli_(Tensor.of(Float.NaN, 0)));
      refuses(
          "bernoulli_: operand [3] does not broadcast to [1], which is changed in place",
          () -> Tensor.zeros(1).bernoulli_(Tensor.zeros(3)));
      refuses(
          "bernoulli: needs F32 or F64, got I64 [2]; convert with to(DType)",
          () -> Tensor.arange(2).bernoulli());
      refuses(
          "exponential_: rate must be positive: 0.0",
          () -> two.exponential_(Generator.shared(), 0));
      refuses(
          "normal: std must not be negative: [2] (element 1 is -1.0)",
          () -> Tensor.normal(0, Tensor.of(1, -1)));
      refuses(
          "multinomial: needs 1 or 2 dimensions, got [2,2,2]",
          () -> Tensor.ones(2, 2, 2).multinomial(1));
      refuses("multinomial: number of samples must be positive: 0", () -> two.multinomial(0, true));
      refuses("multinomial: cannot draw 3 of 2 without replacement: [2]", () -> two.multinomial(3));
      refuses(
          "multinomial: weights must be finite and not negative: [2] (element 0 is -1.0)",
          () -> Tensor.of(-1, 1).multinomial(1));
      refuses(
          "multinomial: weights must be finite and not negative: [2] (element 1 is Infinity)",
          () -> Tensor.of(1, Float.POSITIVE_INFINITY).multinomial(1));
      refuses(
          "multinomial: all weights of row 1 are 0: [2,2]",
          () -> Tensor.of(new float[][] {{1, 0}, {0, 0}}).multinomial(1));
    }
  }

  private static void refuses(String message, Runnable body) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, body::run).getMessage());
  }
}
