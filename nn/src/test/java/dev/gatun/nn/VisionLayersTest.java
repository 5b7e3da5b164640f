package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What layers of images refuse, how they drop, and what they count.
@ExtendWith(NoOpenScopes.class)
class VisionLayersTest {
  @Test
  void normsRefuseOtherRanks() {
    try (Module one = new BatchNorm1d(3);
        Module two = new BatchNorm2d(3);
        Module instance = new InstanceNorm2d(3);
        var _ = Scope.open()) {
      assertEquals(
          "BatchNorm1d: expected 2D or 3D input, got shape [3]", refused(one, Tensor.zeros(3)));
      assertEquals(
          "BatchNorm2d: expected 4D input, got shape [1,3]", refused(two, Tensor.zeros(1, 3)));
      assertEquals(
          "batchNorm: runningMean [3] does not have one element for each of 4 channels: input [2,4,2,2]",
          refused(two, Tensor.zeros(2, 4, 2, 2)));
      assertEquals(
          "batchNorm: expected more than 1 value per channel when training: input [1,3]; use more samples or eval()",
          refused(one, Tensor.zeros(1, 3)));
      assertEquals(
          "InstanceNorm2d: expected 3 channels, got shape [2,4,4]",
          refused(instance, Tensor.zeros(2, 4, 4)));
    }
  }

  private static String refused(Module module, Tensor x) {
    ShapeException e = assertThrows(ShapeException.class, () -> module.forward(x));
    return Objects.requireNonNull(e.getMessage());
  }

  @Test
  void makersRefuseWhatMakesNoSense() {
    assertEquals(
        "GroupNorm: the number of channels is not a multiple of the groups: 5 and 2",
        assertThrows(IllegalArgumentException.class, () -> new GroupNorm(2, 5)).getMessage());
    assertEquals(
        "dropout2d: p must be between 0 and 1: 1.5",
        assertThrows(IllegalArgumentException.class, () -> new Dropout2d(1.5)).getMessage());
    assertEquals(
        "ReflectionPad2d: needs one padding or 4, got [1,2]",
        assertThrows(IllegalArgumentException.class, () -> new ReflectionPad2d(1, 2)).getMessage());
    assertEquals(
        "MaxUnpool2d: needs indices too; call forward(Tensor, Tensor)",
        assertThrows(
                UnsupportedOperationException.class,
                () -> {
                  try (var _ = Scope.open()) {
                    new MaxUnpool2d(2).forward(Tensor.zeros(1, 2, 2));
                  }
                })
            .getMessage());
  }

  @Test
  void aBatchThatIsRefusedIsNotCounted() {
    try (BatchNorm1d norm = new BatchNorm1d(2);
        var _ = Scope.open()) {
      Tensor counted = Objects.requireNonNull(norm.namedBuffers().get("num_batches_tracked"));
      assertThrows(ShapeException.class, () -> norm.forward(Tensor.zeros(1, 2)));
      assertEquals(0, counted.itemLong());
      Tensor _ = norm.forward(Tensor.zeros(2, 2));
      norm.eval();
      Tensor _ = norm.forward(Tensor.zeros(1, 2));
      assertEquals(1, counted.itemLong());
    }
  }

  @Test
  void theMeanOfAllBatchesIsTheRunningOneWithoutMomentum() {
    try (BatchNorm1d norm = new BatchNorm1d(NormOptions.batch(1).momentum(null));
        var _ = Scope.open()) {
      Tensor _ = norm.forward(Tensor.of(new float[] {0, 2}, 2, 1));
      Tensor _ = norm.forward(Tensor.of(new float[] {3, 5}, 2, 1));
      Tensor _ = norm.forward(Tensor.of(new float[] {6, 10}, 2, 1));
      Tensor mean = Objects.requireNonNull(norm.runningMean());
      Tensor variance = Objects.requireNonNull(norm.runningVar());
      assertEquals(13.0 / 3, mean.sum().item(), 1e-6);
      assertEquals(4, variance.sum().item(), 1e-6);
    }
  }

  @Test
  void channelsAreDroppedAsAWhole() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(50, 40, 3, 2);
      Tensor y = new Dropout2d(0.25, Generator.seeded(1)).forward(x);
      Tensor sums = y.sum(2, 3);
      double[] each = sums.toDoubleArray();
      int dropped = 0;
      for (double sum : each) {
        assertTrue(sum == 0 || Math.abs(sum - 8) < 1e-5, () -> "a part of a channel: " + sum);
        dropped += sum == 0 ? 1 : 0;
      }
      assertEquals(0.25, dropped / 2000.0, 0.05);
    }
  }

  @Test
  void samplesAloneAreTakenWherePyTorchDoes() {
    try (var _ = Scope.open()) {
      double[] signal =
          new Dropout1d(0.5, Generator.seeded(2))
              .forward(Tensor.ones(64, 4))
              .sum(1)
              .toDoubleArray();
      for (double sum : signal) {
        assertTrue(sum == 0 || sum == 8);
      }
      Tensor images = new Dropout2d(0.5, Generator.seeded(2)).forward(Tensor.ones(8, 8, 4));
      for (double sum : images.sum(2).toDoubleArray()) {
        assertTrue(sum == 0 || sum == 8);
      }
      assertEquals(
          "dropout1d: needs 2 dims, or 3 with a batch, got shape [3]",
          refused(new Dropout1d(), Tensor.ones(3)));
    }
  }

  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(3), DType.F64, 200_000);
      Tensor y = new AlphaDropout(0.3, Generator.seeded(4)).forward(x);
      assertEquals(0, y.mean().item(), 0.02);
      assertEquals(1, y.var().item(), 0.03);
      Tensor z = new FeatureAlphaDropout(0.3, Generator.seeded(5)).forward(x.view(400, 500));
      assertEquals(0, z.mean().item(), 0.02);
      assertEquals(1, z.var().item(), 0.03);
    }
  }

  @Test
  void nothingOrAllCanBeDropped() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(2, 3, 4).requiresGrad_();
      assertSame(x, new Dropout1d(0).forward(x));
      assertSame(x, new AlphaDropout(0.5).eval().forward(x));
      for (Module layer :
          new Module[] {new Dropout1d(1), new AlphaDropout(1), new FeatureAlphaDropout(1)}) {
        Tensor y = layer.forward(x);
        assertArrayEquals(new double[24], y.toDoubleArray());
        y.sum().backward();
        assertArrayEquals(new double[24], Objects.requireNonNull(x.grad()).toDoubleArray());
      }
    }
  }
}
