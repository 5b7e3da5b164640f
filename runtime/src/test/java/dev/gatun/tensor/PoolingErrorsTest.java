package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/// What poolings, normalizations of channels and resampling refuse, and the edges of what they
/// take.
@ExtendWith(NoOpenScopes.class)
class PoolingErrorsTest {
  private static final long[] NONE = {};
  private static final long[] ZERO = {0};
  private static final long[] ONE = {1};

  private static @Nullable String refused(Class<? extends Exception> type, Executable call) {
    try (var _ = Scope.open()) {
      return assertThrows(type, call).getMessage();
    }
  }

  private static long[] of(long... values) {
    return values;
  }

  @Test
  void poolingsRefuseWhatDoesNotFit() {
    assertEquals(
        "maxPool2d: needs 3 dims, or 4 with a batch, got shape [4,4]",
        refused(ShapeException.class, () -> Tensor.zeros(4, 4).maxPool2d(2)));
    assertEquals(
        "avgPool2d: the input is smaller than the window: [1,1,2,2] (kernel size [3,3], padding [0,0], dilation [1,1])",
        refused(ShapeException.class, () -> Tensor.zeros(1, 1, 2, 2).avgPool2d(3)));
    assertEquals(
        "maxPool1d: padding must not be above half of the kernel size: [2] and [3]",
        refused(
            IllegalArgumentException.class,
            () -> Tensor.zeros(1, 1, 5).maxPool1d(of(3), NONE, of(2), ONE, false)));
    assertEquals(
        "maxPool2d: kernel size must be positive: [0]",
        refused(IllegalArgumentException.class, () -> Tensor.zeros(1, 4, 4).maxPool2d(0)));
    assertEquals(
        "avgPool3d: needs one stride or 3, got [1,2]",
        refused(
            IllegalArgumentException.class,
            () -> Tensor.zeros(1, 4, 4, 4).avgPool3d(of(2), of(1, 2), ZERO, false, true, 0)));
    assertEquals(
        "maxPool2d: only the batch may be empty, got shape [2,0,4,4] (dim 1: 0)",
        refused(ShapeException.class, () -> Tensor.zeros(2, 0, 4, 4).maxPool2d(2)));
    assertEquals(
        "adaptiveAvgPool2d: output size must be 0 or more, or -1 for that of the input: [-2]",
        refused(IllegalArgumentException.class, () -> Tensor.zeros(1, 4, 4).adaptiveAvgPool2d(-2)));
    assertEquals(
        "maxPool1d: needs a floating dtype, got I64 [1,1,4]; convert with to(DType)",
        refused(DTypeException.class, () -> Tensor.zeros(DType.I64, 1, 1, 4).maxPool1d(2)));
    assertEquals(
        "maxUnpool2d: indices must be I64 in the shape of the input: I64 [1,1,2] and [1,2,2]",
        refused(
            ShapeException.class,
            () -> Tensor.zeros(1, 2, 2).maxUnpool2d(Tensor.zeros(DType.I64, 1, 1, 2), 4, 4)));
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsMade() {
    assertEquals(
        "adaptiveAvgPool2d: more than 2^30 elements in a plane of the result: [50000]",
        refused(ShapeException.class, () -> Tensor.zeros(1, 4, 4).adaptiveAvgPool2d(50_000)));
    assertEquals(
        "interpolate: more than 2^28 elements in a plane: [1,1,4,4] and [50000,50000]",
        refused(
            ShapeException.class,
            () ->
                Tensor.zeros(1, 1, 4, 4)
                    .interpolate(of(50_000, 50_000), InterpolateMode.NEAREST, false)));
    long most = Integer.MAX_VALUE;
    assertEquals(
        "maxPool1d: the input is smaller than the window: [1,4] (kernel size [2147483647], padding [0], dilation [2147483647])",
        refused(
            ShapeException.class,
            () -> Tensor.zeros(1, 4).maxPool1d(of(most), of(most), ZERO, of(most), true)));
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 4, 2, 3}, 1, 4);
      // One window over all and far beyond.
      assertEquals(4, x.maxPool1d(of(most), of(most), ZERO, ONE, true).item());
    }
  }

  @Test
  void unpoolingRefusesPlacesOutside() {
    Executable call = () -> Tensor.zeros(1, 1, 2).maxUnpool1d(Tensor.of(of(0, 4), 1, 1, 2), 4);
    String message = refused(IndexOutOfBoundsException.class, call);
    assertTrue(Objects.requireNonNull(message).contains("4"), message);
  }

  @Test
  void normalizationsRefuseWhatDoesNotFit() {
    assertEquals(
        "batchNorm: expected more than 1 value per channel when training: input [1,3]; use more samples or eval()",
        refused(ShapeException.class, () -> batch(Tensor.zeros(1, 3), null)));
    assertEquals(
        "batchNorm: weight [2] does not have one element for each of 3 channels: input [4,3]",
        refused(ShapeException.class, () -> batch(Tensor.zeros(4, 3), Tensor.ones(2))));
    assertEquals(
        "batchNorm: dtypes differ: F32 [4,3] and F64 [3]; convert one with to(DType)",
        refused(DTypeException.class, () -> batch(Tensor.zeros(4, 3), Tensor.ones(DType.F64, 3))));
    assertEquals(
        "batchNorm: evaluation needs running values: runningMean or runningVar is null",
        refused(
            IllegalArgumentException.class,
            () -> Tensor.zeros(4, 3).batchNorm(null, null, null, null, false, 0.1, 1e-5)));
    assertEquals(
        "batchNorm: needs at least 2 dims, got shape [3]",
        refused(ShapeException.class, () -> batch(Tensor.zeros(3), null)));
    assertEquals(
        "groupNorm: 4 channels cannot be cut in 3 groups: input [2,4,5]",
        refused(ShapeException.class, () -> Tensor.zeros(2, 4, 5).groupNorm(3, null, null, 1e-5)));
    assertEquals(
        "groupNorm: expected more than 1 value per channel when training: input [1,4], 4 groups",
        refused(ShapeException.class, () -> Tensor.zeros(1, 4).groupNorm(4, null, null, 1e-5)));
    assertEquals(
        "instanceNorm: expected more than 1 spatial element when training: input [2,3,1]",
        refused(
            ShapeException.class,
            () -> Tensor.zeros(2, 3, 1).instanceNorm(null, null, null, null, true, 0.1, 1e-5)));
    assertEquals(
        "rmsNorm: input [2,3] does not end with the normalized shape [4]",
        refused(ShapeException.class, () -> Tensor.zeros(2, 3).rmsNorm(of(4), null, 1e-5)));
  }

  private static Tensor batch(Tensor x, @Nullable Tensor weight) {
    return x.batchNorm(null, null, weight, null, true, 0.1, 1e-5);
  }

  @Test
  void resamplingRefusesWhatDoesNotFit() {
    assertEquals(
        "interpolate: BILINEAR needs 4 dims, got shape [1,2,3]",
        refused(
            ShapeException.class,
            () -> Tensor.zeros(1, 2, 3).interpolate(of(4), InterpolateMode.BILINEAR, false)));
    assertEquals(
        "interpolate: alignCorners is for linear and cubic modes: NEAREST",
        refused(
            IllegalArgumentException.class,
            () -> Tensor.zeros(1, 2, 3).interpolate(of(4), InterpolateMode.NEAREST, true)));
    assertEquals(
        "interpolate: sizes of input and output must be positive: [1,2,3] and [0]",
        refused(
            ShapeException.class,
            () -> Tensor.zeros(1, 2, 3).interpolate(ZERO, InterpolateMode.NEAREST, false)));
    assertEquals(
        "interpolate: needs one scale factor or 2, got [1.0,2.0,3.0]",
        refused(
            IllegalArgumentException.class,
            () ->
                Tensor.zeros(1, 2, 3, 3)
                    .interpolate(new double[] {1, 2, 3}, InterpolateMode.NEAREST, false, false)));
    assertEquals(
        "pixelShuffle: the number of channels is not a multiple of the square of the upscale factor: [1,6,2,2] (6, 2)",
        refused(ShapeException.class, () -> Tensor.zeros(1, 6, 2, 2).pixelShuffle(2)));
    assertEquals(
        "pixelUnshuffle: height and width are not multiples of the downscale factor: [1,1,3,4] (2)",
        refused(ShapeException.class, () -> Tensor.zeros(1, 1, 3, 4).pixelUnshuffle(2)));
    assertEquals(
        "channelShuffle: 4 channels cannot be cut in 3 groups: [1,4,2]",
        refused(ShapeException.class, () -> Tensor.zeros(1, 4, 2).channelShuffle(3)));
  }

  @Test
  void anEmptyBatchStaysEmpty() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(0, 4, 6, 6).requiresGrad_();
      Tensor mean = Tensor.ones(4);
      Tensor w = Tensor.ones(4).requiresGrad_();
      Tensor[] results = {
        x.maxPool2d(2),
        x.adaptiveAvgPool2d(3),
        x.batchNorm(mean, Tensor.ones(4), w, w, true, 0.5, 1e-5),
        x.batchNorm(mean, Tensor.ones(4), w, w, false, 0.5, 1e-5),
        x.groupNorm(2, w, w, 1e-5),
        x.instanceNorm(null, null, w, w, true, 0.1, 1e-5),
        x.interpolate(of(3), InterpolateMode.BILINEAR, false),
        x.pixelShuffle(2),
        x.channelShuffle(2)
      };
      for (Tensor y : results) {
        assertEquals(0, y.size(0));
        y.sum().backward();
      }
      assertArrayEquals(x.shape(), Objects.requireNonNull(x.grad()).shape());
      assertEquals(0, Objects.requireNonNull(w.grad()).sum().item());
      assertArrayEquals(new double[] {1, 1, 1, 1}, mean.toDoubleArray());
    }
  }

  @Test
  void halvesAreComputedInF32() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1f, 2f, 3f, 4f).to(DType.BF16).view(1, 2, 2);
      assertEquals(DType.BF16, x.maxPool1d(2).dtype());
      assertArrayEquals(new double[] {2, 4}, x.maxPool1d(2).toDoubleArray());
      assertArrayEquals(new double[] {1.5, 3.5}, x.avgPool1d(2).toDoubleArray());
      ValuesIndices both = x.maxPool1dWithIndices(of(2), NONE, ZERO, ONE, false);
      assertEquals(DType.BF16, both.values().dtype());
      assertArrayEquals(new long[] {1, 1}, both.indices().toLongArray());
      assertEquals(DType.BF16, x.groupNorm(1, null, null, 1e-5).dtype());
      assertEquals(DType.BF16, x.rmsNorm(of(2), null, 1e-5).dtype());
      assertEquals(DType.BF16, x.interpolate(of(3), InterpolateMode.LINEAR, false).dtype());
    }
  }
}
