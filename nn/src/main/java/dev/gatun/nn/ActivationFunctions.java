package dev.gatun.nn;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;

/// The activations of [F].
abstract sealed class ActivationFunctions extends NormalizationFunctions permits MarginFunctions {
  ActivationFunctions() {}

  /// `max(x, 0)`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor relu(Tensor x) {
    return x.relu();
  }

  /// `1 / (1 + exp(-x))`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor sigmoid(Tensor x) {
    return x.sigmoid();
  }

  /// `tanh(x)`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor tanh(Tensor x) {
    return x.tanh();
  }

  /// `x Φ(x)`, where `Φ` is the distribution function of the normal distribution.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor gelu(Tensor x) {
    return x.gelu();
  }

  /// As [#gelu(Tensor)], or its approximation by `tanh`; see [GELU].
  ///
  /// @param x any shape
  /// @param tanhApproximation whether to compute the approximation
  /// @return the shape of `x`
  public static Tensor gelu(Tensor x, boolean tanhApproximation) {
    return x.gelu(tanhApproximation);
  }

  /// `log(1 + exp(x))`, and `x` itself above 20.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor softplus(Tensor x) {
    return x.softplus();
  }

  /// `log(1 + exp(beta * x)) / beta`, and `x` itself where `beta * x` is above the threshold.
  ///
  /// @param x any shape
  /// @param beta how sharp the bend is
  /// @param threshold of `beta * x`
  /// @return the shape of `x`
  public static Tensor softplus(Tensor x, double beta, double threshold) {
    return x.softplus(beta, threshold);
  }

  /// `exp(x) / sum(exp(x))` over one dimension.
  ///
  /// @param x any shape
  /// @param dim from the back when negative
  /// @return the shape of `x`
  public static Tensor softmax(Tensor x, int dim) {
    return x.softmax(dim);
  }

  /// `log(softmax(x))`, computed without overflow.
  ///
  /// @param x any shape
  /// @param dim from the back when negative
  /// @return the shape of `x`
  public static Tensor logSoftmax(Tensor x, int dim) {
    return x.logSoftmax(dim);
  }

  /// `min(max(x, 0), 6)`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor relu6(Tensor x) {
    return x.relu6();
  }

  /// `x` above 0, `0.01 x` elsewhere.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor leakyRelu(Tensor x) {
    return x.leakyRelu();
  }

  /// `x` above 0, `negativeSlope x` elsewhere.
  ///
  /// @param x any shape
  /// @param negativeSlope slope of the lower part
  /// @return the shape of `x`
  public static Tensor leakyRelu(Tensor x, double negativeSlope) {
    return x.leakyRelu(negativeSlope);
  }

  /// `x` above 0, `exp(x) - 1` elsewhere.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor elu(Tensor x) {
    return x.elu();
  }

  /// `x` above 0, `alpha (exp(x) - 1)` elsewhere.
  ///
  /// @param x any shape
  /// @param alpha minus the limit at -∞
  /// @return the shape of `x`
  public static Tensor elu(Tensor x, double alpha) {
    return x.elu(alpha);
  }

  /// `1.0507 x` above 0, `1.7581 (exp(x) - 1)` elsewhere.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor selu(Tensor x) {
    return x.selu();
  }

  /// `x` above 0, `exp(x) - 1` elsewhere.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor celu(Tensor x) {
    return x.celu();
  }

  /// `x` above 0, `alpha (exp(x / alpha) - 1)` elsewhere.
  ///
  /// @param x any shape
  /// @param alpha minus the limit at -∞, not 0
  /// @return the shape of `x`
  public static Tensor celu(Tensor x, double alpha) {
    return x.celu(alpha);
  }

  /// `x sigmoid(x)`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor silu(Tensor x) {
    return x.silu();
  }

  /// `x tanh(softplus(x))`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor mish(Tensor x) {
    return x.mish();
  }

  /// `x` held between -1 and 1.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor hardtanh(Tensor x) {
    return x.hardtanh();
  }

  /// `min(max(x, minVal), maxVal)`.
  ///
  /// @param x any shape
  /// @param minVal the lower bound
  /// @param maxVal the higher bound
  /// @return the shape of `x`
  public static Tensor hardtanh(Tensor x, double minVal, double maxVal) {
    return x.hardtanh(minVal, maxVal);
  }

  /// `x min(max(x + 3, 0), 6) / 6`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor hardswish(Tensor x) {
    return x.hardswish();
  }

  /// `min(max(x + 3, 0), 6) / 6`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor hardsigmoid(Tensor x) {
    return x.hardsigmoid();
  }

  /// 0 from `-lambd` to `lambd`, `x` beyond.
  ///
  /// @param x any shape
  /// @param lambd half the width of the flat part
  /// @return the shape of `x`
  public static Tensor hardshrink(Tensor x, double lambd) {
    return x.hardshrink(lambd);
  }

  /// 0 from `-lambd` to `lambd`, `x` nearer to 0 by as much beyond.
  ///
  /// @param x any shape
  /// @param lambd half the width of the flat part, not negative
  /// @return the shape of `x`
  public static Tensor softshrink(Tensor x, double lambd) {
    return x.softshrink(lambd);
  }

  /// `log(sigmoid(x))`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor logsigmoid(Tensor x) {
    return x.logsigmoid();
  }

  /// `x - tanh(x)`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor tanhshrink(Tensor x) {
    return x.tanhshrink();
  }

  /// `x / (1 + |x|)`.
  ///
  /// @param x any shape
  /// @return the shape of `x`
  public static Tensor softsign(Tensor x) {
    return x.softsign();
  }

  /// `x` above a threshold, another value elsewhere.
  ///
  /// @param x any shape
  /// @param threshold the largest element that is replaced
  /// @param value what it is replaced by
  /// @return the shape of `x`
  public static Tensor threshold(Tensor x, double threshold, double value) {
    return x.threshold(threshold, value);
  }

  /// As [#gumbelSoftmax(Tensor, double, boolean, int, Generator)], along the last dimension and
  /// drawing from the process's generator.
  ///
  /// @param logits any shape, F32 or F64
  /// @param tau temperature, above 0
  /// @param hard whether the result is one-hot
  /// @return the shape of `logits`
  public static Tensor gumbelSoftmax(Tensor logits, double tau, boolean hard) {
    return gumbelSoftmax(logits, tau, hard, -1, Generator.shared());
  }

  /// `softmax((logits + g) / tau)` with draws `g` of Gumbel's distribution (Jang and others,
  /// arXiv:1611.01144): samples of the categories that have a gradient.
  ///
  /// @param logits any shape, F32 or F64
  /// @param tau temperature, above 0: the lower, the closer to one-hot
  /// @param hard whether the result is one-hot, with the gradient that it would have if it were not
  /// @param dim the dimension of the categories, from the back when negative
  /// @param generator where `g` is drawn from
  /// @return the shape of `logits`
  /// @throws IllegalArgumentException if `tau` is not positive
  public static Tensor gumbelSoftmax(
      Tensor logits, double tau, boolean hard, int dim, Generator generator) {
    if (!(tau > 0)) {
      throw new IllegalArgumentException("gumbelSoftmax: tau must be positive: " + tau);
    }
    Tensor draws = Tensor.empty(logits.dtype(), logits.shape()).exponential_(generator, 1);
    Tensor soft = logits.sub(draws.log_()).div(tau).softmax(dim);
    if (!hard) {
      return soft;
    }
    Tensor values = soft.detach();
    Tensor chosen =
        Tensor.zeros(soft.dtype(), soft.shape()).scatter(dim, values.argmax(dim, true), 1);
    return chosen.sub(values).add(soft);
  }

  /// `softmax(-x)` over one dimension.
  ///
  /// @param x any shape
  /// @param dim from the back when negative
  /// @return the shape of `x`
  public static Tensor softmin(Tensor x, int dim) {
    return x.neg().softmax(dim);
  }

  /// `a sigmoid(b)` with `a` and `b` the halves of `x` along a dimension; see [GLU].
  ///
  /// @param x of an even size along the dimension
  /// @param dim from the back when negative
  /// @return half of the size along that dimension
  public static Tensor glu(Tensor x, int dim) {
    return x.glu(dim);
  }

  /// `x` above 0, `weight x` elsewhere; see [PReLU].
  ///
  /// @param x any shape with one weight, else `[N, C, *]`
  /// @param weight `[1]` or `[C]`
  /// @return the shape of `x`
  public static Tensor prelu(Tensor x, Tensor weight) {
    return x.prelu(weight);
  }

  /// As [#rrelu(Tensor, double, double, boolean, Generator)], drawing from the process's generator.
  ///
  /// @param x any shape
  /// @param lower the smallest slope
  /// @param upper the largest slope
  /// @param training whether slopes are drawn
  /// @return the shape of `x`
  public static Tensor rrelu(Tensor x, double lower, double upper, boolean training) {
    return rrelu(x, lower, upper, training, Generator.shared());
  }

  /// `x` above 0, `a x` elsewhere, with each `a` drawn from `U(lower, upper)` in training and their
  /// mean else.
  ///
  /// @param x any shape
  /// @param lower the smallest slope
  /// @param upper the largest slope
  /// @param training whether slopes are drawn
  /// @param generator where they are drawn from
  /// @return the shape of `x`
  public static Tensor rrelu(
      Tensor x, double lower, double upper, boolean training, Generator generator) {
    return training ? x.rrelu(lower, upper, generator) : x.leakyRelu((lower + upper) / 2);
  }
}
