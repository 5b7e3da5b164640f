package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Cross-entropy against its definition, and its gradients.
@ExtendWith(NoOpenScopes.class)
class CrossEntropyTest {
  private static final long IGNORED = 2;

  /// Rows around a vector, around what is copied at once, and enough for several threads.
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "3, 3",
    "2, 7",
    "5, 8",
    "4, 16",
    "3, 17",
    "64, 10",
    "300, 5",
    "2, 1000",
    "3, 5000",
    "150, 1000"
  })
  void isItsDefinition(int rows, int classes) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      for (double smoothing : new double[] {0, 0.3}) {
        for (boolean weighted : new boolean[] {false, true}) {
          try (var _ = Scope.open()) {
            compare(dtype, rows, classes, smoothing, weighted);
          }
        }
      }
    }
  }

  private static void compare(
      DType dtype, int rows, int classes, double smoothing, boolean weighted) {
    Random random = new Random(rows * 31L + classes);
    double[] x = random.doubles((long) rows * classes, -5, 5).map(v -> (float) v).toArray();
    double[] w = random.doubles(classes, 0.5, 2).map(v -> weighted ? (float) v : 1).toArray();
    long[] t = random.longs(rows, 0, classes).toArray();
    double[] losses = new double[rows];
    double[] slopes = new double[rows * classes];
    double divisor = 0;
    for (int r = 0; r < rows; r++) {
      divisor += t[r] == IGNORED ? 0 : w[(int) t[r]];
      losses[r] = reference(x, w, r, classes, t[r], smoothing, slopes);
    }
    Tensor logits = Tensor.of(x, rows, classes).to(dtype).requiresGrad_();
    Tensor target = Tensor.of(t, rows);
    Tensor weight = weighted ? Tensor.of(w, classes).to(dtype) : null;
    double tolerance = dtype == DType.F32 ? 4e-6 : 1e-12;
    Tensor each = logits.crossEntropy(target, weight, IGNORED, smoothing, LossReduction.NONE);
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += losses[r];
      assertEquals(losses[r], each.select(0, r).item(), tolerance * (1 + losses[r]));
    }
    Tensor mean = logits.crossEntropy(target, weight, IGNORED, smoothing, LossReduction.MEAN);
    assertEquals(sum / divisor, mean.item(), tolerance * (1 + sum / rows));
    Tensor total = logits.crossEntropy(target, weight, IGNORED, smoothing, LossReduction.SUM);
    assertEquals(sum, total.item(), tolerance * (1 + sum));
    total.mul(-2).backward();
    double[] g = Objects.requireNonNull(logits.grad()).to(DType.F64).toDoubleArray();
    for (int i = 0; i < g.length; i++) {
      assertEquals(-2 * slopes[i], g[i], tolerance, "gradient " + i);
    }
  }

  private static double reference(
      double[] x, double[] w, int row, int n, long t, double smoothing, double[] slopes) {
    if (t == IGNORED) {
      return 0;
    }
    double sum = 0;
    double total = 0;
    for (int c = 0; c < n; c++) {
      sum += Math.exp(x[row * n + c]);
      total += w[c];
    }
    double loss = 0;
    double own = (1 - smoothing) * w[(int) t];
    for (int c = 0; c < n; c++) {
      double share = (c == t ? own : 0) + smoothing / n * w[c];
      double p = Math.exp(x[row * n + c]) / sum;
      loss -= share * Math.log(p);
      slopes[row * n + c] = p * (own + smoothing / n * total) - share;
    }
    return loss;
  }

  @ParameterizedTest
  @EnumSource
  void hasGradientsOfEveryOrder(LossReduction reduction) {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(1), DType.F64, 4, 3).requiresGrad_();
      Tensor target = Tensor.of(new long[] {0, 2, 1, 0}, 4);
      Tensor w = Tensor.of(new double[] {0.5, 1, 2}, 3);
      for (Tensor weight : new @Nullable Tensor[] {null, w}) {
        for (double smoothing : new double[] {0, 0.2}) {
          GradCheck.check(
              in -> in.getFirst().crossEntropy(target, weight, 1, smoothing, reduction), x);
          GradCheck.checkSecond(
              in -> in.getFirst().crossEntropy(target, weight, 1, smoothing, reduction), x);
        }
      }
    }
  }

  @Test
  void readsViewsAndSingleRows() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(2), DType.F64, 3, 4);
      Tensor targets = Tensor.of(new int[] {0, 9, 1, 9, 2, 9, 0, 9}, 4, 2).select(1, 0);
      Tensor turned = x.t().crossEntropy(targets, null, -100, 0, LossReduction.NONE);
      for (int r = 0; r < 4; r++) {
        Tensor row = x.select(1, r);
        Tensor one = row.crossEntropy(targets.select(0, r), null, -100, 0, LossReduction.NONE);
        assertEquals(0, one.dim());
        assertEquals(turned.select(0, r).item(), one.item(), 1e-12);
      }
    }
  }

  @Test
  void largeLogitsDoNotOverflow() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.F32, DType.F64}) {
        Tensor x = Tensor.of(new double[] {1e30, 0, -1e30, 1e30, 0, 0}, 2, 3).to(dtype);
        Tensor target = Tensor.of(new long[] {0, 0}, 2);
        Tensor leaf = x.requiresGrad_();
        Tensor loss = leaf.crossEntropy(target, null, -100, 0, LossReduction.SUM);
        assertEquals(0, loss.item());
        loss.backward();
        assertEquals(0, Objects.requireNonNull(leaf.grad()).abs().sum().item());
      }
    }
  }

  @Test
  void nothingLeftIsNaN() {
    try (var _ = Scope.open()) {
      Tensor target = Tensor.of(new long[] {2, 2}, 2);
      Tensor x = Tensor.zeros(2, 3);
      assertTrue(Double.isNaN(x.crossEntropy(target, null, 2, 0, LossReduction.MEAN).item()));
      assertEquals(0, x.crossEntropy(target, null, 2, 0, LossReduction.SUM).item());
      Tensor none = Tensor.of(new long[0], 0);
      Tensor empty = Tensor.zeros(0, 3).crossEntropy(none, null, 2, 0, LossReduction.SUM);
      assertEquals(0, empty.item());
    }
  }

  @Test
  void namesTargetsOutOfRange() {
    try (var _ = Scope.open()) {
      Tensor target = Tensor.of(new long[] {0, 7, 3}, 3);
      assertEquals(
          "crossEntropy: target out of range: smallest 0, largest 3 (expected 0..2)",
          assertThrows(
                  IndexOutOfBoundsException.class,
                  () -> Tensor.zeros(3, 3).crossEntropy(target, null, 7, 0, LossReduction.MEAN))
              .getMessage());
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 3);
      Tensor target = Tensor.of(new long[] {0, 1}, 2);
      assertEquals(
          "crossEntropy: input must be [N,C] or [C]: [2,3,4]",
          refused(ShapeException.class, Tensor.zeros(2, 3, 4), target, null));
      assertEquals(
          "crossEntropy: weight must have one value per class: [2] (expected [3])",
          refused(ShapeException.class, x, target, Tensor.zeros(2)));
      assertEquals(
          "crossEntropy: dtypes differ: F32 [2,3] and F64 [3]; convert one with to(DType)",
          refused(DTypeException.class, x, target, Tensor.zeros(DType.F64, 3)));
      assertEquals(
          "crossEntropy: target must hold classes as I64: F32 [2]; convert it with to(DType.I64)",
          refused(DTypeException.class, x, Tensor.zeros(2), null));
    }
  }

  private static @Nullable String refused(
      Class<? extends Exception> type, Tensor x, Tensor target, @Nullable Tensor weight) {
    return assertThrows(type, () -> x.crossEntropy(target, weight, -100, 0, LossReduction.MEAN))
        .getMessage();
  }
}
