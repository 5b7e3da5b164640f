package dev.gatun.kernel;

/// [ActivationRows] of F32 by vector loops.
final class VectorF32Activations implements ActivationRows {
  static final ActivationRows ROWS = new VectorF32Activations();

  private static final UnaryRow HARDSIGMOID = PaddedRows.ofF32(VectorF32Bends::hardsigmoid);
  private static final UnaryRow HARDSWISH = PaddedRows.ofF32(VectorF32Bends::hardswish);
  private static final BinaryRow HARDSWISH_GRADIENT =
      PaddedRows.ofF32(VectorF32Bends::hardswishGradient);
  private static final UnaryRow SOFTSIGN = PaddedRows.ofF32(VectorF32Bends::softsign);
  private static final BinaryRow SOFTSIGN_GRADIENT =
      PaddedRows.ofF32(VectorF32Bends::softsignGradient);
  private static final UnaryRow SILU = PaddedRows.ofF32(VectorF32Swish::silu);
  private static final BinaryRow SILU_GRADIENT = PaddedRows.ofF32(VectorF32Swish::siluGradient);
  private static final UnaryRow MISH = PaddedRows.ofF32(VectorF32Swish::mish);
  private static final BinaryRow MISH_GRADIENT = PaddedRows.ofF32(VectorF32Swish::mishGradient);
  private static final UnaryRow LOG_SIGMOID = PaddedRows.ofF32(VectorF32Swish::logSigmoid);
  private static final BinaryRow LOG_SIGMOID_GRADIENT =
      PaddedRows.ofF32(VectorF32Swish::logSigmoidGradient);
  private static final UnaryRow TANHSHRINK = PaddedRows.ofF32(VectorF32Swish::tanhshrink);
  private static final BinaryRow TANHSHRINK_GRADIENT =
      PaddedRows.ofF32(VectorF32Swish::tanhshrinkGradient);
  private static final BinaryRow SIGMOID_GRADIENT =
      PaddedRows.ofF32(VectorF32Swish::sigmoidGradient);
  private static final BinaryRow TANH_GRADIENT = PaddedRows.ofF32(VectorF32Swish::tanhGradient);
  private static final BinaryRow GATE = PaddedRows.ofF32(VectorF32Swish::gate);
  private static final TernaryRow GATE_GRADIENT = PaddedRows.ofF32(VectorF32Swish::gateGradient);
  private static final BinaryRow PRELU = PaddedRows.ofF32(VectorF32Bends::prelu);
  private static final TernaryRow PRELU_GRADIENT = PaddedRows.ofF32(VectorF32Bends::preluGradient);

  private VectorF32Activations() {}

  @Override
  public BinaryRow slopes(Slopes slopes) {
    return VectorF32Bends.slopes(slopes);
  }

  @Override
  public UnaryRow leakyRelu(double slope) {
    return PaddedRows.ofF32((x, y, n) -> VectorF32Bends.leakyRelu(x, y, n, (float) slope));
  }

  @Override
  public UnaryRow threshold(double threshold, double value) {
    return PaddedRows.ofF32(
        (x, y, n) -> VectorF32Bends.threshold(x, y, n, (float) threshold, (float) value));
  }

  @Override
  public UnaryRow hardtanh(double low, double high) {
    return PaddedRows.ofF32(
        (x, y, n) -> VectorF32Bends.hardtanh(x, y, n, (float) low, (float) high));
  }

  @Override
  public UnaryRow hardsigmoid() {
    return HARDSIGMOID;
  }

  @Override
  public UnaryRow hardshrink(double lambda) {
    return PaddedRows.ofF32((x, y, n) -> VectorF32Bends.hardshrink(x, y, n, (float) lambda));
  }

  @Override
  public UnaryRow softshrink(double lambda) {
    return PaddedRows.ofF32((x, y, n) -> VectorF32Bends.softshrink(x, y, n, (float) lambda));
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
    return PaddedRows.ofF32(
        (x, y, n) -> VectorF32Swish.elu(x, y, n, (float) alpha, (float) scale, (float) inner));
  }

  @Override
  public BinaryRow eluGradient(double alpha, double scale, double inner) {
    return PaddedRows.ofF32((a, b, y, n) ->
        VectorF32Swish.eluGradient(a, b, y, n, (float) alpha, (float) scale, (float) inner));
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
    return PaddedRows.ofF32(
        (x, y, n) -> VectorF32Swish.softplus(x, y, n, (float) beta, (float) threshold));
  }

  @Override
  public BinaryRow softplusGradient(double beta, double threshold) {
    return PaddedRows.ofF32((a, b, y, n) ->
        VectorF32Swish.softplusGradient(a, b, y, n, (float) beta, (float) threshold));
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
