package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Attention in blocks against the operations that it stands for.
@ExtendWith(NoOpenScopes.class)
class AttentionTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /// Fewer and more than one block of queries and of keys, and shares of keys.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1",
    "2, 7, 9, 5, 3",
    "1, 128, 512, 16, 8",
    "2, 129, 513, 20, 33",
    "1, 300, 1700, 17, 16",
    "3, 260, 40, 64, 64",
    "9, 33, 600, 8, 24"
  })
  void isItsDefinition(int batch, int queries, int keys, int width, int values) {
    for (Kind kind : Kind.values()) {
      try (var _ = Scope.open()) {
        Generator generator = Generator.seeded(queries + keys);
        Tensor[] exact = {
          Tensor.randn(generator, DType.F32, batch, queries, width).mul(2).to(DType.F64),
          Tensor.randn(generator, DType.F32, batch, keys, width).to(DType.F64),
          Tensor.randn(generator, DType.F32, batch, keys, values).to(DType.F64),
          Tensor.randn(generator, DType.F32, batch, queries, values).to(DType.F64)
        };
        Tensor mask = kind.mask(generator, batch, queries, keys);
        Tensor[] want = run(kind, exact, mask, true);
        assertClose(kind, want, run(kind, exact, mask, false), 1e-10);
        Tensor[] rounded = exact.clone();
        for (int i = 0; i < 4; i++) {
          rounded[i] = exact[i].to(DType.F32);
        }
        assertClose(kind, want, run(kind, rounded, mask, false), 2e-4);
      }
    }
  }

  private enum Kind {
    PLAIN,
    CAUSAL,
    MASK,
    ADDED,
    DROPPED,
    ALL_DROPPED;

    @Nullable Tensor mask(Generator generator, int batch, int queries, int keys) {
      return switch (this) {
        case PLAIN, CAUSAL, DROPPED, ALL_DROPPED -> null;
        case MASK -> {
          // Whole blocks of keys are hidden from the first query.
          Tensor mask = Tensor.rand(generator, DType.F32, batch, queries, keys).gt(0.4);
          mask.select(1, 0).fill_(0);
          mask.select(1, 0).select(1, keys - 1).fill_(1);
          yield mask;
        }
        case ADDED -> {
          Tensor mask = Tensor.randn(generator, DType.F32, 1, keys);
          yield mask.maskedFill(mask.lt(-1.5), -INF);
        }
      };
    }

    double dropout() {
      return switch (this) {
        case DROPPED -> 0.3;
        case ALL_DROPPED -> 1;
        case PLAIN, CAUSAL, MASK, ADDED -> 0;
      };
    }
  }

  /// The result, then the gradients.
  private static Tensor[] run(
      Kind kind, Tensor[] operands, @Nullable Tensor given, boolean composed) {
    Tensor[] in = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      in[i] = operands[i].copy().requiresGrad_();
    }
    Tensor mask =
        given == null || given.dtype() == DType.BOOL ? given : given.to(operands[0].dtype());
    Generator generator = Generator.seeded(5);
    Tensor y =
        composed
            ? composed(kind, in, mask, generator)
            : in[0].scaledDotProductAttention(
                in[1], in[2], mask, kind.dropout(), kind == Kind.CAUSAL, 0.4, generator);
    y.backward(operands[3]);
    return new Tensor[] {y.detach(), gradient(in[0]), gradient(in[1]), gradient(in[2])};
  }

  private static Tensor composed(
      Kind kind, Tensor[] in, @Nullable Tensor mask, Generator generator) {
    Tensor scores = in[0].matmul(in[1].transpose(-2, -1)).mul(0.4);
    if (kind == Kind.CAUSAL) {
      Tensor later = Tensor.ones(DType.BOOL, scores.size(-2), scores.size(-1)).triu(1);
      scores = scores.maskedFill(later, -INF);
    } else if (mask != null) {
      scores =
          mask.dtype() == DType.BOOL
              ? scores.maskedFill(mask.logicalNot(), -INF)
              : scores.add(mask);
    }
    Tensor weights = scores.softmax(-1);
    if (kind.dropout() > 0) {
      Tensor kept = Tensor.rand(generator, DType.F32, weights.shape()).ge(kind.dropout());
      double factor = kind.dropout() == 1 ? 0 : 1 / (1 - kind.dropout());
      weights = weights.mul(kept.to(DType.F64).mul(factor));
    }
    return weights.matmul(in[2]);
  }

  private static Tensor gradient(Tensor x) {
    return Objects.requireNonNull(x.grad());
  }

  private static void assertClose(Kind kind, Tensor[] want, Tensor[] have, double tolerance) {
    String[] names = {"result", "gradient of q", "gradient of k", "gradient of v"};
    for (int i = 0; i < want.length; i++) {
      double[] expected = want[i].toDoubleArray();
      double[] actual = have[i].toDoubleArray();
      double largest = want[i].abs().max().item();
      assertArrayEquals(want[i].shape(), have[i].shape());
      for (int at = 0; at < expected.length; at++) {
        assertEquals(
            expected[at],
            actual[at],
            tolerance * (1 + largest),
            kind + " " + have[i].dtype() + " " + names[i] + ", element " + at);
      }
    }
  }

  @Test
  void hasGradientsOfEveryOrderWithDropout() {
    try (var _ = Scope.open()) {
      Generator generator = Generator.seeded(3);
      Tensor q = Tensor.randn(generator, DType.F64, 2, 3, 2).requiresGrad_();
      Tensor k = Tensor.randn(generator, DType.F64, 2, 4, 2).requiresGrad_();
      Tensor v = Tensor.randn(generator, DType.F64, 2, 4, 2).requiresGrad_();
      GradCheck.check(AttentionTest::dropped, q, k, v);
      GradCheck.checkSecond(AttentionTest::dropped, q, k, v);
    }
  }

  private static Tensor dropped(List<Tensor> in) {
    Generator generator = Generator.seeded(11);
    return in.get(0)
        .scaledDotProductAttention(in.get(1), in.get(2), null, 0.4, false, 1, generator);
  }

  /// All of the scores would be 256 MiB.
  @Test
  void neverHoldsAllScores() {
    try (var _ = Scope.open()) {
      Tensor q = Tensor.rand(1, 1, 8192, 64).requiresGrad_();
      Tensor k = Tensor.rand(1, 1, 8192, 64).requiresGrad_();
      Tensor v = Tensor.rand(1, 1, 8192, 64).requiresGrad_();
      MemoryStats.resetPeak();
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      q.scaledDotProductAttention(k, v, null, 0, true).sum().backward();
      long grown = MemoryStats.now().peakBytes() - before;
      assertTrue(grown < 64 << 20, () -> grown + " bytes");
    }
  }

  @Test
  void keepsTheOrderOfDimensionsInMemory() {
    try (var _ = Scope.open()) {
      Tensor heads = Tensor.rand(2, 5, 3, 4).transpose(1, 2);
      Tensor y = heads.scaledDotProductAttention(heads, heads);
      assertArrayEquals(heads.strides(), y.strides());
      Tensor qkv = Tensor.rand(5, 2, 3, 3, 4).transpose(0, 1);
      Tensor z = qkv.scaledDotProductAttentionPacked(null, 0, false, Generator.shared());
      assertArrayEquals(new long[] {2, 5, 3, 4}, z.shape());
      assertArrayEquals(new long[] {12, 24, 4, 1}, z.strides());
    }
  }

  @Test
  void worksWithoutAScope() {
    Tensor x = Tensor.rand(3, 200, 8).requiresGrad_();
    Tensor mask = Tensor.rand(200, 200);
    Tensor y = x.scaledDotProductAttention(x, x, mask, 0, false);
    y.sum().backward();
    Tensor z = Tensor.rand(3, 200, 3, 2, 8).requiresGrad_();
    z.scaledDotProductAttentionPacked(null, 0, true, Generator.shared()).sum().backward();
    try (var _ = Scope.open()) {
      Tensor w = x.detach().copy().requiresGrad_();
      w.scaledDotProductAttention(w, w, mask, 0, false).sum().backward();
      assertArrayEquals(gradient(w).toDoubleArray(), gradient(x).toDoubleArray());
    }
    assertTrue(gradient(z).abs().sum().item() > 0);
  }

  @Test
  void passesNaNOnWhereItIsSeen() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.rand(3, 2);
      Tensor bad = x.copy();
      bad.select(0, 2).fill_(Double.NaN);
      double[] y = x.scaledDotProductAttention(bad, x, null, 0, true).toDoubleArray();
      assertEquals(false, Double.isNaN(y[0]) || Double.isNaN(y[3]));
      assertTrue(Double.isNaN(y[4]) && Double.isNaN(y[5]));
    }
  }

  @Test
  void halvesAreComputedInF32() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.rand(3, 4);
      Tensor half = x.to(DType.BF16);
      Tensor mask = Tensor.zeros(DType.BF16, 3, 3);
      Tensor y = half.scaledDotProductAttention(half, half, mask, 0, false);
      assertEquals(DType.BF16, y.dtype());
      Tensor z = x.scaledDotProductAttention(x, x);
      assertTrue(y.to(DType.F32).sub(z).abs().max().item() < 0.02);
    }
  }

  @Test
  void drawsAnewEachTime() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.rand(8, 4);
      Generator generator = Generator.seeded(1);
      double first = sum(x, generator);
      assertNotEquals(first, sum(x, generator));
      assertEquals(first, sum(x, Generator.seeded(1)));
    }
  }

  private static double sum(Tensor x, Generator generator) {
    return x.scaledDotProductAttention(x, x, null, 0.5, false, 1, generator).sum().item();
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor q = Tensor.zeros(2, 3, 4);
      assertEquals(
          "scaledDotProductAttention: query and key have rows of different sizes: [2,3,4] and [2,3,5] (4 vs 5)",
          refused(ShapeException.class, q, Tensor.zeros(2, 3, 5), q, null, 0, false));
      assertEquals(
          "scaledDotProductAttention: key and value have different lengths: [2,3,4] and [2,2,4] (3 vs 2)",
          refused(ShapeException.class, q, q, Tensor.zeros(2, 2, 4), null, 0, false));
      assertEquals(
          "scaledDotProductAttention: needs 2 dimensions or more: query [4], key [4], value [4]",
          refused(
              ShapeException.class,
              Tensor.zeros(4),
              Tensor.zeros(4),
              Tensor.zeros(4),
              null,
              0,
              false));
      assertEquals(
          "scaledDotProductAttention: dtypes differ: F32 [2,3,4] and F64 [2,3,4]; convert one with to(DType)",
          refused(DTypeException.class, q, q, q.to(DType.F64), null, 0, false));
      assertEquals(
          "scaledDotProductAttention: mask does not broadcast to the scores: [2,3] and [2,3,3]",
          refused(ShapeException.class, q, q, q, Tensor.zeros(2, 3), 0, false));
      assertEquals(
          "scaledDotProductAttention: mask must be BOOL or F32 as the query: I64 [3,3]; convert with to(DType)",
          refused(DTypeException.class, q, q, q, Tensor.zeros(DType.I64, 3, 3), 0, false));
      assertEquals(
          "scaledDotProductAttention: mask [3,3] with isCausal; have the mask exclude later keys too",
          refused(IllegalArgumentException.class, q, q, q, Tensor.zeros(3, 3), 0, true));
      assertEquals(
          "scaledDotProductAttention: dropoutP must be from 0 to 1: 1.5",
          refused(IllegalArgumentException.class, q, q, q, null, 1.5, false));
      assertEquals(
          "scaledDotProductAttentionPacked: needs [*, L, 3, H, E], got [2,3,4]",
          assertThrows(
                  ShapeException.class,
                  () -> q.scaledDotProductAttentionPacked(null, 0, false, Generator.shared()))
              .getMessage());
    }
  }

  private static @Nullable String refused(
      Class<? extends Exception> type,
      Tensor q,
      Tensor k,
      Tensor v,
      @Nullable Tensor mask,
      double dropout,
      boolean causal) {
    return assertThrows(type, () -> q.scaledDotProductAttention(k, v, mask, dropout, causal))
        .getMessage();
  }
}
