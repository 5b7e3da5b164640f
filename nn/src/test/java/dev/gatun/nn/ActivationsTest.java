package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.io.TensorFile;
import dev.gatun.io.TensorInfo;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationsTest {
  @TempDir private Path folder;

  @Test
  void recordsEveryLayerInTheOrderInWhichTheyFinish() {
    try (Linear linear = new Linear(3, 2);
        Module net = new Sequential(linear, new ReLU(), new Sequential(new Tanh()));
        var _ = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 3);
      Map<String, Tensor> found = Activations.record(net, x);
      assertEquals(List.of("0", "1", "2.0", "2", "output"), List.copyOf(found.keySet()));
      Tensor hidden = linear.forward(x).detach();
      assertArrayEquals(
          hidden.toFloatArray(), Objects.requireNonNull(found.get("0")).toFloatArray());
      assertArrayEquals(
          hidden.relu().toFloatArray(), Objects.requireNonNull(found.get("1")).toFloatArray());
      assertArrayEquals(
          net.forward(x).detach().toFloatArray(),
          Objects.requireNonNull(found.get("output")).toFloatArray());
    }
  }

  @Test
  void takesItsHooksAwayWhateverHappens() {
    try (Linear linear = new Linear(3, 2);
        Module net = new Sequential(linear);
        var _ = Scope.open()) {
      assertThrows(
          IllegalArgumentException.class, () -> Activations.record(net, Tensor.ones(1, 4)));
      assertEquals(false, linear.hasHooks());
      assertEquals(false, net.hasHooks());
    }
  }

  @Test
  void savesTheOrder() throws IOException {
    Path file = folder.resolve("a.safetensors");
    try (var _ = Scope.open()) {
      Map<String, Tensor> saved = new LinkedHashMap<>();
      saved.put("a", Tensor.ones(1));
      saved.put("b", Tensor.ones(DType.F64, 1));
      saved.put("c", Tensor.ones(1));
      Activations.save(file, saved);
    }
    try (TensorFile opened = TensorFile.open(file)) {
      List<String> names = opened.list().stream().map(TensorInfo::name).toList();
      assertEquals(List.of("b", "a", "c"), names);
      assertEquals(List.of("a", "b", "c"), Activations.order(names, opened.metadata()));
      assertEquals(names, Activations.order(names, Map.of()));
    }
  }
}
