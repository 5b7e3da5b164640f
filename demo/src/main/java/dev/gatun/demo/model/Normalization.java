package dev.gatun.demo.model;

import dev.gatun.demo.data.LabeledImages;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;

/// Shifts and scales pixels to a mean of 0 and a deviation of 1: a network learns better from them.
///
/// It is for training only. Before a network is saved, [#foldInto] makes it part of the first
/// layer.
///
/// @param mean of all pixels, from 0 for paper to 1 for ink
/// @param deviation their standard deviation
public record Normalization(double mean, double deviation) {
  private static final double WHITE = 255;

  /// Measures a set of images.
  ///
  /// @param images what will be learned from
  /// @return their mean and deviation
  public static Normalization of(LabeledImages images) {
    double sum = 0;
    double squares = 0;
    for (byte pixel : images.pixels()) {
      double value = Byte.toUnsignedInt(pixel) / WHITE;
      sum += value;
      squares += value * value;
    }
    double count = images.pixels().length;
    double mean = sum / count;
    double variance = squares / count - mean * mean;
    // Images of one color have no deviation, and nothing to learn from.
    return new Normalization(mean, variance > 1e-6 ? Math.sqrt(variance) : 1);
  }

  /// Normalizes in place.
  ///
  /// @param pixels floating, 0 to 1
  /// @return `pixels`
  public Tensor apply(Tensor pixels) {
    return pixels.sub_(mean).div_(deviation);
  }

  /// Changes the first layer of a network so that it takes pixels of 0 to 1, and gives what it gave
  /// for normalized ones: `W (x - m) / d + b = (W / d) x + (b - (W / d) m)`.
  ///
  /// @param network begins with a linear layer that has a bias
  public void foldInto(Module network) {
    if (!(network.children().getFirst() instanceof Linear first) || first.bias() == null) {
      throw new IllegalArgumentException("fold: the first layer is not linear with a bias");
    }
    try (var _ = NoGrad.open()) {
      Tensor weight = first.weight().div_(deviation);
      Tensor _ = first.bias().sub_(weight.sum(1).mul(mean));
    }
  }
}
