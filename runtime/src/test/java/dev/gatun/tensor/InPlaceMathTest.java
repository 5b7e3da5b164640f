package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions of one operand in place give the values and the gradients of their twins.
@ExtendWith(NoOpenScopes.class)
final class InPlaceMathTest {
  record Twin(
      String name, double from, UnaryOperator<Tensor> inPlace, UnaryOperator<Tensor> apart) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Twin> twins() {
    return Stream.of(
        new Twin("abs_", 0, x -> x.abs_(), x -> x.abs()),
        new Twin("sign_", 0, x -> x.sign_(), x -> x.sign()),
        new Twin("exp_", 0, x -> x.exp_(), x -> x.exp()),
        new Twin("log_", 0, x -> x.log_(), x -> x.log()),
        new Twin("sigmoid_", 0, x -> x.sigmoid_(), x -> x.sigmoid()),
        new Twin("tanh_", 0, x -> x.tanh_(), x -> x.tanh()),
        new Twin("erf_", 0, x -> x.erf_(), x -> x.erf()),
        new Twin("reciprocal_", 0, x -> x.reciprocal_(), x -> x.reciprocal()),
        new Twin("neg_", 0, x -> x.neg_(), x -> x.neg()),
        new Twin("sqrt_", 0, x -> x.sqrt_(), x -> x.sqrt()),
        new Twin("relu_", 0, x -> x.relu_(), x -> x.relu()),
        new Twin("exp2_", 0, x -> x.exp2_(), x -> x.exp2()),
        new Twin("expm1_", 0, x -> x.expm1_(), x -> x.expm1()),
        new Twin("log2_", 0, x -> x.log2_(), x -> x.log2()),
        new Twin("log10_", 0, x -> x.log10_(), x -> x.log10()),
        new Twin("log1p_", 0, x -> x.log1p_(), x -> x.log1p()),
        new Twin("rsqrt_", 0, x -> x.rsqrt_(), x -> x.rsqrt()),
        new Twin("sin_", 0, x -> x.sin_(), x -> x.sin()),
        new Twin("cos_", 0, x -> x.cos_(), x -> x.cos()),
        new Twin("tan_", 0, x -> x.tan_(), x -> x.tan()),
        new Twin("asin_", 0, x -> x.asin_(), x -> x.asin()),
        new Twin("acos_", 0, x -> x.acos_(), x -> x.acos()),
        new Twin("atan_", 0, x -> x.atan_(), x -> x.atan()),
        new Twin("sinh_", 0, x -> x.sinh_(), x -> x.sinh()),
        new Twin("cosh_", 0, x -> x.cosh_(), x -> x.cosh()),
        new Twin("asinh_", 0, x -> x.asinh_(), x -> x.asinh()),
        new Twin("atanh_", 0, x -> x.atanh_(), x -> x.atanh()),
        new Twin("sinc_", 0, x -> x.sinc_(), x -> x.sinc()),
        new Twin("deg2rad_", 0, x -> x.deg2rad_(), x -> x.deg2rad()),
        new Twin("rad2deg_", 0, x -> x.rad2deg_(), x -> x.rad2deg()),
        new Twin("logit_", 0, x -> x.logit_(), x -> x.logit()),
        new Twin("erfc_", 0, x -> x.erfc_(), x -> x.erfc()),
        new Twin("erfinv_", 0, x -> x.erfinv_(), x -> x.erfinv()),
        new Twin("lgamma_", 0, x -> x.lgamma_(), x -> x.lgamma()),
        new Twin("digamma_", 0, x -> x.digamma_(), x -> x.digamma()),
        new Twin("nanToNum_", 0, x -> x.nanToNum_(), x -> x.nanToNum()),
        new Twin("floor_", 0, x -> x.floor_(), x -> x.floor()),
        new Twin("ceil_", 0, x -> x.ceil_(), x -> x.ceil()),
        new Twin("round_", 0, x -> x.round_(), x -> x.round()),
        new Twin("trunc_", 0, x -> x.trunc_(), x -> x.trunc()),
        new Twin("frac_", 0, x -> x.frac_(), x -> x.frac()),
        new Twin("abs of negative_", -1, x -> x.abs_(), x -> x.abs()),
        new Twin("acosh_", 1, x -> x.acosh_(), x -> x.acosh()),
        new Twin("logit eps_", 0, x -> x.logit_(0.25), x -> x.logit(0.25)),
        new Twin("polygamma_", 1, x -> x.polygamma_(2), x -> x.polygamma(2)),
        new Twin("round decimals_", 0, x -> x.round_(1), x -> x.round(1)),
        new Twin("nanToNum given_", 0, x -> x.nanToNum_(1, 2, 3), x -> x.nanToNum(1, 2, 3)),
        new Twin("leakyRelu_", -0.5, x -> x.leakyRelu_(), x -> x.leakyRelu()),
        new Twin("hardtanh_", -0.5, x -> x.hardtanh_(), x -> x.hardtanh()),
        new Twin("relu6_", -0.5, x -> x.relu6_(), x -> x.relu6()),
        new Twin("hardsigmoid_", -0.5, x -> x.hardsigmoid_(), x -> x.hardsigmoid()),
        new Twin("hardswish_", -0.5, x -> x.hardswish_(), x -> x.hardswish()),
        new Twin("elu_", -0.5, x -> x.elu_(), x -> x.elu()),
        new Twin("selu_", -0.5, x -> x.selu_(), x -> x.selu()),
        new Twin("celu_", -0.5, x -> x.celu_(), x -> x.celu()),
        new Twin("silu_", -0.5, x -> x.silu_(), x -> x.silu()),
        new Twin("mish_", -0.5, x -> x.mish_(), x -> x.mish()),
        new Twin("leakyRelu given_", -2, x -> x.leakyRelu_(0.3), x -> x.leakyRelu(0.3)),
        new Twin("threshold_", 0, x -> x.threshold_(0.37, -2), x -> x.threshold(0.37, -2)),
        new Twin("hardtanh given_", 0, x -> x.hardtanh_(0.2, 0.8), x -> x.hardtanh(0.2, 0.8)),
        new Twin("elu given_", -2, x -> x.elu_(0.3), x -> x.elu(0.3)),
        new Twin("celu given_", -2, x -> x.celu_(0.3), x -> x.celu(0.3)),
        new Twin(
            "rrelu_",
            -2,
            x -> x.rrelu_(0.1, 0.3, Generator.seeded(5)),
            x -> x.rrelu(0.1, 0.3, Generator.seeded(5))),
        new Twin("sin of large_", 1000000.0, x -> x.sin_(), x -> x.sin()));
  }

  /// Numbers from `from` to one more, none of which is a kink.
  private static Tensor sample(Twin twin, DType dtype, long... shape) {
    Generator generator = Generator.seeded(3);
    return Tensor.empty(dtype, shape).uniform_(generator, twin.from() + 0.05, twin.from() + 0.9);
  }

  @ParameterizedTest
  @MethodSource("twins")
  void computesWhatItsTwinDoes(Twin twin) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      for (Layout layout : Layout.values()) {
        for (long[] shape : new long[][] {{5, 7}, {33}, {0, 3}, {1, 4}, {}}) {
          try (var _ = Scope.open()) {
            Tensor x = layout.place(sample(twin, dtype, shape));
            double[] expected = twin.apart().apply(x).toDoubleArray();
            assertSame(x, twin.inPlace().apply(x));
            assertArrayEquals(expected, x.toDoubleArray());
            assertEquals(dtype, x.dtype());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void hasTheGradientOfItsTwin(Twin twin) {
    try (var _ = Scope.open()) {
      Tensor seed = Tensor.randn(Generator.seeded(8), DType.F64, 4, 3);
      Tensor a = sample(twin, DType.F64, 4, 3).requiresGrad_(true);
      Tensor b = a.detach().copy().requiresGrad_(true);
      twin.apart().apply(a.mul(1)).mul(seed).sum().backward();
      twin.inPlace().apply(b.mul(1)).mul(seed).sum().backward();
      assertArrayEquals(
          Objects.requireNonNull(a.grad()).toDoubleArray(),
          Objects.requireNonNull(b.grad()).toDoubleArray(),
          1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void changesAViewOfARecordedTensor(Twin twin) {
    try (var _ = Scope.open()) {
      Tensor a = sample(twin, DType.F64, 4, 3).requiresGrad_(true);
      Tensor b = a.detach().copy().requiresGrad_(true);
      twin.apart().apply(a.mul(1).narrow(0, 1, 2)).sum().backward();
      Tensor whole = b.mul(1);
      Tensor _ = twin.inPlace().apply(whole.narrow(0, 1, 2));
      whole.narrow(0, 1, 2).sum().backward();
      assertArrayEquals(
          Objects.requireNonNull(a.grad()).toDoubleArray(),
          Objects.requireNonNull(b.grad()).toDoubleArray(),
          1e-14);
    }
  }

  @Test
  void refusesIntegersThatCannotHoldTheResult() {
    try (var _ = Scope.open()) {
      Tensor whole = Tensor.of(new long[] {1, 2}, 2);
      assertEquals(
          "sin_: needs F32 or F64, got I64 [2]; convert with to(DType)",
          assertThrows(DTypeException.class, whole::sin_).getMessage());
      assertEquals(
          "logit_: needs F32 or F64, got I64 [2]; convert with to(DType)",
          assertThrows(DTypeException.class, () -> whole.logit_(0.1)).getMessage());
    }
  }

  @Test
  void leavesIntegersThatAreRoundAlready() {
    try (var _ = Scope.open()) {
      Tensor whole = Tensor.of(new long[] {1, -2}, 2);
      for (Tensor y :
          new Tensor[] {whole.floor_(), whole.ceil_(), whole.round_(), whole.trunc_()}) {
        assertSame(whole, y);
      }
      assertSame(whole, whole.nanToNum_());
      assertArrayEquals(new long[] {1, 2}, whole.abs_().toLongArray());
      assertArrayEquals(new long[] {1, 1}, whole.sign_().toLongArray());
    }
  }

  @Test
  void refusesLeaves() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(2).requiresGrad_(true);
      String message = assertThrows(IllegalStateException.class, x::exp_).getMessage();
      assertEquals(
          "exp_: a leaf that requires a gradient cannot be changed in place: %s; open NoGrad, or change a copy()"
              .formatted(x.describe()),
          message);
      try (var _ = NoGrad.open()) {
        assertEquals(Math.E, x.exp_().get(0), 1e-6);
      }
    }
  }
}
