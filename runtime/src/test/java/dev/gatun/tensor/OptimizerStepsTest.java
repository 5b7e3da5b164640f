package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fused steps against the operations that they stand for: tensors with gaps go through those,
/// and the results must be the same to the bit.
@ExtendWith(NoOpenScopes.class)
class OptimizerStepsTest {
  private static final AdamStep ADAM = new AdamStep(0.1, 0.9, 0.999, 1e-8, 0, false, false, 1);

  static Stream<AdamStep> adams() {
    return Stream.of(
        ADAM,
        new AdamStep(0.01, 0.8, 0.95, 1e-3, 0, false, true, 7),
        new AdamStep(0.1, 0.9, 0.999, 1e-8, 0.1, false, false, 2),
        new AdamStep(0.1, 0.9, 0.999, 1e-8, 0.1, true, false, 3));
  }

  static Stream<SgdStep> sgds() {
    return Stream.of(
        new SgdStep(0.1, 0.9, 0, 0, false, false),
        new SgdStep(0.1, 0.9, 0.5, 0, false, true),
        new SgdStep(0.1, 0.9, 0, 0.1, true, false),
        new SgdStep(0.1, 0, 0, 0.1, false, false));
  }

  @ParameterizedTest
  @MethodSource("adams")
  void adamRoundsAsItsOperations(AdamStep step) {
    compare(5, t -> step.apply(t.get(0), t.get(1), t.get(2), t.get(3), null));
    compare(5, t -> step.apply(t.get(0), t.get(1), t.get(2), t.get(3), t.get(4)));
  }

  @ParameterizedTest
  @MethodSource("sgds")
  void gradientDescentRoundsAsItsOperations(SgdStep step) {
    compare(3, t -> step.apply(t.get(0), t.get(1), null));
    compare(3, t -> step.apply(t.get(0), t.get(1), t.get(2)));
  }

  /// Sizes around a vector, around a block, and large enough for several threads.
  private static void compare(int count, Consumer<List<Tensor>> step) {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (long n : new long[] {0, 1, 3, 8, 17, 767, 768, 769, 70_001}) {
        try (var _ = Scope.open()) {
          Generator generator = Generator.seeded(n + 1);
          List<Tensor> dense = new ArrayList<>();
          List<Tensor> spread = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            Tensor values = Tensor.rand(generator, dtype, n).sub(i < 3 ? 0.5 : 0);
            dense.add(values);
            spread.add(Tensor.zeros(dtype, n, 2).select(1, 0).copy_(values));
          }
          step.accept(dense);
          step.accept(spread);
          for (int i = 0; i < count; i++) {
            assertArrayEquals(
                spread.get(i).to(DType.F64).toDoubleArray(),
                dense.get(i).to(DType.F64).toDoubleArray(),
                dtype + " " + n + ", tensor " + i);
          }
        }
      }
    }
  }

  static Stream<Consumer<List<Tensor>>> others() {
    return Stream.of(
        t ->
            new NAdamStep(0.1, 0.9, 0.99, 1e-8, 0.1, 0.8, 0.2, 3)
                .apply(t.get(0), t.get(1), t.get(2), t.get(3)),
        t ->
            new RAdamStep(0.1, 0.9, 0.99, 1e-8, 0.1, 9)
                .apply(t.get(0), t.get(1), t.get(2), t.get(3)),
        t ->
            new AdamaxStep(0.1, 0.9, 0.99, 1e-8, 0.1, true, 3)
                .apply(t.get(0), t.get(1), t.get(2), t.get(3)),
        t -> new AdagradStep(0.1, 0.1, 1e-8, 0.1, false, 3).apply(t.get(0), t.get(1), t.get(3)),
        t ->
            new AdadeltaStep(0.1, 0.9, 1e-6, 0.1, true)
                .apply(t.get(0), t.get(1), t.get(3), t.get(4)),
        t ->
            new RMSpropStep(0.1, 0.9, 2, 0.1, 0.5, false)
                .apply(t.get(0), t.get(1), t.get(3), t.get(4), t.get(2)),
        t -> new RpropStep(0.5, 1.2, 1e-6, 50, false).apply(t.get(0), t.get(1), t.get(2), t.get(3)),
        t -> new ASGDStep(0.1, 0.1, 0.5, 0.1, true).apply(t.get(0), t.get(1), t.get(2)));
  }

  @ParameterizedTest
  @MethodSource("others")
  void stepsWithGapsAreThoseWithout(Consumer<List<Tensor>> step) {
    compare(5, step);
  }

  /// However elements fall into blocks and tasks, each is changed in the same way.
  @ParameterizedTest
  @MethodSource("others")
  void stepsOfPartsAreThoseOfTheWhole(Consumer<List<Tensor>> step) {
    try (var _ = Scope.open()) {
      long n = 70_001;
      Generator generator = Generator.seeded(1);
      List<Tensor> whole = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        whole.add(Tensor.rand(generator, DType.F32, n).sub(i < 3 ? 0.5 : 0));
      }
      List<Tensor> parts = whole.stream().map(Tensor::copy).toList();
      step.accept(whole);
      for (long at = 0; at < n; at += 9_973) {
        long from = at;
        long count = Math.min(9_973, n - at);
        step.accept(parts.stream().map(t -> t.narrow(0, from, count)).toList());
      }
      for (int i = 0; i < 5; i++) {
        assertArrayEquals(parts.get(i).toFloatArray(), whole.get(i).toFloatArray(), "tensor " + i);
      }
    }
  }

  @Test
  void tensorsThatShareMemoryAreUpdatedInOrder() {
    try (var _ = Scope.open()) {
      Tensor p = Tensor.of(1f, 2f, 3f, 4f);
      new SgdStep(1, 0, 0, 0, false, false).apply(p.narrow(0, 0, 2), p.narrow(0, 1, 2), null);
      assertArrayEquals(new float[] {-1, -1, 3, 4}, p.toFloatArray());
    }
  }

  @Test
  void changesAreSeenByBackward() {
    try (var _ = Scope.open()) {
      Tensor p = Tensor.of(1f, 2f).requiresGrad_();
      Tensor y = p.square().sum();
      try (var _ = NoGrad.open()) {
        ADAM.apply(p, Tensor.ones(2), Tensor.zeros(2), Tensor.zeros(2), null);
      }
      assertThrows(IllegalStateException.class, y::backward);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor p = Tensor.zeros(2, 3);
      SgdStep sgd = new SgdStep(1, 0, 0, 0, false, false);
      assertEquals(
          "sgd: shapes differ: [2,3] and [3]",
          assertThrows(ShapeException.class, () -> sgd.apply(p, Tensor.zeros(3), null))
              .getMessage());
      assertEquals(
          "adam: dtypes differ: F32 [2,3] and F64 [2,3]; convert one with to(DType)",
          assertThrows(
                  DTypeException.class,
                  () -> ADAM.apply(p, p.copy(), p.copy(), p.to(DType.F64), null))
              .getMessage());
      Tensor leaf = Tensor.zeros(2, 3).requiresGrad_();
      assertEquals(
          "sgd: tensor [2,3] needs a gradient and this change is not recorded; open NoGrad",
          assertThrows(IllegalStateException.class, () -> sgd.apply(leaf, p, null)).getMessage());
    }
  }
}
