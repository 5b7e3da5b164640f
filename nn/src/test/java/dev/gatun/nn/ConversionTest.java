package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Modules in another dtype, and their parameters as one vector.
class ConversionTest {
  /// Has what the layers here do not have.
  private static final class Net extends Module {
    private final Linear tied = child("tied", new Linear(2, 2));
    private final Tensor mean = buffer("mean", Tensor.ones(2));
    private final Tensor count = buffer("count", Tensor.of(new long[] {3}, 1));

    Net() {
      child("again", tied);
    }

    @Override
    public Tensor forward(Tensor x) {
      return tied.call(tied.call(x)).sub(mean);
    }
  }

  @Test
  void objectsStayAndValuesAreConverted() {
    try (var net = new Net();
        var _ = Scope.open()) {
      List<Parameter> before = net.parameters();
      float[] weight = net.tied.weight().detach().toFloatArray();
      float[] expected = net.forward(Tensor.ones(1, 2)).toFloatArray();
      assertSame(net, net.to(DType.F64));
      assertSame(before.getFirst(), net.parameters().getFirst());
      assertSame(net.tied, net.getSubmodule("again"));
      assertEquals(DType.F64, net.tied.weight().dtype());
      assertEquals(DType.F64, net.mean.dtype());
      assertEquals(DType.I64, net.count.dtype());
      assertArrayEquals(weight, net.tied.weight().detach().toFloatArray());
      assertTrue(net.tied.weight().isShared());
      assertTrue(net.tied.weight().requiresGrad());
      assertTrue(net.tied.weight().isLeaf());
      Tensor y = net.forward(Tensor.ones(DType.F64, 1, 2));
      assertArrayEquals(expected, y.toFloatArray(), 1e-5f);
      y.sum().backward();
      Tensor g = net.tied.weight().grad();
      assertNotNull(g);
      assertEquals(DType.F64, g.dtype());
    }
  }

  @Test
  void gradientsAreConverted() {
    try (var layer = new Linear(2, 2);
        var _ = Scope.open()) {
      layer.forward(Tensor.ones(3, 2)).sum().backward();
      layer.to(DType.F64);
      Tensor g = layer.weight().grad();
      assertNotNull(g);
      assertEquals(DType.F64, g.dtype());
      assertArrayEquals(new double[] {3, 3, 3, 3}, g.toDoubleArray());
      layer.forward(Tensor.ones(DType.F64, 3, 2)).sum().backward();
      assertArrayEquals(new double[] {6, 6, 6, 6}, g.toDoubleArray());
      layer.zeroGrad();
      layer.to(DType.F32);
      assertNull(layer.weight().grad());
    }
  }

  @Test
  void anOptimizerGoesOnWithTheSameParameters() {
    try (var layer = new Linear(2, 1, false);
        var sgd = new SGD(layer.parameters(), 0.5);
        var _ = Scope.open()) {
      layer.to(DType.F64);
      double[] before = layer.weight().detach().toDoubleArray();
      layer.forward(Tensor.ones(DType.F64, 1, 2)).sum().backward();
      sgd.step();
      double[] after = layer.weight().detach().toDoubleArray();
      assertArrayEquals(new double[] {before[0] - 0.5, before[1] - 0.5}, after, 1e-12);
    }
  }

  @Test
  void sixteenBitsComputeAndTakeHalfTheMemory() {
    for (DType dtype : List.of(DType.BF16, DType.F16)) {
      long before = MemoryStats.now().sharedBytes();
      try (var net = new Sequential(new Linear(64, 64), new ReLU());
          var _ = Scope.open();
          var _ = NoGrad.open()) {
        long full = MemoryStats.now().sharedBytes() - before;
        Tensor x = Tensor.ones(2, 64);
        float[] expected = net.forward(x).toFloatArray();
        net.to(dtype);
        assertTrue(MemoryStats.now().sharedBytes() - before < full);
        Tensor y = net.forward(x.to(dtype));
        assertEquals(dtype, y.dtype());
        assertArrayEquals(expected, y.to(DType.F32).toFloatArray(), 0.05f);
      }
    }
  }

  @Test
  void packedWeightsFollow() {
    try (var layer = new Linear(3, 2);
        var _ = Scope.open();
        var _ = NoGrad.open()) {
      layer.optimizeForInference();
      float[] expected = layer.forward(Tensor.ones(1, 3)).toFloatArray();
      layer.to(DType.F64);
      assertArrayEquals(
          expected, layer.forward(Tensor.ones(DType.F64, 1, 3)).toFloatArray(), 1e-5f);
    }
  }

  @Test
  void whatLookedAtTheOldValuesIsAnError() {
    try (var layer = new Linear(2, 2);
        var _ = Scope.open()) {
      Map<String, Tensor> state = layer.stateDict();
      Tensor x = Tensor.ones(1, 2).requiresGrad_();
      Tensor y = layer.forward(x).sum();
      layer.to(DType.F64);
      Tensor old = state.get("weight");
      assertNotNull(old);
      assertEquals(
          "tensor [2,2] was freed and can no longer be read",
          assertThrows(IllegalStateException.class, old::toFloatArray).getMessage());
      assertThrows(IllegalStateException.class, y::backward);
    }
  }

  @Test
  void modulesAreFloating() {
    try (var layer = new Linear(2, 2)) {
      assertEquals(
          "to: modules hold floating dtypes: I64",
          assertThrows(DTypeException.class, () -> layer.to(DType.I64)).getMessage());
    }
  }

  @Test
  void parametersAreOneVectorAndBack() {
    try (var net = new Net();
        var _ = Scope.open()) {
      Tensor vector = Parameters.toVector(net.parameters());
      assertArrayEquals(new long[] {6}, vector.shape());
      vector.sum().backward();
      Tensor g = net.tied.bias() == null ? null : net.tied.bias().grad();
      assertNotNull(g);
      assertArrayEquals(new float[] {1, 1}, g.toFloatArray());
      Parameters.fromVector(Tensor.arange(6), net.parameters());
      assertArrayEquals(new float[] {0, 1, 2, 3}, net.tied.weight().detach().toFloatArray());
      assertEquals(
          "fromVector: vector does not fit: [5] for 6 elements",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Parameters.fromVector(Tensor.arange(5), net.parameters()))
              .getMessage());
      assertEquals(
          "toVector: no parameters",
          assertThrows(IllegalArgumentException.class, () -> Parameters.toVector(List.of()))
              .getMessage());
    }
  }
}
