package dev.gatun.kernel;

/// [ActivationRows] of F64 by vector loops.
final class VectorF64Activations implements ActivationRows {
  static final ActivationRows ROWS = new VectorF64Activations();

  private static final UnaryRow HARDSIGMOID = PaddedRows.ofF64(VectorF64Bends::hardsigmoid);
  private static final UnaryRow HARDSWISH = PaddedRows.ofF64(VectorF64Bends::hardswish);
  private static final BinaryRow HARDSWISH_GRADIENT =
      PaddedRows.ofF64(VectorF64Bends::hardswishGradient);
  private static final UnaryRow SOFTSIGN = PaddedRows.ofF64(VectorF64Bends::softsign);
  private static final BinaryRow SOFTSIGN_GRADIENT =
      PaddedRows.ofF64(VectorF64Bends::softsignGradient);
  private static final UnaryRow SILU = PaddedRows.ofF64(VectorF64Swish::silu);
  private static final BinaryRow SILU_GRADIENT = PaddedRows.ofF64(VectorF64Swish::siluGradient);
  private static final UnaryRow MISH = PaddedRows.ofF64(VectorF64Swish::mish);
  private static final BinaryRow MISH_GRADIENT = PaddedRows.ofF64(VectorF64Swish::mishGradient);
  private static final UnaryRow LOG_SIGMOID = PaddedRows.ofF64(VectorF64Swish::logSigmoid);
  private static final BinaryRow LOG_SIGMOID_GRADIENT =
      PaddedRows.ofF64(VectorF64Swish::logSigmoidGradient);
  private static final UnaryRow TANHSHRINK = PaddedRows.ofF64(VectorF64Swish::tanhshrink);
  private static final BinaryRow TANHSHRINK_GRADIENT =
      PaddedRows.ofF64(VectorF64Swish::tanhshrinkGradient);
  private static final BinaryRow SIGMOID_GRADIENT =
      PaddedRows.ofF64(VectorF64Swish::sigmoidGradient);
  private static final BinaryRow TANH_GRADIENT = PaddedRows.ofF64(VectorF64Swish::tanhGradient);
  private static final BinaryRow GATE = PaddedRows.ofF64(VectorF64Swish::gate);
  private static final TernaryRow GATE_GRADIENT = PaddedRows.ofF64(VectorF64Swish::gateGradient);
  private static final BinaryRow PRELU = PaddedRows.ofF64(VectorF64Bends::prelu);
  private static final TernaryRow PRELU_GRADIENT = PaddedRows.ofF64(VectorF64Bends::preluGradient);

  private VectorF64Activations() {}

  @Override
  public BinaryRow slopes(Slopes slopes) {
    return VectorF64Bends.slopes(slopes);
  }

  @Override
  public UnaryRow leakyRelu(double slope) {
    return PaddedRows.ofF64((x, y, n) -> VectorF64Bends.leakyRelu(x, y, n, slope));
  }

  @Override
  public UnaryRow threshold(double threshold, double value) {
    return PaddedRows.ofF64((x, y, n) -> VectorF64Bends.threshold(x, y, n, threshold, value));
  }

  @Override
  public UnaryRow hardtanh(double low, double high) {
    return PaddedRows.ofF64((x, y, n) -> VectorF64Bends.hardtanh(x, y, n, low, high));
  }

  @Override
  public UnaryRow hardsigmoid() {
    return HARDSIGMOID;
  }

  @Override
  public UnaryRow hardshrink(double lambda) {
    return PaddedRows.ofF64((x, y, n) -> VectorF64Bends.hardshrink(x, y, n, lambda));
  }

  @Override
  public UnaryRow softshrink(double lambda) {
    return PaddedRows.ofF64((x, y, n) -> VectorF64Bends.softshrink(x, y, n, lambda));
  }

  @Override
  public UnaryRow hardswish() {
    return HARDSWISH;
  }

  @Override
  public BinaryRow hardswishGradient() {
    return HARDSWISH_GRADIENT;
  }

  @Override
  public UnaryRow softsign() {
    return SOFTSIGN;
  }

  @Override
  public BinaryRow softsignGradient() {
    return SOFTSIGN_GRADIENT;
  }

  @Override
  public UnaryRow elu(double alpha, double scale, double inner) {
    return PaddedRows.ofF64((x, y, n) -> VectorF64Swish.elu(x, y, n, alpha, scale, inner));
  }

  @Override
  public BinaryRow eluGradient(double alpha, double scale, double inner) {
    return PaddedRows.ofF64(
        (a, b, y, n) -> VectorF64Swish.eluGradient(a, b, y, n, alpha, scale, inner));
  }

  @Override
  public UnaryRow silu() {
    return SILU;
  }

  @Override
  public BinaryRow siluGradient() {
    return SILU_GRADIENT;
  }

  @Override
  public UnaryRow mish() {
    return MISH;
  }

  @Override
  public BinaryRow mishGradient() {
    return MISH_GRADIENT;
  }

  @Override
  public UnaryRow softplus(double beta, double threshold) {
    return PaddedRows.ofF64((x, y, n) -> VectorF64Swish.softplus(x, y, n, beta, threshold));
  }

  @Override
  public BinaryRow softplusGradient(double beta, double threshold) {
    return PaddedRows.ofF64(
        (a, b, y, n) -> VectorF64Swish.softplusGradient(a, b, y, n, beta, threshold));
  }

  @Override
  public UnaryRow logSigmoid() {
    return LOG_SIGMOID;
  }

  @Override
  public BinaryRow logSigmoidGradient() {
    return LOG_SIGMOID_GRADIENT;
  }

  @Override
  public UnaryRow tanhshrink() {
    return TANHSHRINK;
  }

  @Override
  public BinaryRow tanhshrinkGradient() {
    return TANHSHRINK_GRADIENT;
  }

  @Override
  public BinaryRow sigmoidGradient() {
    return SIGMOID_GRADIENT;
  }

  @Override
  public BinaryRow tanhGradient() {
    return TANH_GRADIENT;
  }

  @Override
  public BinaryRow gate() {
    return GATE;
  }

  @Override
  public TernaryRow gateGradient() {
    return GATE_GRADIENT;
  }

  @Override
  public BinaryRow prelu() {
    return PRELU;
  }

  @Override
  public TernaryRow preluGradient() {
    return PRELU_GRADIENT;
  }
}
