package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// [ActivationRows] by [Curves].
///
/// @param dtype F32 or F64
record ReferenceActivations(DType dtype) implements ActivationRows {
  static final ActivationRows F32 = new ReferenceActivations(DType.F32);
  static final ActivationRows F64 = new ReferenceActivations(DType.F64);

  private UnaryRow of(DoubleUnaryOperator function) {
    return MapRows.of("activation", dtype, function);
  }

  private BinaryRow of(DoubleBinaryOperator function) {
    return MapRows.of("activation", dtype, function);
  }

  private TernaryRow of(MapRows.Operator3 function) {
    return MapRows.of("activation", dtype, function);
  }

  @Override
  public BinaryRow slopes(Slopes s) {
    boolean single = dtype == DType.F32;
    double low = single ? s.lowestFloat() : s.lowest();
    double high = single ? s.highestFloat() : s.highest();
    return of((g, x) -> Curves.slopes(s, g, x, low, high));
  }

  /// A bound as the dtype has it.
  private double rounded(double bound) {
    return dtype == DType.F32 ? (float) bound : bound;
  }

  @Override
  public UnaryRow leakyRelu(double slope) {
    return of(x -> Curves.leakyRelu(x, slope));
  }

  @Override
  public UnaryRow threshold(double threshold, double value) {
    double bound = rounded(threshold);
    return of(x -> x <= bound ? value : x);
  }

  @Override
  public UnaryRow hardtanh(double low, double high) {
    return of(x -> Curves.hardtanh(x, low, high));
  }

  @Override
  public UnaryRow hardsigmoid() {
    return of(Curves::hardsigmoid);
  }

  @Override
  public UnaryRow hardshrink(double lambda) {
    double bound = rounded(lambda);
    return of(x -> Math.abs(x) <= bound ? 0 : x);
  }

  @Override
  public UnaryRow softshrink(double lambda) {
    double bound = rounded(lambda);
    return of(x -> Curves.softshrink(x, bound));
  }

  @Override
  public UnaryRow hardswish() {
    return of((DoubleUnaryOperator) Curves::hardswish);
  }

  @Override
  public BinaryRow hardswishGradient() {
    return of((DoubleBinaryOperator) Curves::hardswish);
  }

  @Override
  public UnaryRow softsign() {
    return of((DoubleUnaryOperator) Curves::softsign);
  }

  @Override
  public BinaryRow softsignGradient() {
    return of((DoubleBinaryOperator) Curves::softsign);
  }

  @Override
  public UnaryRow elu(double alpha, double scale, double inner) {
    return of(x -> Curves.elu(x, alpha, scale, inner));
  }

  @Override
  public BinaryRow eluGradient(double alpha, double scale, double inner) {
    return of((g, x) -> Curves.elu(g, x, alpha, scale, inner));
  }

  @Override
  public UnaryRow silu() {
    return of((DoubleUnaryOperator) Curves::silu);
  }

  @Override
  public BinaryRow siluGradient() {
    return of((DoubleBinaryOperator) Curves::silu);
  }

  @Override
  public UnaryRow mish() {
    return of((DoubleUnaryOperator) Curves::mish);
  }

  @Override
  public BinaryRow mishGradient() {
    return of((DoubleBinaryOperator) Curves::mish);
  }

  @Override
  public UnaryRow softplus(double beta, double threshold) {
    return of(x -> Curves.softplus(x, beta, threshold));
  }

  @Override
  public BinaryRow softplusGradient(double beta, double threshold) {
    return of((g, x) -> Curves.softplus(g, x, beta, threshold));
  }

  @Override
  public UnaryRow logSigmoid() {
    return of((DoubleUnaryOperator) Curves::logSigmoid);
  }

  @Override
  public BinaryRow logSigmoidGradient() {
    return of((DoubleBinaryOperator) Curves::logSigmoid);
  }

  @Override
  public UnaryRow tanhshrink() {
    return of((DoubleUnaryOperator) Curves::tanhshrink);
  }

  @Override
  public BinaryRow tanhshrinkGradient() {
    return of((DoubleBinaryOperator) Curves::tanhshrink);
  }

  @Override
  public BinaryRow sigmoidGradient() {
    return of((DoubleBinaryOperator) Curves::sigmoid);
  }

  @Override
  public BinaryRow tanhGradient() {
    return of((DoubleBinaryOperator) Curves::tanh);
  }

  @Override
  public BinaryRow gate() {
    return of((DoubleBinaryOperator) Curves::gate);
  }

  @Override
  public TernaryRow gateGradient() {
    return of((MapRows.Operator3) Curves::gate);
  }

  @Override
  public BinaryRow prelu() {
    return of((x, w) -> Curves.leakyRelu(x, w));
  }

  @Override
  public TernaryRow preluGradient() {
    return of((MapRows.Operator3) Curves::prelu);
  }
}
