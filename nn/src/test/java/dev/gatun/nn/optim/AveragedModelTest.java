package dev.gatun.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Module;
import dev.gatun.nn.Parameter;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AveragedModelTest {
  /// One parameter and two buffers.
  private static final class Tiny extends Module {
    final Parameter weight = parameter("weight", Tensor.zeros(2));
    final Tensor mean = buffer("mean", Tensor.zeros(1));
    final Tensor seen = buffer("seen", Tensor.of(new long[] {0}, 1));

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(weight);
    }

    void set(double w, double m, long s) {
      try (var _ = NoGrad.open()) {
        weight.fill_(w);
        mean.fill_(m);
        seen.fill_((double) s);
      }
    }
  }

  private static double first(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.get(name), name).get(0);
  }

  @Test
  void averagesParametersEqually() {
    try (var _ = Scope.open();
        Tiny model = new Tiny();
        AveragedModel averaged = new AveragedModel(model)) {
      for (int i = 1; i <= 4; i++) {
        model.set(i * i, i, i);
        averaged.updateParameters(model);
      }
      assertEquals(4, averaged.averaged());
      averaged.copyTo(model);
      assertArrayEquals(new float[] {7.5f, 7.5f}, model.weight.detach().toFloatArray(), 1e-6f);
      assertEquals(4, model.mean.item());
    }
  }

  @Test
  void olderWeightsCountLess() {
    try (var _ = Scope.open();
        Tiny model = new Tiny();
        AveragedModel averaged = new ExponentialMovingAverage(model, 0.9, true)) {
      model.set(1, 2, 3);
      averaged.updateParameters(model);
      model.set(2, 4, 6);
      averaged.updateParameters(model);
      var state = averaged.stateDict();
      assertEquals("[n_averaged, module.weight, module.mean, module.seen]", "" + state.keySet());
      assertEquals(1.1, first(state, "module.weight"), 1e-6);
      assertEquals(2.2, first(state, "module.mean"), 1e-6);
      assertEquals(6, first(state, "module.seen"));
      averaged.swap(model);
      assertEquals(1.1, model.weight.get(0), 1e-6);
      averaged.swap(model);
      assertEquals(2, model.weight.get(0));
      try (AveragedModel resumed = new ExponentialMovingAverage(model, 0.9, true)) {
        resumed.loadStateDict(state);
        assertEquals(2, resumed.averaged());
        resumed.updateParameters(model);
        assertEquals(1.19, first(resumed.stateDict(), "module.weight"), 1e-6);
      }
    }
  }

  @Test
  void refusesAnotherModelAndLeaksNothing() {
    try (var _ = Scope.open();
        Tiny model = new Tiny();
        Module other =
            new Module() {
              @SuppressWarnings("unused")
              final Parameter weight = parameter("weight", Tensor.zeros(3));

              @Override
              public Tensor forward(Tensor x) {
                return x;
              }
            }) {
      Garbage.collect();
      long before = MemoryStats.now().sharedBytes();
      try (AveragedModel averaged = new AveragedModel(model)) {
        assertEquals(
            "AveragedModel: 'weight' is tensor [2], the model has tensor [3]",
            assertThrows(IllegalArgumentException.class, () -> averaged.updateParameters(other))
                .getMessage());
      }
      assertThrows(
          IllegalArgumentException.class, () -> new ExponentialMovingAverage(model, 1.5).close());
      assertEquals(before, MemoryStats.now().sharedBytes());
    }
  }
}
