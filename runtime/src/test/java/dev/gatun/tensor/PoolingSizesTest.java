package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Poolings, normalizations and resampling of sizes around vectors, parts and tasks, against their
/// definitions.
@ExtendWith(NoOpenScopes.class)
class PoolingSizesTest {
  /// Planes, height, width, kernel, stride, padding.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 4, 1, 1, 0",
    "3, 7, 16, 2, 2, 0",
    "2, 9, 17, 3, 1, 1",
    "2, 9, 33, 3, 2, 1",
    "5, 8, 64, 2, 2, 1",
    "2, 11, 40, 5, 3, 2",
    "200, 30, 31, 2, 2, 0",
    "1, 3, 1000, 3, 1, 0"
  })
  void poolsAreThoseOfWindows(int planes, int h, int w, int kernel, int stride, int padding) {
    try (var _ = Scope.open()) {
      // Few values, so that windows have equals.
      Generator generator = Generator.seeded(planes + h + w);
      Tensor x = Tensor.rand(generator, DType.F32, planes, h, w).mul(20).floor();
      Tensor padded = x.padWith(Double.NEGATIVE_INFINITY, padding, padding, padding, padding);
      Tensor windows = padded.unfold(1, kernel, stride).unfold(2, kernel, stride);
      Tensor flat = windows.reshape(planes, windows.size(1), windows.size(2), -1);
      long[] k = {kernel};
      long[] s = {stride};
      long[] p = {padding};
      long[] d = {1};
      ValuesIndices found = x.maxPool2dWithIndices(k, s, p, d, false);
      Tensor plain = x.maxPool2d(k, s, p, d, false);
      assertArrayEquals(flat.amax(-1).toDoubleArray(), found.values().toDoubleArray());
      assertArrayEquals(plain.toDoubleArray(), found.values().toDoubleArray());
      ValuesIndices exact = x.to(DType.F64).maxPool2dWithIndices(k, s, p, d, false);
      assertArrayEquals(exact.indices().toLongArray(), found.indices().toLongArray());
      Tensor zeros = x.pad(padding, padding, padding, padding);
      Tensor sums = zeros.unfold(1, kernel, stride).unfold(2, kernel, stride).sum(3, 4);
      Tensor means = x.avgPool2d(k, s, p, false, true, 0);
      assertClose(sums.div(kernel * kernel), means, 1e-5);
    }
  }

  /// Samples, channels, inner elements.
  @ParameterizedTest
  @CsvSource({
    "2, 1, 1",
    "7, 3, 1",
    "300, 70, 1",
    "5, 4, 9",
    "4, 6, 16",
    "3, 2, 33",
    "2, 2, 5000",
    "40, 8, 300"
  })
  void normsAreTheirDefinition(int samples, int channels, int inner) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      try (var _ = Scope.open()) {
        Generator generator = Generator.seeded(samples + inner);
        Tensor x = Tensor.randn(generator, dtype, samples, channels, inner).mul(2).add(30);
        Tensor w = Tensor.rand(generator, dtype, channels).requiresGrad_();
        Tensor b = Tensor.rand(generator, dtype, channels).requiresGrad_();
        Tensor seed = Tensor.randn(generator, dtype, samples, channels, inner);
        double tolerance = dtype == DType.F32 ? 3e-4 : 1e-10;
        Tensor leaf = x.copy().requiresGrad_();
        Tensor y = leaf.batchNorm(null, null, w, b, true, 0.1, 1e-5);
        y.backward(seed);
        Tensor wide = x.to(DType.F64).requiresGrad_();
        Tensor ww = w.detach().to(DType.F64).copy().requiresGrad_();
        Tensor wb = b.detach().to(DType.F64).copy().requiresGrad_();
        Tensor expected = batch(wide, ww, wb);
        expected.backward(seed.to(DType.F64));
        assertClose(expected, y, tolerance);
        assertClose(gradient(wide), gradient(leaf), tolerance);
        double root = Math.sqrt((double) samples * inner);
        assertClose(gradient(ww), gradient(w), tolerance * root);
        assertClose(gradient(wb), gradient(b), tolerance * root);
      }
    }
  }

  private static Tensor batch(Tensor x, Tensor w, Tensor b) {
    int[] dims = {0, 2};
    Tensor apart = x.sub(x.mean(dims, true));
    Tensor z = apart.div(apart.square().mean(dims, true).add(1e-5).sqrt());
    return z.mul(w.view(1, -1, 1)).add(b.view(1, -1, 1));
  }

  private static Tensor gradient(Tensor x) {
    return Objects.requireNonNull(x.grad());
  }

  private static void assertClose(Tensor expected, Tensor y, double tolerance) {
    double[] want = expected.detach().to(DType.F64).toDoubleArray();
    double[] have = y.detach().to(DType.F64).toDoubleArray();
    assertEquals(want.length, have.length);
    for (int i = 0; i < want.length; i++) {
      assertEquals(want[i], have[i], tolerance * (1 + Math.abs(want[i])), "element " + i);
    }
  }

  @Test
  void groupsOfOneSampleAreLayers() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(4), DType.F32, 20, 12, 700);
      Tensor layers = x.layerNorm(new long[] {12, 700}, null, null, 1e-5);
      assertClose(layers, x.groupNorm(1, null, null, 1e-5), 1e-5);
      Tensor rows = x.layerNorm(new long[] {700}, null, null, 1e-5);
      assertClose(rows, x.groupNorm(12, null, null, 1e-5), 1e-5);
      assertClose(rows, x.instanceNorm(null, null, null, null, true, 0, 1e-5), 1e-5);
    }
  }

  @Test
  void resamplesLargeImagesAsSmallOnes() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(5), DType.F32, 3, 4, 40, 70);
      for (InterpolateMode mode :
          new InterpolateMode[] {
            InterpolateMode.NEAREST, InterpolateMode.BILINEAR, InterpolateMode.BICUBIC
          }) {
        long[] size = {97, 51};
        Tensor leaf = x.copy().requiresGrad_();
        Tensor y = leaf.interpolate(size, mode, false);
        Tensor exact = x.to(DType.F64).requiresGrad_();
        Tensor wide = exact.interpolate(size, mode, false);
        assertClose(wide, y, 1e-5);
        y.square().sum().backward();
        wide.square().sum().backward();
        assertClose(gradient(exact), gradient(leaf), 1e-4);
      }
    }
  }

  /// Rows beyond the first are short in an adaptive pooling, and all of the plane in a global one.
  @Test
  void adaptiveWindowsOfManySizes() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(6), DType.F32, 2, 3, 19, 37);
      Tensor whole = x.adaptiveAvgPool2d(1);
      assertClose(x.mean(new int[] {2, 3}, true), whole, 1e-5);
      assertClose(x.to(DType.F64).adaptiveAvgPool2d(5, 7), x.adaptiveAvgPool2d(5, 7), 1e-5);
      ValuesIndices found = x.adaptiveMaxPool2dWithIndices(5, 7);
      ValuesIndices exact = x.to(DType.F64).adaptiveMaxPool2dWithIndices(5, 7);
      assertArrayEquals(exact.indices().toLongArray(), found.indices().toLongArray());
      assertArrayEquals(found.values().toDoubleArray(), x.adaptiveMaxPool2d(5, 7).toDoubleArray());
    }
  }
}
