package dev.gatun.kernel;

import dev.gatun.kernel.UnaryKernelsTest.UnaryCase;
import dev.gatun.memory.DType;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/// The activations that nothing cancels in, each with its reference and the largest error in ulp.
final class BendCases {
  private static final List<DType> FLOATS = List.of(DType.F32, DType.F64);

  private BendCases() {}

  static Stream<UnaryCase> cases() {
    return Stream.of(
        of("leakyRelu", rows -> rows.leakyRelu(0.25), x -> Curves.leakyRelu(x, 0.25), 0),
        of("threshold", rows -> rows.threshold(0.5, 7), x -> x <= 0.5 ? 7 : x, 0),
        of("hardtanh", rows -> rows.hardtanh(-2, 0.5), x -> Curves.hardtanh(x, -2, 0.5), 0),
        of("hardsigmoid", ActivationRows::hardsigmoid, Curves::hardsigmoid, 1),
        of("hardshrink", rows -> rows.hardshrink(0.5), x -> Math.abs(x) <= 0.5 ? 0 : x, 0),
        of("hardswish", ActivationRows::hardswish, Curves::hardswish, 3),
        of("softsign", ActivationRows::softsign, Curves::softsign, 2),
        of("elu", rows -> rows.elu(1.5, 1, 1), x -> Curves.elu(x, 1.5, 1, 1), 3),
        of("silu", ActivationRows::silu, Curves::silu, 5),
        of("mish", ActivationRows::mish, Curves::mish, 6),
        of("softplus", rows -> rows.softplus(1, 20), x -> Curves.softplus(x, 1, 20), 3),
        of("logSigmoid", ActivationRows::logSigmoid, Curves::logSigmoid, 3));
  }

  private static UnaryCase of(
      String name,
      Function<ActivationRows, UnaryRow> row,
      DoubleUnaryOperator expected,
      double ulps) {
    return new UnaryCase(
        name, FLOATS, dtype -> row.apply(ActivationRows.of(name, dtype)), expected, ulps);
  }
}
