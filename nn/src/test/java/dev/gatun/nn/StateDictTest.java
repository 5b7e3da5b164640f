package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.io.Safetensors;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Loading and saving.
class StateDictTest {
  private static Sequential net() {
    Map<String, Module> modules = new LinkedHashMap<>();
    modules.put("fc1", new Linear(784, 256));
    modules.put("fc2", new Linear(256, 2));
    return new Sequential(modules);
  }

  private static @Nullable String refused(Module net, Map<String, Tensor> state) {
    double[] before = net.parameters().getFirst().detach().toDoubleArray();
    String message =
        assertThrows(IllegalArgumentException.class, () -> net.loadStateDict(state)).getMessage();
    assertArrayEquals(before, net.parameters().getFirst().detach().toDoubleArray());
    return message;
  }

  @Test
  void namesTheTensorThatDoesNotFit() {
    try (Sequential net = net();
        Sequential other = net();
        var _ = Scope.open()) {
      Map<String, Tensor> state = other.stateDict();
      state.put("fc1.weight", Tensor.zeros(128, 784));
      assertEquals(
          "stateDict: 'fc1.weight' has shape [128,784], module expects [256,784]",
          refused(net, state));
    }
  }

  @Test
  void listsEverythingThatIsWrong() {
    try (Sequential net = net();
        Sequential other = net();
        var _ = Scope.open()) {
      Map<String, Tensor> state = other.stateDict();
      state.remove("fc1.bias");
      state.remove("fc2.bias");
      state.put("fc3.weight", Tensor.zeros(1));
      state.put("fc2.weight", Tensor.zeros(3));
      assertEquals(
          "stateDict: missing 'fc1.bias', 'fc2.bias'; unexpected 'fc3.weight';"
              + " 'fc2.weight' has shape [3], module expects [2,256]",
          refused(net, state));
    }
  }

  @Test
  void lenientLoadingReportsKeysButNotShapes() {
    try (Linear layer = new Linear(2, 2);
        var _ = Scope.open()) {
      Map<String, Tensor> state = Map.of("weight", Tensor.full(3, 2, 2), "extra", Tensor.ones(1));
      assertEquals(
          new IncompatibleKeys(List.of("bias"), List.of("extra")),
          layer.loadStateDict(state, false));
      assertEquals(12, layer.weight().detach().sum().item());
      assertThrows(
          IllegalArgumentException.class,
          () -> layer.loadStateDict(Map.of("weight", Tensor.ones(2)), false));
    }
  }

  @Test
  void loadsInPlaceAndConverts() {
    try (Linear layer = new Linear(2, 1);
        var _ = Scope.open()) {
      Parameter weight = layer.weight();
      layer.loadStateDict(
          Map.of(
              "weight", Tensor.of(new double[] {1.5, 2.5}, 1, 2),
              "bias", Tensor.of(new long[] {4}, 1)));
      assertSame(weight, layer.parameters().getFirst());
      assertEquals(DType.F32, weight.dtype());
      assertArrayEquals(new float[] {1.5f, 2.5f}, weight.detach().toFloatArray());
      assertEquals(8, layer.forward(Tensor.ones(1, 2)).item());
    }
  }

  @Test
  void rejectsNullTensors() {
    try (Linear layer = new Linear(1, 1, false)) {
      Map<String, Tensor> state = new LinkedHashMap<>(layer.stateDict());
      putNull(state);
      assertEquals("stateDict: 'weight' is null", refused(layer, state));
    }
  }

  @SuppressWarnings("NullAway")
  private static void putNull(Map<String, Tensor> state) {
    state.put("weight", null);
  }

  @Test
  void changesNothingWhenAnyTensorIsClosed() {
    try (Linear layer = new Linear(2, 2)) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      try (var _ = Scope.open()) {
        state.put("weight", Tensor.ones(2, 2).keep());
        state.put("bias", Tensor.ones(2));
      }
      double[] before = layer.weight().detach().toDoubleArray();
      assertThrows(IllegalStateException.class, () -> layer.loadStateDict(state));
      assertArrayEquals(before, layer.weight().detach().toDoubleArray());
    }
  }

  @Test
  void savesAndLoadsAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.safetensors");
    Linear shared = new Linear(3, 3);
    try (Module net = new Sequential(shared, new ReLU(), shared);
        Module other = new Sequential(new Linear(3, 3), new ReLU(), new Linear(3, 3))) {
      net.save(file, Map.of("layers", "3,3,3"));
      other.load(file);
      Parameter expected = shared.weight();
      for (String name : List.of("0.weight", "2.weight")) {
        Parameter loaded = other.namedParameters().get(name);
        assertNotNull(loaded);
        assertArrayEquals(expected.detach().toFloatArray(), loaded.detach().toFloatArray());
      }
      assertEquals("3,3,3", Safetensors.metadata(file).get("layers"));
      assertEquals("pt", Safetensors.metadata(file).get("format"));
    }
  }

  @Test
  void aFileThatDoesNotFitChangesNothing(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.safetensors");
    try (Linear small = new Linear(1, 1);
        Linear large = new Linear(2, 1)) {
      small.save(file);
      assertEquals(
          "stateDict: 'weight' has shape [1,1], module expects [1,2]",
          assertThrows(IllegalArgumentException.class, () -> large.load(file)).getMessage());
    }
  }
}
