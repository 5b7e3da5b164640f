package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Parameters whose shapes the first input tells.
class LazyModuleTest {
  private static String message(Class<? extends Throwable> type, Executable action) {
    return String.valueOf(assertThrows(type, action).getMessage());
  }

  /// A lazy module as a user writes one.
  private static final class Scale extends Module implements LazyModule {
    private final Parameter factor = parameter("factor", Parameter.uninitialized(DType.F64));

    @Override
    public void initializeParameters(Tensor x) {
      factor.materialize(x.size(-1));
      Init.constant_(factor, 3);
    }

    @Override
    public Tensor forward(Tensor x) {
      inferParameters(x);
      return x.mul(factor);
    }
  }

  @Test
  void theFirstInputGivesTheShape() {
    Generator generator = Generator.seeded(5);
    try (var lazy = new LazyLinear(3, true, DType.F32, Generator.seeded(5));
        var eager = new Linear(4, 3, true, DType.F32, generator);
        var _ = Scope.open()) {
      assertEquals("LazyLinear(in_features=0, out_features=3, bias=True)", lazy.toString());
      assertEquals("<UninitializedParameter>", lazy.weight().toString());
      assertTrue(lazy.hasUninitializedParameters());
      Parameter weight = lazy.weight();
      Tensor x = Tensor.ones(2, 4);
      assertArrayEquals(eager.forward(x).toFloatArray(), lazy.forward(x).toFloatArray());
      assertSame(weight, lazy.weight());
      assertFalse(lazy.hasUninitializedParameters());
      assertEquals("Linear(in_features=4, out_features=3, bias=True)", lazy.toString());
      assertEquals(4, lazy.inFeatures());
      lazy.forward(x).sum().backward();
      assertArrayEquals(new long[] {3, 4}, java.util.Objects.requireNonNull(weight.grad()).shape());
      assertThrows(RuntimeException.class, () -> lazy.forward(Tensor.ones(2, 5)));
    }
  }

  @Test
  void insideASequentialTheActivationIsFusedAsWell() {
    try (var net = new Sequential(new LazyLinear(8), new ReLU(), new LazyLinear(1));
        var _ = Scope.open()) {
      assertArrayEquals(new long[] {5, 1}, net.forward(Tensor.ones(5, 20)).shape());
      assertArrayEquals(new long[] {8, 20}, net.getParameter("0.weight").shape());
      assertArrayEquals(new long[] {1, 8}, net.getParameter("2.weight").shape());
    }
  }

  @Test
  void readingWhatIsUninitializedIsAnError() {
    try (var lazy = new LazyLinear(3);
        var _ = Scope.open()) {
      String expected =
          "uninitialized parameter has no values yet; call its module with an input first, or load a state";
      var type = IllegalStateException.class;
      assertEquals(expected, message(type, () -> lazy.weight().add(1)));
      assertEquals(expected, message(type, () -> lazy.weight().sum()));
      assertEquals(expected, message(type, () -> lazy.weight().toFloatArray()));
      assertEquals(expected, message(type, () -> Init.zeros_(lazy.weight())));
      assertEquals(
          "stateDict: 'weight' of LazyLinear is uninitialized; call the module with an input first",
          message(type, lazy::stateDict));
      assertEquals(
          "materialize: tensor [2] has values already",
          message(type, () -> new Parameter(Tensor.ones(2)).materialize(3)));
      assertEquals(
          "LazyLinear: input has no dimensions: []; expected [*,in]",
          message(IllegalArgumentException.class, () -> lazy.forward(Tensor.scalar(1f))));
    }
  }

  @Test
  void aStateGivesTheShapeToo() {
    try (var eager = new Linear(4, 3);
        var lazy = new LazyLinear(3);
        var _ = Scope.open()) {
      lazy.loadStateDict(eager.stateDict());
      assertFalse(lazy.hasUninitializedParameters());
      assertEquals(4, lazy.inFeatures());
      Tensor x = Tensor.ones(2, 4);
      assertArrayEquals(eager.forward(x).toFloatArray(), lazy.forward(x).toFloatArray());
    }
  }

  @Test
  void whatAStateLeftOutIsDrawnAtTheFirstInput() {
    try (var lazy = new LazyLinear(3);
        var _ = Scope.open()) {
      lazy.loadStateDict(Map.of("weight", Tensor.full(7f, 3, 4)), false);
      assertTrue(lazy.hasUninitializedParameters());
      Tensor _ = lazy.forward(Tensor.ones(1, 4));
      assertEquals(84, lazy.weight().detach().sum().item());
      assertArrayEquals(new long[] {3}, lazy.getParameter("bias").shape());
    }
  }

  @Test
  void aModuleOfOnesOwnMayBeLazy() {
    try (var scale = new Scale();
        var net = new Sequential(scale);
        var _ = Scope.open()) {
      assertTrue(scale.hasUninitializedParameters());
      assertArrayEquals(new double[] {3, 6}, net.call(Checks.f64(1, 2)).toDoubleArray());
      assertTrue(scale.getParameter("factor").requiresGrad());
    }
  }

  @Test
  void beforeTheFirstInputItIsConvertedAndFrozen() {
    try (var lazy = new LazyLinear(2);
        var _ = Scope.open()) {
      lazy.to(DType.F64).requiresGrad_(false);
      assertEquals(DType.F64, lazy.forward(Tensor.ones(DType.F64, 1, 3)).dtype());
      assertFalse(lazy.weight().requiresGrad());
    }
  }

  @Test
  void manyThreadsWithAFirstInputFindTheSameParameters() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (var lazy = new LazyLinear(64);
          var threads = Executors.newFixedThreadPool(4)) {
        List<Future<Double>> sums =
            threads.invokeAll(
                java.util.Collections.nCopies(
                    4,
                    () -> {
                      try (var _ = Scope.open()) {
                        return lazy.forward(Tensor.ones(1, 64)).detach().sum().item();
                      }
                    }));
        double first = sums.getFirst().get();
        for (Future<Double> sum : sums) {
          assertEquals(first, sum.get());
        }
      }
    }
  }

  @Test
  void anOptimizerWantsValues() {
    try (var lazy = new LazyLinear(2);
        var _ = Scope.open()) {
      assertEquals(
          "optimizer: a parameter is uninitialized; call its module with an input first",
          message(IllegalArgumentException.class, () -> new SGD(lazy.parameters(), 0.1)));
      Tensor _ = lazy.forward(Tensor.ones(1, 3));
      new SGD(lazy.parameters(), 0.1).close();
    }
  }
}
