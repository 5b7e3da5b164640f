package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What batch and instance normalizations have in common: weight, bias and running values.
abstract sealed class RunningNorm extends Module permits BatchNorm, InstanceNorm {
  final NormOptions options;

  /// Written before the mark that a lazy layer is initialized, which forward reads first.
  private long features;

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
    boolean affine = options.affine();
    boolean tracks = options.trackRunningStats();
    DType dtype = options.dtype();
    if (this instanceof LazyModule) {
      weight = affine ? parameter("weight", Parameter.uninitialized(dtype)) : null;
      bias = affine ? parameter("bias", Parameter.uninitialized(dtype)) : null;
      runningMean = tracks ? uninitializedBuffer("running_mean", dtype) : null;
      runningVar = tracks ? uninitializedBuffer("running_var", dtype) : null;
    } else {
      long n = options.numFeatures();
      features = n;
      try (var _ = Scope.open("RunningNorm")) {
        weight = affine ? parameter("weight", Tensor.ones(dtype, n)) : null;
        bias = affine ? parameter("bias", Tensor.zeros(dtype, n)) : null;
        runningMean = tracks ? buffer("running_mean", Tensor.zeros(dtype, n)) : null;
        runningVar = tracks ? buffer("running_var", Tensor.ones(dtype, n)) : null;
      }
    }
    try (var _ = Scope.open("RunningNorm")) {
      numBatchesTracked =
          tracks ? buffer("num_batches_tracked", Tensor.scalar(DType.I64, 0)) : null;
    }
  }

  /// Checks the number of dimensions, and lets the first input of a lazy layer give the channels.
  final void infer(Tensor x, int least, int most) {
    requireRank(x, least, most);
    if (this instanceof LazyModule module) {
      module.inferParameters(x);
    }
  }

  /// What a lazy layer does with its first input.
  final void initialize(long channels) {
    if (weight != null && materialize(weight, channels)) {
      Init.ones_(weight);
    }
    var _ = materialize(bias, channels);
    var _ = materialize(runningMean, channels);
    if (runningVar != null && materialize(runningVar, channels)) {
      Init.ones_(runningVar);
    }
    features = channels;
  }

  /// Gives what has no shape one, with zeros, and returns whether it had none.
  private static boolean materialize(@Nullable Tensor tensor, long channels) {
    if (tensor instanceof Parameter parameter && parameter.isUninitialized()) {
      parameter.materialize(channels);
      return true;
    }
    if (tensor instanceof Buffer buffer && buffer.isUninitialized()) {
      buffer.materialize(channels);
      return true;
    }
    return false;
  }

  /// The channels; 0 while a lazy layer does not know them.
  final long features() {
    return features;
  }

  /// A lazy layer that knows its channels is called what it is now.
  @Override
  final String typeName() {
    String name = getClass().getSimpleName();
    return this instanceof LazyModule && features > 0 ? name.substring("Lazy".length()) : name;
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
            features,
            Numbers.python(options.eps()),
            momentum == null ? "None" : Numbers.python(momentum),
            options.affine() ? "True" : "False",
            options.trackRunningStats() ? "True" : "False");
  }
}
