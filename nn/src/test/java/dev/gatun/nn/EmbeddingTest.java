package dev.gatun.nn;

import static dev.gatun.nn.Checks.classes;
import static dev.gatun.nn.Checks.f64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.BagMode;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What the golden cases do not tell of [Embedding], [EmbeddingBag] and `oneHot`.
class EmbeddingTest {
  private static final EmbeddingOptions SMALL = EmbeddingOptions.of(4, 3);

  @Test
  void paddingStartsAsZerosAndTakesNoGradient() {
    try (var layer = new Embedding(SMALL.paddingIdx(-2));
        var _ = Scope.open()) {
      assertArrayEquals(new double[3], layer.weight().select(0, 2).toDoubleArray());
      layer.forward(classes(2, 1, 2, 1)).sum().backward();
      Tensor g = Objects.requireNonNull(layer.weight().grad());
      assertArrayEquals(new double[] {0, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0}, g.toDoubleArray());
    }
  }

  @Test
  void gradientsAddUpFromStepToStep() {
    try (var layer = new Embedding(SMALL);
        var _ = Scope.open()) {
      layer.forward(classes(0, 3)).sum().backward();
      layer.forward(classes(3)).sum().backward();
      Tensor g = Objects.requireNonNull(layer.weight().grad());
      assertArrayEquals(new double[] {1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 2, 2}, g.toDoubleArray());
    }
  }

  @Test
  void scalesRowsToTheLargestNorm() {
    Tensor table = f64(3, 4, 0.6, 0.8, 30, 40).view(3, 2);
    try (var layer = Embedding.fromPretrained(table, EmbeddingOptions.of(3, 2).maxNorm(1), true);
        var bag =
            EmbeddingBag.fromPretrained(
                table, EmbeddingOptions.of(3, 2).maxNorm(5), BagMode.SUM, false, true);
        var _ = Scope.open()) {
      double[] rows = layer.forward(classes(0, 1)).toDoubleArray();
      Checks.assertClose(new double[] {0.6, 0.8, 0.6, 0.8}, rows, 1e-7, 0);
      // Only what was taken has changed, and that for good.
      double[] after = layer.weight().toDoubleArray();
      Checks.assertClose(new double[] {0.6, 0.8, 0.6, 0.8, 30, 40}, after, 1e-7, 0);
      double[] sums = bag.forward(classes(2, 0).view(1, 2)).toDoubleArray();
      Checks.assertClose(new double[] {6, 8}, sums, 1e-7, 0);
    }
  }

  @Test
  void pretrainedTablesDoNotLearnUnlessTold() {
    Tensor table = Tensor.ones(4, 3);
    try (var frozen = Embedding.fromPretrained(table);
        var bag = EmbeddingBag.fromPretrained(table);
        var learning = Embedding.fromPretrained(table, SMALL.paddingIdx(1), false)) {
      assertFalse(frozen.weight().requiresGrad());
      assertFalse(bag.weight().requiresGrad());
      assertEquals(true, learning.weight().requiresGrad());
      // The padding of a table that exists stays as it is.
      assertEquals(12, learning.weight().sum().item());
    }
  }

  @Test
  void printsItsOptionsAsPyTorchDoes() {
    EmbeddingOptions all = SMALL.paddingIdx(1).maxNorm(2).normType(1).scaleGradByFreq(true);
    try (var layer = new Embedding(all);
        var bag = new EmbeddingBag(all, BagMode.SUM)) {
      assertEquals(
          "Embedding(4, 3, padding_idx=1, max_norm=2.0, norm_type=1.0, scale_grad_by_freq=True)",
          layer.toString());
      assertEquals(
          "EmbeddingBag(4, 3, max_norm=2.0, norm_type=1.0, scale_grad_by_freq=True, mode=sum,"
              + " padding_idx=1)",
          bag.toString());
    }
  }

  @Test
  void manyRowsAreTheSumOfTheirParts() {
    try (var layer = new Embedding(EmbeddingOptions.of(50, 200));
        var _ = Scope.open()) {
      Tensor index = Tensor.randint(Generator.seeded(1), 0, 50, 1000);
      Tensor weights = Tensor.randn(Generator.seeded(2), 1000, 200);
      layer.forward(index).mul(weights).sum().backward();
      Tensor expected = Tensor.zeros(50, 200).indexAdd_(0, index, weights);
      Tensor g = Objects.requireNonNull(layer.weight().grad());
      Checks.assertClose(expected.toDoubleArray(), g.toDoubleArray(), 1e-5, 1e-4);
    }
  }

  @Test
  void oneHotIsOneWhereTheClassIs() {
    try (var _ = Scope.open()) {
      Tensor y = F.oneHot(classes(2, 0));
      assertEquals(DType.I64, y.dtype());
      assertArrayEquals(new long[] {2, 3}, y.shape());
      assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0}, y.toDoubleArray());
      assertArrayEquals(new long[] {0, 5}, F.oneHot(Tensor.zeros(DType.I64, 0), 5).shape());
      assertArrayEquals(new double[] {0, 1}, F.oneHot(classes(1).view(), 2).toDoubleArray());
    }
  }

  @Test
  void saysWhatIsWrong() {
    try (var layer = new Embedding(SMALL);
        var bag = new EmbeddingBag(SMALL, BagMode.MEAN);
        var _ = Scope.open()) {
      assertMessage(
          "embedding: index 4 out of range for shape [4,3] (dim 0: 4)",
          () -> layer.forward(classes(1, 4)));
      assertMessage(
          "embedding: index -1 out of range for shape [4,3] (dim 0: 4)",
          () -> layer.forward(classes(-1)));
      assertMessage(
          "embedding: needs an I64 index, got F32 [2]; convert with to(DType)",
          () -> layer.forward(Tensor.ones(2)));
      assertMessage(
          "embedding: paddingIdx out of range: 4 (expected -4..3)", () -> SMALL.paddingIdx(4));
      assertMessage(
          "embeddingBag: needs a vector of indices with a vector of offsets, or a matrix without:"
              + " [2] and none",
          () -> bag.forward(classes(1, 2)));
      assertMessage(
          "embeddingBag: offsets must begin with 0, not fall, and not lead beyond the indices:"
              + " [0,3] (2 indices)",
          () -> bag.forward(classes(1, 2), classes(0, 3)));
      assertMessage(
          "embeddingBag: perSampleWeights go with SUM only, not with MEAN",
          () -> bag.forward(classes(1, 2), classes(0), Tensor.ones(2)));
      assertMessage(
          "embedding: the table must be [4,3]: [3,4]",
          () -> Embedding.fromPretrained(Tensor.ones(3, 4), SMALL, true));
      assertMessage("oneHot: class out of range: 3 (expected 0..2)", () -> F.oneHot(classes(3), 3));
      assertMessage(
          "oneHot: class out of range: -1 (expected 0..2)", () -> F.oneHot(classes(-1, 2)));
      assertThrows(ShapeException.class, () -> Tensor.ones(3).embedding(classes(0)));
    }
  }

  private static void assertMessage(String expected, Executable call) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertEquals(expected, e.getMessage());
  }
}
