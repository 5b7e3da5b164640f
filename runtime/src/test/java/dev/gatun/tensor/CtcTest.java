package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/// Connectionist temporal classification beside single samples, and what it refuses.
@ExtendWith(NoOpenScopes.class)
final class CtcTest {
  private static final int SAMPLES = 24;
  private static final int STEPS = 40;

  @Test
  void aBatchIsItsSamples() {
    try (var _ = Scope.open()) {
      Generator generator = Generator.seeded(4);
      Tensor x = Tensor.randn(generator, DType.F64, STEPS, SAMPLES, 7).requiresGrad_();
      Tensor targets = Tensor.randint(generator, 1, 7, SAMPLES, 9);
      long[] steps = new long[SAMPLES];
      long[] labels = new long[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        steps[i] = STEPS - i % 5L;
        labels[i] = i % 10;
      }
      Tensor all = x.logSoftmax(2).ctcLoss(targets, steps, labels, 0, false);
      all.sum().backward();
      Tensor gradients = Objects.requireNonNull(x.grad());
      for (int i = 0; i < SAMPLES; i++) {
        Tensor one = x.detach().narrow(1, i, 1).copy().requiresGrad_();
        Tensor loss =
            one.logSoftmax(2)
                .ctcLoss(
                    targets.narrow(0, i, 1),
                    new long[] {steps[i]},
                    new long[] {labels[i]},
                    0,
                    false);
        loss.sum().backward();
        assertEquals(loss.sum().item(), all.select(0, i).item());
        assertArrayEquals(
            Objects.requireNonNull(one.grad()).toDoubleArray(),
            gradients.narrow(1, i, 1).toDoubleArray());
      }
    }
  }

  /// All ways of three symbols over four steps, read one by one.
  @Test
  void addsAllWays() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(7), DType.F64, 4, 1, 3).logSoftmax(2);
      double[] p = x.exp().toDoubleArray();
      double sum = 0;
      for (int way = 0; way < 81; way++) {
        int[] symbols = {way % 3, way / 3 % 3, way / 9 % 3, way / 27};
        int[] read =
            IntStream.range(0, 4)
                .filter(t -> t == 0 || symbols[t] != symbols[t - 1])
                .map(t -> symbols[t])
                .filter(symbol -> symbol != 0)
                .toArray();
        if (Arrays.equals(read, new int[] {2, 1})) {
          sum += p[symbols[0]] * p[3 + symbols[1]] * p[6 + symbols[2]] * p[9 + symbols[3]];
        }
      }
      Tensor targets = Tensor.of(new long[] {2, 1}, 1, 2);
      Tensor loss = x.ctcLoss(targets, new long[] {4}, new long[] {2}, 0, false);
      assertEquals(-Math.log(sum), loss.select(0, 0).item(), 1e-12);
    }
  }

  @Test
  void aSampleWithoutStepsReadsNothing() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(3, 2, 4).requiresGrad_();
      Tensor targets = Tensor.of(new long[] {1}, 1);
      Tensor loss = x.ctcLoss(targets, new long[] {0, 0}, new long[] {0, 1}, 0, true);
      assertArrayEquals(new double[] {0, 0}, loss.toDoubleArray());
      loss.sum().backward();
      assertEquals(0, Objects.requireNonNull(x.grad()).abs().max().item());
      Tensor kept = x.ctcLoss(targets, new long[] {0, 0}, new long[] {0, 1}, 0, false);
      assertArrayEquals(new double[] {0, Double.POSITIVE_INFINITY}, kept.toDoubleArray());
      Tensor twice = Tensor.of(new long[] {1, 1}, 2);
      x.zeroGrad();
      x.ctcLoss(twice, new long[] {2, 2}, new long[] {0, 2}, 0, false).sum().backward();
      double[] gradient = Objects.requireNonNull(x.grad()).toDoubleArray();
      assertTrue(Double.isNaN(gradient[4]) && gradient[0] == -1);
    }
  }

  private static <E extends Exception> void refuses(
      Class<E> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(5, 2, 4);
      Tensor targets = Tensor.of(new long[] {1, 2, 3, 1}, 2, 2);
      long[] two = {2, 2};
      refuses(
          ShapeException.class,
          "ctcLoss: input must be [T,N,C]: [2,4]",
          () -> x.select(0, 0).ctcLoss(targets, two, two, 0, false));
      refuses(
          IndexOutOfBoundsException.class,
          "ctcLoss: blank out of range: 4 (expected 0..3)",
          () -> x.ctcLoss(targets, two, two, 4, false));
      refuses(
          ShapeException.class,
          "ctcLoss: needs one input length for each sample: 1 (expected 2)",
          () -> x.ctcLoss(targets, new long[] {5}, two, 0, false));
      refuses(
          IllegalArgumentException.class,
          "ctcLoss: input length out of range: 6 (expected 0..5)",
          () -> x.ctcLoss(targets, new long[] {5, 6}, two, 0, false));
      refuses(
          IllegalArgumentException.class,
          "ctcLoss: target length out of range: 3 (expected 0..2)",
          () -> x.ctcLoss(targets, two, new long[] {3, 1}, 0, false));
      refuses(
          ShapeException.class,
          "ctcLoss: targets must be [N,S] or [the sum of their lengths]: [4] (2 samples, 3 labels)",
          () -> x.ctcLoss(targets.flatten(), two, new long[] {2, 1}, 0, false));
      refuses(
          IndexOutOfBoundsException.class,
          "ctcLoss: target out of range: 7 (expected 0..3)",
          () -> x.ctcLoss(targets.add(4), two, new long[] {0, 1}, 0, false));
      refuses(
          DTypeException.class,
          "ctcLoss: needs labels as I64, got F32 [2,2]; convert with to(DType)",
          () -> x.ctcLoss(Tensor.zeros(2, 2), two, two, 0, false));
      refuses(
          DTypeException.class,
          "ctcLoss: needs F32 or F64, got I64 [3]; convert with to(DType)",
          () -> Tensor.arange(3).ctcLoss(targets, two, two, 0, false));
      Tensor leaf = Tensor.zeros(5, 2, 4).requiresGrad_();
      Tensor loss = leaf.ctcLoss(targets, new long[] {5, 5}, two, 0, false).sum();
      refuses(
          UnsupportedOperationException.class,
          "ctcLoss: has no second derivative",
          () -> loss.backward(Tensor.scalar(1), true, true));
    }
  }
}
