package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.LossReduction;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The losses over classes: log-probabilities against the index of the right class.
///
/// @param name of the operation, for messages
/// @param logp log-probabilities `[C]`, `[N,C]` or `[N,C,*]`
/// @param target right classes, those to be ignored replaced by 0
/// @param weight factor of each class, or null
/// @param ignored where the target is to be ignored, null when it is nowhere
/// @param counted number of targets that are not ignored
record ClassLosses(
    String name,
    Tensor logp,
    Tensor target,
    @Nullable Tensor weight,
    @Nullable Tensor ignored,
    double counted) {

  static ClassLosses of(
      String name, Tensor logp, Tensor target, @Nullable Tensor weight, long ignoreIndex) {
    checkTarget(name, logp, target);
    checkWeight(name, logp, weight);
    Tensor classes = target.to(DType.I64);
    Tensor ignored = classes.eq((double) ignoreIndex);
    double skipped = ignored.sum().item();
    double counted = classes.numel() - skipped;
    return skipped == 0
        ? new ClassLosses(name, logp, classes, weight, null, counted)
        : new ClassLosses(
            name,
            logp,
            Tensor.where(ignored, Tensor.scalar(DType.I64, 0), classes),
            weight,
            ignored,
            counted);
  }

  static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyLoss options) {
    if (input.dim() == 0) {
      throw new ShapeException("crossEntropy: input must have a dimension of classes: []");
    }
    if (isPlain(input, target, options.weight())) {
      return input.crossEntropy(
          target,
          options.weight(),
          options.ignoreIndex(),
          options.labelSmoothing(),
          switch (options.reduction()) {
            case NONE -> LossReduction.NONE;
            case MEAN -> LossReduction.MEAN;
            case SUM -> LossReduction.SUM;
            case BATCHMEAN -> throw LossChecks.batchMean("crossEntropy");
          });
    }
    Tensor logp = input.logSoftmax(classDim(input));
    if (target.dtype().isFloating()) {
      return ofDistributions(logp, target, options);
    }
    ClassLosses losses = of("crossEntropy", logp, target, options.weight(), options.ignoreIndex());
    Tensor likelihood = losses.negLikelihood(options.reduction());
    double smoothing = options.labelSmoothing();
    if (smoothing == 0) {
      return likelihood;
    }
    double share = smoothing / input.size(classDim(input));
    return likelihood.mul(1 - smoothing).add(losses.overAllClasses(options.reduction()), share);
  }

  /// Whether the runtime has one operation for it.
  private static boolean isPlain(Tensor input, Tensor target, @Nullable Tensor weight) {
    return input.dim() <= 2
        && (input.dtype() == DType.F32 || input.dtype() == DType.F64)
        && !target.dtype().isFloating()
        && target.dim() == input.dim() - 1
        && (weight == null || !weight.requiresGrad());
  }

  /// `-w[t] logp[t]`, reduced.
  Tensor negLikelihood(Reduction reduction) {
    int dim = classDim(logp);
    Tensor picked = pick(dim).neg();
    Tensor losses = weight == null ? picked : picked.mul(ofTargets(weight));
    return reduce(skip(losses), reduction);
  }

  /// `-sum(w[c] logp[c])` over all classes, reduced: what label smoothing adds.
  private Tensor overAllClasses(Reduction reduction) {
    int dim = classDim(logp);
    Tensor weighted = weight == null ? logp : logp.mul(alongClasses(weight, logp));
    return reduce(skip(weighted.sum(dim).neg()), reduction);
  }

  /// The mean is over what is not ignored, and weighted: 0/0 is NaN where nothing is left.
  private Tensor reduce(Tensor losses, Reduction reduction) {
    return switch (reduction) {
      case NONE -> losses;
      case SUM -> losses.sum();
      case BATCHMEAN -> throw LossChecks.batchMean(name);
      case MEAN ->
          weight == null
              ? losses.sum().div(counted)
              : losses.sum().div(skip(ofTargets(weight)).sum());
    };
  }

  private Tensor pick(int dim) {
    try {
      return logp.gather(dim, target.unsqueeze(dim)).squeeze(dim);
    } catch (IndexOutOfBoundsException e) {
      String message =
          "%s: target out of range: smallest %d, largest %d (expected 0..%d)"
              .formatted(
                  name, target.min().itemLong(), target.max().itemLong(), logp.size(dim) - 1);
      throw new IndexOutOfBoundsException(message);
    }
  }

  /// By `where`, not by a factor of 0, which would make NaN of infinite losses.
  private Tensor skip(Tensor losses) {
    return ignored == null
        ? losses
        : Tensor.where(ignored, Tensor.scalar(losses.dtype(), 0), losses);
  }

  private Tensor ofTargets(Tensor weights) {
    return weights.indexSelect(0, target.flatten()).view(target.shape());
  }

  private static Tensor ofDistributions(Tensor logp, Tensor target, CrossEntropyLoss options) {
    if (!Arrays.equals(logp.shape(), target.shape())) {
      throw new ShapeException(
          "crossEntropy: a floating target must have the shape of the input: %s and %s"
              .formatted(Numbers.text(logp.shape()), Numbers.text(target.shape())));
    }
    Tensor weight = options.weight();
    checkWeight("crossEntropy", logp, weight);
    int dim = classDim(logp);
    double smoothing = options.labelSmoothing();
    Tensor smooth =
        smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / logp.size(dim));
    Tensor product = logp.mul(smooth);
    Tensor weighted = weight == null ? product : product.mul(alongClasses(weight, logp));
    Tensor losses = weighted.sum(dim).neg();
    return LossChecks.reduce("crossEntropy", losses, options.reduction());
  }

  private static Tensor alongClasses(Tensor weight, Tensor logp) {
    long[] shape = new long[logp.dim()];
    Arrays.fill(shape, 1);
    shape[classDim(logp)] = weight.numel();
    return weight.view(shape);
  }

  private static int classDim(Tensor logp) {
    return logp.dim() == 1 ? 0 : 1;
  }

  private static void checkTarget(String name, Tensor logp, Tensor target) {
    if (target.dtype() != DType.I64 && target.dtype() != DType.I32) {
      throw new DTypeException(
          "%s: target must hold classes as I64: %s %s; convert it with to(DType.I64)"
              .formatted(name, target.dtype(), Numbers.text(target.shape())));
    }
    if (logp.dim() == 0) {
      throw new ShapeException(name + ": input must have a dimension of classes: []");
    }
    int dim = classDim(logp);
    long[] shape = logp.shape();
    long[] expected =
        LongStream.range(0, shape.length).filter(i -> i != dim).map(i -> shape[(int) i]).toArray();
    if (!Arrays.equals(expected, target.shape())) {
      throw new ShapeException(
          "%s: target does not fit the input: %s and %s (expected %s)"
              .formatted(
                  name, Numbers.text(shape), Numbers.text(target.shape()), Numbers.text(expected)));
    }
  }

  private static void checkWeight(String name, Tensor logp, @Nullable Tensor weight) {
    long classes = logp.size(classDim(logp));
    if (weight != null && (weight.dim() != 1 || weight.numel() != classes)) {
      throw new ShapeException(
          "%s: weight must have one value per class: %s (expected [%d])"
              .formatted(name, Numbers.text(weight.shape()), classes));
    }
  }

  static void requireSmoothing(double smoothing) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          "crossEntropy: label smoothing must be between 0 and 1: " + smoothing);
    }
  }
}
