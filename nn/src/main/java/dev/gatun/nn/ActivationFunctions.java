package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// The activations of [F].
abstract sealed class ActivationFunctions extends NormalizationFunctions permits LossFunctions {
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

  /// `log(1 + exp(beta * x)) / beta`, and `x` itself where `beta * x` is above the threshold. Above
  /// 20 the two differ by less than 3e-9, and a larger threshold counts as 20.
  ///
  /// @param x any shape
  /// @param beta how sharp the bend is
  /// @param threshold of `beta * x`
  /// @return the shape of `x`
  public static Tensor softplus(Tensor x, double beta, double threshold) {
    if (beta == 1 && threshold >= 20) {
      return x.softplus();
    }
    Tensor scaled = x.mul(beta);
    Tensor bend = scaled.softplus().div(beta);
    return threshold >= 20 ? bend : Tensor.where(scaled.gt(threshold), x, bend);
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
}
