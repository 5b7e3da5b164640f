package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Hooks before, after and behind the forward of a module.
class ModuleHooksTest {
  @Test
  void runInTheirOrderAroundForward() {
    List<String> calls = new ArrayList<>();
    try (var net = new Identity();
        var _ = Scope.open()) {
      var first =
          net.registerForwardPreHook((_, x) -> {
            calls.add("first before " + x.item());
            return x.add(1);
          });
      var _ =
          net.registerForwardPreHook((_, x) -> {
            calls.add("second before " + x.item());
            return null;
          });
      var _ =
          net.registerForwardHook((module, x, y) -> {
            assertSame(net, module);
            calls.add("first after " + x.item() + " " + y.item());
            return y.mul(10);
          });
      var _ =
          net.registerForwardHook((_, _, y) -> {
            calls.add("second after " + y.item());
            return null;
          });
      assertEquals(30, net.call(Tensor.scalar(2)).item());
      assertEquals(
          List.of(
              "first before 2.0", "second before 3.0", "first after 3.0 3.0", "second after 30.0"),
          calls);
      first.remove();
      first.remove();
      assertEquals(20, net.call(Tensor.scalar(2)).item());
      assertEquals(2, net.forward(Tensor.scalar(2)).item());
    }
  }

  @Test
  void aCallWithoutHooksIsForward() {
    try (var net = new Identity();
        var _ = Scope.open()) {
      Tensor x = Tensor.ones(2);
      var handle = net.registerForwardHook((_, _, _) -> null);
      assertTrue(net.hasHooks());
      handle.close();
      assertFalse(net.hasHooks());
      assertSame(x, net.call(x));
    }
  }

  @Test
  void backwardSeesBothGradientsAndMayReplaceOne() {
    List<double[]> seen = new ArrayList<>();
    try (var layer = new Linear(2, 2, false, DType.F64);
        var _ = Scope.open()) {
      try (var _ = NoGrad.open()) {
        layer.weight().copy_(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2));
      }
      var _ =
          layer.registerFullBackwardHook((module, in, out) -> {
            assertSame(layer, module);
            seen.add(in == null ? new double[0] : in.toDoubleArray());
            seen.add(out.toDoubleArray());
            return in == null ? null : in.mul(2);
          });
      Tensor x = Tensor.of(new double[] {1, 1}, 1, 2).requiresGrad_();
      layer.call(x.mul(3)).sum().backward();
      assertArrayEquals(new double[] {4, 6}, seen.get(0));
      assertArrayEquals(new double[] {1, 1}, seen.get(1));
      assertArrayEquals(new double[] {24, 36}, grad(x));
      assertArrayEquals(new double[] {3, 3, 3, 3}, grad(layer.weight()));
    }
  }

  @Test
  void hooksInARowSeeWhatTheOneBeforeReturned() {
    try (var net = new Identity();
        var _ = Scope.open()) {
      var _ = net.registerFullBackwardHook((_, in, _) -> in == null ? null : in.add(1));
      var _ =
          net.registerFullBackwardHook((_, in, out) -> {
            assertEquals(1, out.item());
            return in == null ? null : in.mul(5);
          });
      Tensor x = Tensor.scalar(7.0).requiresGrad_();
      net.call(x).backward();
      assertArrayEquals(new double[] {10}, grad(x));
    }
  }

  @Test
  void anInputWithoutGradientHasNone() {
    List<Tensor> inputs = new ArrayList<>(Arrays.asList((Tensor) null));
    try (var layer = new Linear(2, 3);
        var _ = Scope.open()) {
      var handle =
          layer.registerFullBackwardHook((_, in, out) -> {
            inputs.set(0, in);
            assertArrayEquals(new long[] {4, 3}, out.shape());
            return null;
          });
      Tensor y = layer.call(Tensor.ones(4, 2));
      y.sum().backward();
      assertNull(inputs.getFirst());
      handle.remove();
      var _ = layer.registerFullBackwardHook((_, _, out) -> out);
      assertEquals(
          "registerFullBackwardHook: the input of Linear needs no gradient, but a hook returned one; return null",
          assertThrows(
                  IllegalStateException.class, () -> layer.call(Tensor.ones(4, 2)).sum().backward())
              .getMessage());
    }
  }

  @Test
  void nothingIsHookedWhereNothingIsRecorded() {
    try (var layer = new Linear(2, 3);
        var _ = Scope.open();
        var _ = NoGrad.open()) {
      var _ = layer.registerFullBackwardHook((_, in, _) -> in);
      assertFalse(layer.call(Tensor.ones(4, 2)).requiresGrad());
    }
  }

  @Test
  void gradientsOfGradientsGoThroughHooks() {
    try (var act = new Sigmoid();
        var _ = Scope.open()) {
      List<Tensor> seen = new ArrayList<>();
      var _ =
          act.registerFullBackwardHook((_, in, _) -> {
            seen.add(in);
            return null;
          });
      Tensor x = Tensor.full(DType.F64, 0.5).requiresGrad_();
      act.call(x).backward(null, false, true);
      Tensor first = seen.getFirst();
      assertNotNull(first);
      x.zeroGrad();
      first.backward();
      double s = 1 / (1 + Math.exp(-0.5));
      assertEquals(s * (1 - s) * (1 - 2 * s), grad(x)[0], 1e-12);
    }
  }

  @Test
  void sequentialRunsTheHooksOfItsModules() {
    List<String> calls = new ArrayList<>();
    try (var net = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2));
        var _ = Scope.open()) {
      Tensor x = Tensor.ones(5, 3);
      double[] expected = net.forward(x).toDoubleArray();
      for (Module each : net) {
        var _ =
            each.registerForwardHook((module, _, y) -> {
              calls.add(module.typeName() + Arrays.toString(y.shape()));
              return null;
            });
      }
      assertArrayEquals(expected, net.forward(x).toDoubleArray(), 1e-6);
      assertEquals(List.of("Linear[5, 4]", "ReLU[5, 4]", "Linear[5, 2]"), calls);
    }
  }

  @Test
  void aHookOfAnActivationAloneKeepsItApart() {
    try (var relu = new ReLU();
        var net = new Sequential(new Linear(3, 4), relu);
        var _ = Scope.open()) {
      var _ = relu.registerForwardHook((_, _, y) -> y.mul(0));
      assertEquals(0, net.call(Tensor.ones(2, 3)).abs().sum().item());
    }
  }

  @Test
  void layersOfSeveralInputsAreCalledWithTheFirst() {
    List<String> calls = new ArrayList<>();
    try (var net = new Transformer(TransformerOptions.of(8, 2).dropout(0), 1, 1);
        var _ = Scope.open()) {
      Tensor src = Tensor.rand(3, 2, 8);
      Tensor tgt = Tensor.rand(4, 2, 8);
      double[] expected = net.forward(src, tgt).toDoubleArray();
      net.namedModules()
          .forEach((name, module) -> {
            var _ =
                module.registerForwardHook((_, _, y) -> {
                  calls.add(name + Arrays.toString(y.shape()));
                  return null;
                });
            var _ = module.registerFullBackwardHook((_, _, _) -> null);
          });
      Tensor y = net.forward(src, tgt);
      assertArrayEquals(expected, y.toDoubleArray(), 1e-5);
      for (String name :
          List.of(
              "encoder.layers.0.self_attn[3, 2, 8]",
              "encoder.layers.0[3, 2, 8]",
              "encoder[3, 2, 8]",
              "decoder.layers.0.multihead_attn[4, 2, 8]",
              "decoder.layers.0[4, 2, 8]",
              "decoder[4, 2, 8]")) {
        assertTrue(calls.contains(name), () -> name + " of " + calls);
      }
      y.sum().backward();
    }
  }

  private static double[] grad(Tensor x) {
    Tensor g = x.grad();
    assertNotNull(g);
    return g.toDoubleArray();
  }
}
