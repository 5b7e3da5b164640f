package dev.gatun.tensor;

/// Activations. Each is one pass over the operand, and one for its gradient. Results have the shape
/// and dtype of this, where nothing else is said, and belong to the current scope.
///
/// Dtypes: F32 and F64; others are a [DTypeException].
public sealed interface ActivationOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `x` above 0, `0.01 x` elsewhere.
  ///
  /// @return a new tensor
  default Tensor leakyRelu() {
    return new Activations.LeakyRelu(0.01).apply(self());
  }

  /// `x` above 0, `slope x` elsewhere (Maas, Hannun and Ng, 2013).
  ///
  /// @param slope of the lower part
  /// @return a new tensor
  default Tensor leakyRelu(double slope) {
    return new Activations.LeakyRelu(slope).apply(self());
  }

  /// `x` above a threshold, another value elsewhere.
  ///
  /// @param threshold the largest element that is replaced
  /// @param value what it is replaced by
  /// @return a new tensor
  default Tensor threshold(double threshold, double value) {
    return new Activations.Threshold(threshold, value).apply(self());
  }

  /// `x` held between -1 and 1.
  ///
  /// @return a new tensor
  default Tensor hardtanh() {
    return new Activations.Hardtanh("hardtanh", -1, 1).apply(self());
  }

  /// `min(max(x, low), high)`; unlike that of [BlendingOps#clamp(double, double)] its slope is 0 at
  /// the bounds.
  ///
  /// @param low the lower bound
  /// @param high the higher bound
  /// @return a new tensor
  default Tensor hardtanh(double low, double high) {
    return new Activations.Hardtanh("hardtanh", low, high).apply(self());
  }

  /// `x` held between 0 and 6.
  ///
  /// @return a new tensor
  default Tensor relu6() {
    return new Activations.Hardtanh("relu6", 0, 6).apply(self());
  }

  /// `min(max(x + 3, 0), 6) / 6`.
  ///
  /// @return a new tensor
  default Tensor hardsigmoid() {
    return new Activations.Hardsigmoid().apply(self());
  }

  /// `x min(max(x + 3, 0), 6) / 6` (Howard and others, arXiv:1905.02244).
  ///
  /// @return a new tensor
  default Tensor hardswish() {
    return new Activations.Hardswish().apply(self());
  }

  /// 0 from -0.5 to 0.5, `x` beyond.
  ///
  /// @return a new tensor
  default Tensor hardshrink() {
    return new Activations.Hardshrink(0.5).apply(self());
  }

  /// 0 from `-lambda` to `lambda`, `x` beyond; NaN stays NaN.
  ///
  /// @param lambda half the width of the flat part
  /// @return a new tensor
  default Tensor hardshrink(double lambda) {
    return new Activations.Hardshrink(lambda).apply(self());
  }

  /// 0 from -0.5 to 0.5, `x` nearer to 0 by 0.5 beyond.
  ///
  /// @return a new tensor
  default Tensor softshrink() {
    return new Activations.Softshrink(0.5).apply(self());
  }

  /// 0 from `-lambda` to `lambda`, `x` nearer to 0 by as much beyond; NaN stays NaN.
  ///
  /// @param lambda half the width of the flat part, not negative
  /// @return a new tensor
  /// @throws IllegalArgumentException if lambda is negative
  default Tensor softshrink(double lambda) {
    return new Activations.Softshrink(lambda).apply(self());
  }

  /// `x / (1 + |x|)`.
  ///
  /// @return a new tensor
  default Tensor softsign() {
    return new Activations.Softsign().apply(self());
  }

  /// `x` above 0, `eˣ - 1` elsewhere.
  ///
  /// @return a new tensor
  default Tensor elu() {
    return Swishes.Elu.elu(1).apply(self());
  }

  /// `x` above 0, `alpha (eˣ - 1)` elsewhere (Clevert and others, arXiv:1511.07289).
  ///
  /// @param alpha minus the limit at -∞
  /// @return a new tensor
  default Tensor elu(double alpha) {
    return Swishes.Elu.elu(alpha).apply(self());
  }

  /// `1.0507 x` above 0, `1.7581 (eˣ - 1)` elsewhere (Klambauer and others, arXiv:1706.02515).
  ///
  /// @return a new tensor
  default Tensor selu() {
    return Swishes.Elu.selu().apply(self());
  }

  /// As [#elu()].
  ///
  /// @return a new tensor
  default Tensor celu() {
    return Swishes.Elu.celu(1).apply(self());
  }

  /// `x` above 0, `alpha (exp(x / alpha) - 1)` elsewhere (Barron, arXiv:1704.07483).
  ///
  /// @param alpha minus the limit at -∞, not 0
  /// @return a new tensor
  /// @throws IllegalArgumentException if alpha is 0
  default Tensor celu(double alpha) {
    return Swishes.Elu.celu(alpha).apply(self());
  }

  /// `x σ(x)` with the sigmoid `σ`, also called swish (Ramachandran and others, arXiv:1710.05941).
  ///
  /// @return a new tensor
  default Tensor silu() {
    return new Swishes.Silu().apply(self());
  }

  /// `x tanh(ln(1 + eˣ))` (Misra, arXiv:1908.08681).
  ///
  /// @return a new tensor
  default Tensor mish() {
    return new Swishes.Mish().apply(self());
  }

  /// `ln(1 + eˣ)`, and `x` above 20, as PyTorch's defaults have it.
  ///
  /// @return a new tensor
  default Tensor softplus() {
    return new Swishes.Softplus(1, 20).apply(self());
  }

  /// `ln(1 + exp(beta x)) / beta`, and `x` where `beta x` is above the threshold.
  ///
  /// @param beta how sharp the bend is
  /// @param threshold of `beta x`
  /// @return a new tensor
  default Tensor softplus(double beta, double threshold) {
    return new Swishes.Softplus(beta, threshold).apply(self());
  }

  /// `ln σ(x)` with the sigmoid `σ`: `-ln(1 + e⁻ˣ)`.
  ///
  /// @return a new tensor
  default Tensor logsigmoid() {
    return new Swishes.Logsigmoid().apply(self());
  }

  /// `x - tanh x`.
  ///
  /// @return a new tensor
  default Tensor tanhshrink() {
    return new Swishes.Tanhshrink().apply(self());
  }

  /// `a σ(b)` with `a` and `b` the halves of this along a dimension (Dauphin and others,
  /// arXiv:1612.08083).
  ///
  /// @param dim from the back when negative; the result has half of its size
  /// @return a new tensor
  /// @throws ShapeException if the size is odd
  default Tensor glu(int dim) {
    return Gates.glu(self(), dim);
  }

  /// `x` above 0, `w x` elsewhere, with one `w` for all or one for each channel (He and others,
  /// arXiv:1502.01852).
  ///
  /// @param weight one value, or as many as dim 1 has
  /// @return a new tensor
  /// @throws ShapeException if the weight has another shape
  default Tensor prelu(Tensor weight) {
    return Gates.prelu(self(), weight);
  }

  /// `x` above 0, `w x` elsewhere, with a `w` for each element drawn from `U(lower, upper)`: what
  /// `rrelu` is in training (Xu and others, arXiv:1505.00853).
  ///
  /// @param lower the smallest slope
  /// @param upper the largest slope
  /// @param generator where the slopes are drawn from
  /// @return a new tensor
  /// @throws IllegalArgumentException if lower is above upper
  default Tensor rrelu(double lower, double upper, Generator generator) {
    Tensor slopes = Gates.slopes("rrelu", self(), lower, upper, generator);
    return new Gates.Prelu("rrelu").apply(self(), slopes);
  }
}
