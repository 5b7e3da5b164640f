package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the functions of one operand do with dtypes, and numbers that PyTorch gets less exactly.
@ExtendWith(NoOpenScopes.class)
final class MathFunctionsTest {
  record Named(String name, UnaryOperator<Tensor> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> real() {
    return Stream.of(
        new Named("exp", Tensor::exp),
        new Named("log", Tensor::log),
        new Named("sqrt", Tensor::sqrt),
        new Named("sigmoid", Tensor::sigmoid),
        new Named("tanh", Tensor::tanh),
        new Named("erf", Tensor::erf),
        new Named("reciprocal", Tensor::reciprocal),
        new Named("exp2", Tensor::exp2),
        new Named("expm1", Tensor::expm1),
        new Named("log2", Tensor::log2),
        new Named("log10", Tensor::log10),
        new Named("log1p", Tensor::log1p),
        new Named("rsqrt", Tensor::rsqrt),
        new Named("logit", x -> x.logit()),
        new Named("logit", x -> x.logit(0.25)),
        new Named("sin", Tensor::sin),
        new Named("cos", Tensor::cos),
        new Named("tan", Tensor::tan),
        new Named("asin", Tensor::asin),
        new Named("acos", Tensor::acos),
        new Named("atan", Tensor::atan),
        new Named("sinh", Tensor::sinh),
        new Named("cosh", Tensor::cosh),
        new Named("asinh", Tensor::asinh),
        new Named("acosh", Tensor::acosh),
        new Named("atanh", Tensor::atanh),
        new Named("sinc", Tensor::sinc),
        new Named("deg2rad", Tensor::deg2rad),
        new Named("rad2deg", Tensor::rad2deg),
        new Named("erfc", Tensor::erfc),
        new Named("erfinv", Tensor::erfinv),
        new Named("lgamma", Tensor::lgamma),
        new Named("digamma", Tensor::digamma),
        new Named("polygamma", x -> x.polygamma(2)));
  }

  @ParameterizedTest
  @MethodSource("real")
  void takesIntegersAsFloats(Named test) {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.I32, DType.I64, DType.U8, DType.BOOL}) {
        Tensor x = Tensor.of(new long[] {0, 1, 2, 5, 1, 0}, 2, 3).to(dtype).t();
        Tensor expected = test.function().apply(x.to(DType.F32));
        Tensor y = test.function().apply(x);
        assertEquals(DType.F32, y.dtype());
        assertArrayEquals(expected.toDoubleArray(), y.toDoubleArray());
        assertArrayEquals(new long[] {3, 2}, y.shape());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("real")
  void refusesStorageTypes(Named test) {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(DType.F16, 2, 1);
      String message =
          test.name()
              + ": needs F32, F64, I32, I64, U8 or BOOL, got F16 [2,1]; convert with to(DType)";
      assertEquals(
          message, assertThrows(DTypeException.class, () -> test.function().apply(x)).getMessage());
    }
  }

  @Test
  void roundsIntegersToThemselves() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.I32, DType.I64, DType.U8}) {
        Tensor x = Tensor.of(new long[] {0, 1, 200}, 3).to(dtype);
        for (Tensor y : new Tensor[] {x.floor(), x.ceil(), x.round(), x.trunc()}) {
          assertTrue(x.equal(y));
        }
      }
      Tensor flags = Tensor.of(new boolean[] {true}, 1);
      assertRefused("floor: needs F32, F64, I32, I64 or U8, got BOOL [1]", flags::floor);
      Tensor whole = Tensor.of(new int[] {1}, 1);
      assertRefused("round: needs F32 or F64, got I32 [1]", () -> whole.round(1));
      assertRefused("frac: needs F32 or F64, got I32 [1]", whole::frac);
    }
  }

  private static void assertRefused(String message, Runnable body) {
    assertEquals(
        message + "; convert with to(DType)",
        assertThrows(DTypeException.class, body::run).getMessage());
  }

  @Test
  void keepsTheSignOfZero() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.F32, DType.F64}) {
        double[] minus = new double[19];
        Arrays.fill(minus, -0.0);
        Tensor x = Tensor.full(dtype, -0.0, 19);
        Tensor small = Tensor.full(dtype, -0.25, 19);
        assertArrayEquals(minus, small.ceil().toDoubleArray());
        assertArrayEquals(minus, small.round().toDoubleArray());
        assertArrayEquals(minus, small.trunc().toDoubleArray());
        for (Tensor y :
            new Tensor[] {
              x.floor(),
              x.ceil(),
              x.round(),
              x.trunc(),
              x.sin(),
              x.tan(),
              x.asin(),
              x.atan(),
              x.sinh(),
              x.asinh(),
              x.atanh(),
              x.expm1(),
              x.log1p(),
              x.erfinv()
            }) {
          assertArrayEquals(minus, y.toDoubleArray());
        }
      }
    }
  }

  @Test
  void putsTheLargestNumbersForInfinity() {
    try (var _ = Scope.open()) {
      double inf = Double.POSITIVE_INFINITY;
      Tensor x = Tensor.of(new double[] {inf, -inf, Double.NaN, 1.5}, 4);
      double max = Double.MAX_VALUE;
      assertArrayEquals(new double[] {max, -max, 0, 1.5}, x.nanToNum().toDoubleArray());
      max = Float.MAX_VALUE;
      double[] floats = x.to(DType.F32).nanToNum().toDoubleArray();
      assertArrayEquals(new double[] {max, -max, 0, 1.5}, floats);
      assertTrue(Tensor.of(new boolean[] {true}, 1).nanToNum().equal(Tensor.ones(DType.BOOL, 1)));
    }
  }

  @Test
  void classifiesEveryDType() {
    try (var _ = Scope.open()) {
      double inf = Double.POSITIVE_INFINITY;
      for (DType dtype : new DType[] {DType.F32, DType.F64, DType.BF16, DType.F16}) {
        Tensor x = Tensor.of(new double[] {inf, -inf, Double.NaN, 1.5}, 4).to(dtype);
        assertArrayEquals(new double[] {0, 0, 1, 0}, x.isnan().toDoubleArray());
        assertArrayEquals(new double[] {1, 1, 0, 0}, x.isinf().toDoubleArray());
        assertArrayEquals(new double[] {0, 0, 0, 1}, x.isfinite().toDoubleArray());
      }
    }
  }

  /// Values computed with forty digits.
  @Test
  void agreesWithExactValues() {
    try (var _ = Scope.open()) {
      exact(
          Tensor::erfinv,
          0.9999999999,
          4.572824958544925,
          0.999999,
          3.458910737275499,
          0.9999999999999999,
          5.8635847487551676,
          -0.7,
          -0.7328690779592167,
          1e-300,
          8.86226925452758e-301,
          0.5,
          0.4769362762044699);
      exact(
          Tensor::lgamma,
          1.0000001,
          -5.772155829918507e-08,
          0.9999,
          5.7729791561193866e-05,
          2.0001,
          4.2281658112919945e-05,
          1e-05,
          11.512919692895826,
          7.3,
          7.147892523022248,
          9.99,
          12.779315214350193,
          10.5,
          13.940625219403763,
          170.5,
          704.0044277342047,
          -0.3,
          1.4648400508576025,
          -10.7,
          -15.416789096416636,
          0.45,
          0.6770871054774646,
          2.6,
          0.35741186354897986);
      exact(
          Tensor::digamma,
          0.1,
          -10.423754940411076,
          0.9,
          -0.7549269499470513,
          3.7,
          1.1671535393615113,
          9.5,
          2.1977378764029494,
          50.25,
          3.90702729700628,
          -0.3,
          2.113309779635399,
          -10.7,
          0.13374481244706443);
      exact(
          x -> x.polygamma(1),
          0.1,
          101.43329915079275,
          0.9,
          1.9225399594772035,
          3.7,
          0.3100378576700383,
          9.5,
          0.11099728846909904,
          50.25,
          0.020099825840728038,
          -0.3,
          13.945160267805722,
          -4.7,
          14.887691216772538);
      exact(
          x -> x.polygamma(2),
          0.1,
          -2001.8614573783436,
          0.9,
          -3.20179704379472,
          3.7,
          -0.09539530872855403,
          9.5,
          -0.012307845807709338,
          50.25,
          -0.0004039894007706621,
          -0.3,
          67.63908119988317,
          -4.7,
          -68.87419113435514);
      exact(
          x -> x.polygamma(3),
          0.1,
          60004.51287679026,
          0.9,
          9.739014093776728,
          3.7,
          0.058279217956563614,
          9.5,
          0.0027267288350372493,
          50.25,
          1.6239140096220474e-05,
          -0.3,
          766.6198904191685,
          -4.7,
          769.0069453266011);
      exact(
          x -> x.polygamma(6),
          0.1,
          -7200000373.781803,
          0.9,
          -1513.8810303046328,
          3.7,
          -0.09576004675283734,
          9.5,
          -0.0002210449100120409,
          50.25,
          -7.908895153155656e-09,
          -0.3,
          3283420.02651577,
          -4.7,
          -3283537.0951697435);
      exact(
          Tensor::erfc,
          0.25,
          0.7236736098317631,
          0.75,
          0.28884436634648486,
          1.5,
          0.033894853524689274,
          4.0,
          1.541725790028002e-08,
          9.0,
          4.13703174651381e-37,
          20.0,
          5.395865611607901e-176,
          26.0,
          5.663192408856143e-296,
          -0.5,
          1.5204998778130465,
          -3.0,
          1.9999779095030015);
      exact(
          Tensor::sinc,
          0.25,
          0.9003163161571061,
          1.5,
          -0.2122065907891938,
          -2.25,
          0.10003514623967845,
          1e-09,
          1.0);
    }
  }

  private static void exact(UnaryOperator<Tensor> function, double... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      double y = function.apply(Tensor.scalar(DType.F64, pairs[i])).item();
      assertEquals(
          pairs[i + 1], y, 4e-15 * Math.max(1e-3, Math.abs(pairs[i + 1])), "of " + pairs[i]);
    }
  }

  @Test
  void hasLimitsAtInfinity() {
    try (var _ = Scope.open()) {
      double inf = Double.POSITIVE_INFINITY;
      Tensor x = Tensor.of(new double[] {inf, -1, -2}, 3);
      assertArrayEquals(new double[] {0, inf, inf}, x.polygamma(1).toDoubleArray());
      assertArrayEquals(new double[] {-0.0, -inf, -inf}, x.polygamma(2).toDoubleArray());
      Tensor positive = Tensor.of(0.5f, 1, 20);
      assertTrue(positive.polygamma(0).equal(positive.digamma()));
    }
  }

  @Test
  void refusesNegativeOrders() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(2);
      assertEquals(
          "polygamma: order must not be negative: -1",
          assertThrows(IllegalArgumentException.class, () -> x.polygamma(-1)).getMessage());
      assertEquals(
          "polygamma: order is above 170, its factorial has no F64: 2147483647",
          assertThrows(IllegalArgumentException.class, () -> x.polygamma(Integer.MAX_VALUE))
              .getMessage());
    }
  }
}
