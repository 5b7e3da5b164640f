package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoOpenScopes.class)
final class LinearActivationTest {
  private static final long[][] INPUTS = {{4}, {5, 4}, {2, 3, 4}, {0, 4}, {130, 4}};

  static Stream<Arguments> cases() {
    return Stream.of(Activation.values())
        .flatMap(activation -> Stream.of(true, false).map(bias -> Arguments.of(activation, bias)));
  }

  private static Tensor random(int seed, DType dtype, long... shape) {
    return Tensor.randn(Generator.seeded(seed), DType.F64, shape).to(dtype);
  }

  private static Tensor after(Tensor x, Activation activation) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> x.relu();
      case SIGMOID -> x.sigmoid();
      case TANH -> x.tanh();
      case GELU -> x.gelu();
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheSameAsOneAfterTheOther(Activation activation, boolean biased) {
    for (DType dtype : new DType[] {DType.F64, DType.F32, DType.BF16}) {
      double rtol = dtype == DType.F64 ? 1e-13 : dtype == DType.F32 ? 2e-6 : 1e-2;
      for (long[] shape : INPUTS) {
        try (var _ = Scope.open()) {
          Tensor x = random(1, dtype, shape);
          Tensor w = random(2, dtype, 7, 4);
          Tensor b = biased ? random(3, dtype, 7) : null;
          Tensor y = x.linear(w, b, activation);
          assertEquals(dtype, y.dtype());
          Tensor wide = b == null ? null : b.to(DType.F64);
          Tensor expected =
              after(x.to(DType.F64).linear(w.to(DType.F64), wide), activation).to(dtype);
          assertSame("linear", expected, y, rtol, rtol);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheGradientsOfOneAfterTheOther(Activation activation, boolean biased) {
    for (long[] shape : INPUTS) {
      try (var _ = Scope.open()) {
        List<Tensor> fused = gradients(shape, biased, in -> linear(in, activation));
        List<Tensor> apart =
            gradients(shape, biased, in -> after(linear(in, Activation.NONE), activation));
        for (int i = 0; i < fused.size(); i++) {
          assertSame("gradient " + i, apart.get(i), fused.get(i), 1e-12, 1e-14);
        }
      }
    }
  }

  private static Tensor linear(List<Tensor> in, Activation activation) {
    return in.get(0).linear(in.get(1), in.size() == 3 ? in.get(2) : null, activation);
  }

  private static List<Tensor> inputs(long[] shape, boolean biased) {
    List<Tensor> in = new ArrayList<>();
    in.add(random(1, DType.F64, shape).requiresGrad_());
    in.add(random(2, DType.F64, 7, 4).requiresGrad_());
    if (biased) {
      in.add(random(3, DType.F64, 7).requiresGrad_());
    }
    return in;
  }

  private static List<Tensor> gradients(
      long[] shape, boolean biased, Function<List<Tensor>, Tensor> function) {
    List<Tensor> in = inputs(shape, biased);
    Tensor y = function.apply(in);
    y.backward(random(4, DType.F64, y.shape()));
    return in.stream().map(x -> Objects.requireNonNull(x.grad())).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithDifferences(Activation activation, boolean biased) {
    try (var _ = Scope.open()) {
      long[] shape = {3, 4};
      Tensor[] in = inputs(shape, biased).toArray(Tensor[]::new);
      GradCheck.check(list -> linear(list, activation), in);
      GradCheck.checkSecond(list -> linear(list, activation), in);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void computesOnlyTheGradientsThatAreNeeded(Activation activation) {
    try (var _ = Scope.open()) {
      Tensor x = random(1, DType.F64, 5, 4);
      Tensor w = random(2, DType.F64, 7, 4).requiresGrad_();
      Tensor b = random(3, DType.F64, 7);
      x.linear(w, b, activation).sum().backward();
      List<Tensor> all = inputs(new long[] {5, 4}, true);
      linear(all, activation).sum().backward();
      assertSame("dW", Objects.requireNonNull(all.get(1).grad()), w.grad(), 0, 0);
      assertEquals(null, x.grad());
      assertEquals(null, b.grad());
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void needsNoGradientWhereNothingIsRecorded(Activation activation) {
    try (var _ = Scope.open()) {
      List<Tensor> in = inputs(new long[] {5, 4}, true);
      Tensor recorded = linear(in, activation);
      try (var _ = NoGrad.open()) {
        Tensor y = linear(in, activation);
        assertFalse(y.requiresGrad());
        assertSame("y", recorded.detach(), y, 1e-14, 1e-15);
      }
    }
  }

  @Test
  void refusesAResultThatWasChangedSince() {
    try (var _ = Scope.open()) {
      List<Tensor> in = inputs(new long[] {5, 4}, true);
      Tensor y = linear(in, Activation.TANH);
      Tensor loss = y.sum();
      y.detach().zero_();
      assertThrows(IllegalStateException.class, loss::backward);
    }
  }

  @Test
  void geluIsWhatPyTorchComputes() {
    try (var _ = Scope.open()) {
      double[] x = {-5, -1, 0, 0.5, 1, 3, 9, -9, 50, -50};
      double[] y = {
        -1.43325785961e-06,
        -0.15865525393145707,
        0,
        0.34573123063700656,
        0.8413447460685429,
        2.99595030590511,
        9,
        0,
        50,
        0
      };
      Tensor one = Tensor.ones(DType.F64, 1, 1);
      Tensor column = Tensor.of(x, x.length, 1);
      double[] actual = column.linear(one, null, Activation.GELU).toDoubleArray();
      assertArrayEquals(y, actual, 1e-15 * 50);
    }
  }

  @Test
  void namesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor x = random(1, DType.F32, 8, 3);
      Tensor w = random(2, DType.F32, 5, 4);
      ShapeException e =
          assertThrows(ShapeException.class, () -> x.linear(w, null, Activation.RELU));
      assertEquals(
          "linear: sizes do not fit: input [8,3], weight [5,4]; expected [*,in], [out,in] and [out]",
          e.getMessage());
    }
  }
}
