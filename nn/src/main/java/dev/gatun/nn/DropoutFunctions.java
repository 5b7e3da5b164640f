package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;

/// The dropouts behind [F]: factors, drawn for elements or for channels, and sums.
final class DropoutFunctions {
  /// What a dropped element of a self-normalizing network becomes: the limit of SELU at minus
  /// infinity.
  private static final double ALPHA = 1.7580993408473766;

  private DropoutFunctions() {}

  /// Drops whole channels of samples with `dims` dimensions after the channel.
  static Tensor channels(String op, Tensor x, int dims, double p, boolean on, Generator generator) {
    require(op, p);
    long[] shape = maskShape(op, x, dims);
    return !on || p == 0 ? x : drop(x, shape, p, generator);
  }

  /// One element for each channel. Samples without a batch are taken where PyTorch does.
  private static long[] maskShape(String op, Tensor x, int dims) {
    boolean alone = x.dim() == dims + 1;
    if (!alone && x.dim() != dims + 2) {
      throw new ShapeException(
          "%s: needs %d dims, or %d with a batch, got shape %s"
              .formatted(op, dims + 1, dims + 2, Numbers.text(x.shape())));
    }
    // Three dims are a batch of signals to the dropout of images.
    int kept = alone && dims != 2 ? 1 : 2;
    long[] shape = x.shape();
    for (int i = kept; i < shape.length; i++) {
      shape[i] = 1;
    }
    return shape;
  }

  private static Tensor drop(Tensor x, long[] shape, double p, Generator generator) {
    if (p == 1) {
      return x.mul(0);
    }
    return x.mul(kept(x.dtype(), shape, p, generator).mul_(1 / (1 - p)));
  }

  /// 1 for what is kept, 0 for what is dropped.
  private static Tensor kept(DType dtype, long[] shape, double p, Generator generator) {
    try (var _ = Scope.open("dropout");
        var _ = NoGrad.open()) {
      // Drawn in F32 whatever the dtype, so that a seed drops the same elements in both.
      return Tensor.rand(generator, DType.F32, shape).ge(p).to(dtype).keep();
    }
  }

  /// Drops elements, or whole channels, to where they leave mean and variance as they are.
  static Tensor alpha(
      String op, Tensor x, double p, boolean on, boolean channels, Generator generator) {
    require(op, p);
    if (!on || p == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(0);
    }
    long[] shape = x.shape();
    if (channels && shape.length < 2) {
      throw new ShapeException(
          "%s: needs at least 2 dims, got shape %s".formatted(op, Numbers.text(shape)));
    }
    for (int i = 2; channels && i < shape.length; i++) {
      shape[i] = 1;
    }
    double a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
    Tensor kept = kept(x.dtype(), shape, p, generator);
    Tensor shift = kept.sub(1).mul_(ALPHA * a).add_(ALPHA * a * p);
    return x.mul(kept.mul_(a)).add(shift);
  }

  static void require(String op, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(op + ": p must be between 0 and 1: " + p);
    }
  }
}
