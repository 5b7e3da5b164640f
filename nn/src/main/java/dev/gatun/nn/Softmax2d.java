package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;

/// Softmax over the channels at each place of a picture: `[N, C, H, W]` or `[C, H, W]`.
public final class Softmax2d extends Module {
  /// Makes the layer; it has no parameters.
  public Softmax2d() {}

  @Override
  public Tensor forward(Tensor x) {
    if (x.dim() != 3 && x.dim() != 4) {
      throw new ShapeException(
          "Softmax2d: input must be [N,C,H,W] or [C,H,W]: " + Numbers.text(x.shape()));
    }
    return F.softmax(x, -3);
  }
}
