package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `log(sigmoid(x))`, element by element.
public final class LogSigmoid extends Module {
  /// Makes the layer; it has no parameters.
  public LogSigmoid() {}

  @Override
  public Tensor forward(Tensor x) {
    return F.logsigmoid(x);
  }
}
