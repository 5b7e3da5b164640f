package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// [GradCheck] finds what is wrong, and nothing else.
@ExtendWith(NoOpenScopes.class)
final class GradCheckTest {
  /// `x²` whose gradient is off by `factor(calls)`.
  private static AutogradFunction square(Function<Integer, Double> factor) {
    int[] calls = new int[1];
    return new AutogradFunction() {
      @Override
      public List<Tensor> forward(AutogradContext context, List<Tensor> inputs) {
        context.saveForBackward(inputs.getFirst());
        return List.of(inputs.getFirst().square());
      }

      @Override
      public List<@Nullable Tensor> backward(
          AutogradContext context, List<@Nullable Tensor> gradients) {
        Tensor g = Objects.requireNonNull(gradients.getFirst());
        return List.of(g.mul(context.savedTensors().getFirst()).mul(2 * factor.apply(calls[0]++)));
      }
    };
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  @Test
  void checksEveryResult() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(0.3, 1.2);
      Tensor w = leaf(0.7, -0.4);
      Function<List<Tensor>, List<Tensor>> good =
          in ->
              List.of(in.get(0).mul(in.get(1)), in.get(0).gt(0), in.get(0).exp(), leaf(1).detach());
      GradCheck.checkAll(GradCheck.Options.DEFAULT, good, x, w);
      GradCheck.checkAllSecond(GradCheck.Options.DEFAULT, good, x, w);
      Function<List<Tensor>, List<Tensor>> bad =
          in -> List.of(in.get(1).exp(), square(_ -> 1.1).call(in.get(0)));
      String message =
          assertThrows(
                  AssertionError.class,
                  () -> GradCheck.checkAll(GradCheck.Options.DEFAULT, bad, x, w))
              .getMessage();
      assertTrue(
          String.valueOf(message).startsWith("gradcheck: input 0, element 0: analytic "), message);
    }
  }

  @Test
  void isAsStrictAsItIsToldToBe() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(0.3, 1.2);
      Function<List<Tensor>, List<Tensor>> off =
          in -> List.of(square(_ -> 1.001).call(in.getFirst()));
      assertThrows(
          AssertionError.class, () -> GradCheck.checkAll(GradCheck.Options.DEFAULT, off, x));
      GradCheck.checkAll(new GradCheck.Options(1e-6, 1e-6, 1e-2, 0), off, x);
      GradCheck.checkAll(new GradCheck.Options(1e-6, 1e-2, 0, 0), off, x);
      assertThrows(
          AssertionError.class,
          () ->
              GradCheck.checkAll(
                  new GradCheck.Options(0.5, 1e-6, 1e-5, 0),
                  in -> List.of(in.getFirst().exp()),
                  x));
    }
  }

  @Test
  void noticesABackwardThatChanges() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(0.5);
      Function<List<Tensor>, List<Tensor>> drifting =
          in -> List.of(square(call -> 1 + call * 1e-9).call(in.getFirst()));
      String message =
          assertThrows(
                  AssertionError.class,
                  () -> GradCheck.checkAll(GradCheck.Options.DEFAULT, drifting, x))
              .getMessage();
      assertTrue(
          String.valueOf(message).startsWith("gradcheck: input 0, element 0: backward gave "),
          message);
      GradCheck.checkAll(new GradCheck.Options(1e-6, 1e-6, 1e-5, 1e-6), drifting, x);
      assertEquals(0.5, x.item(), "inputs are put back");
    }
  }
}
