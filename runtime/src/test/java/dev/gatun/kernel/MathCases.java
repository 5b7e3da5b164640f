package dev.gatun.kernel;

import dev.gatun.kernel.UnaryKernelsTest.UnaryCase;
import dev.gatun.memory.DType;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/// The functions of one operand that round, and the exponential, trigonometric and special ones,
/// each with its reference and the largest error in ulp.
final class MathCases {
  private static final List<DType> FLOATS = List.of(DType.F32, DType.F64);

  private MathCases() {}

  static Stream<UnaryCase> cases() {
    return Stream.of(
        of("floor", RoundingKernels::floor, Math::floor, 0),
        of("ceil", RoundingKernels::ceil, Math::ceil, 0),
        of("round", RoundingKernels::round, Math::rint, 0),
        of("trunc", RoundingKernels::trunc, x -> Math.copySign(Math.floor(Math.abs(x)), x), 0),
        of("frac", RoundingKernels::frac, RealFunctions::frac, 0),
        of("exp2", ExponentialKernels::exp2, x -> Math.pow(2, x), 1),
        of("expm1", ExponentialKernels::expm1, Math::expm1, 2),
        of("log2", ExponentialKernels::log2, RealFunctions::log2, 2),
        of("log10", ExponentialKernels::log10, Math::log10, 2),
        of("log1p", ExponentialKernels::log1p, Math::log1p, 2),
        of("rsqrt", ExponentialKernels::rsqrt, x -> 1 / Math.sqrt(x), 2),
        of("logit", ExponentialKernels::logit, RealFunctions::logit, 3),
        of("sin", TrigonometryKernels::sin, Math::sin, 2),
        of("cos", TrigonometryKernels::cos, Math::cos, 2),
        of("tan", TrigonometryKernels::tan, Math::tan, 4),
        of("asin", TrigonometryKernels::asin, Math::asin, 3),
        of("acos", TrigonometryKernels::acos, Math::acos, 3),
        of("atan", TrigonometryKernels::atan, Math::atan, 2),
        of("sinh", TrigonometryKernels::sinh, Math::sinh, 4),
        of("cosh", TrigonometryKernels::cosh, Math::cosh, 4),
        of("asinh", TrigonometryKernels::asinh, RealFunctions::asinh, 4),
        of("acosh", TrigonometryKernels::acosh, RealFunctions::acosh, 4),
        of("atanh", TrigonometryKernels::atanh, RealFunctions::atanh, 4),
        of("sinc", TrigonometryKernels::sinc, RealFunctions::sinc, 1),
        of("erfc", SpecialKernels::erfc, Erf::erfc, 4),
        of("erfinv", SpecialKernels::erfinv, ErfInverse::erfinv, 1),
        of("lgamma", SpecialKernels::lgamma, Gamma::lgamma, 1),
        of("digamma", SpecialKernels::digamma, Gamma::digamma, 1));
  }

  private static UnaryCase of(
      String name, Function<DType, UnaryRow> table, DoubleUnaryOperator expected, double ulps) {
    return new UnaryCase(name, FLOATS, table, expected, ulps);
  }
}
