package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What batch and instance normalizations have in common: weight, bias and running values.
abstract sealed class RunningNorm extends Module permits BatchNorm, InstanceNorm {
  final NormOptions options;
  final @Nullable Parameter weight;
  final @Nullable Parameter bias;
  final @Nullable Tensor runningMean;
  final @Nullable Tensor runningVar;
  final @Nullable Tensor numBatchesTracked;

  RunningNorm(NormOptions options) {
    if (options.numFeatures() < 0) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": the number of features must not be negative: "
              + options.numFeatures());
    }
    this.options = options;
    long n = options.numFeatures();
    boolean tracks = options.trackRunningStats();
    try (var _ = Scope.open("RunningNorm")) {
      weight = options.affine() ? parameter("weight", Tensor.ones(options.dtype(), n)) : null;
      bias = options.affine() ? parameter("bias", Tensor.zeros(options.dtype(), n)) : null;
      runningMean = tracks ? buffer("running_mean", Tensor.zeros(options.dtype(), n)) : null;
      runningVar = tracks ? buffer("running_var", Tensor.ones(options.dtype(), n)) : null;
      numBatchesTracked =
          tracks ? buffer("num_batches_tracked", Tensor.scalar(DType.I64, 0)) : null;
    }
  }

  /// Refuses inputs of another number of dimensions.
  final void requireRank(Tensor x, int least, int most) {
    if (x.dim() < least || x.dim() > most) {
      throw new ShapeException(
          "%s: expected %s input, got shape %s"
              .formatted(
                  getClass().getSimpleName(),
                  least == most ? least + "D" : least + "D or " + most + "D",
                  Numbers.text(x.shape())));
    }
  }

  /// {@return the weight; null for a layer without}
  public final @Nullable Parameter weight() {
    return weight;
  }

  /// {@return the bias; null for a layer without}
  public final @Nullable Parameter bias() {
    return bias;
  }

  /// {@return the running means; null for a layer without}
  public final @Nullable Tensor runningMean() {
    return runningMean;
  }

  /// {@return the running variances; null for a layer without}
  public final @Nullable Tensor runningVar() {
    return runningVar;
  }

  @Override
  protected String extraRepr() {
    Double momentum = options.momentum();
    return "%d, eps=%s, momentum=%s, affine=%s, track_running_stats=%s"
        .formatted(
            options.numFeatures(),
            Numbers.python(options.eps()),
            momentum == null ? "None" : Numbers.python(momentum),
            options.affine() ? "True" : "False",
            options.trackRunningStats() ? "True" : "False");
  }
}
