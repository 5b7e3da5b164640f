package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The losses of [F].
abstract sealed class LossFunctions extends MarginFunctions permits F {
  LossFunctions() {}

  /// Mean cross-entropy; [CrossEntropyLoss] has the options and shapes.
  ///
  /// @param input logits, `[N, C]`
  /// @param target right classes, `[N]`, I64
  /// @return a scalar
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, Reduction.MEAN);
  }

  /// Cross-entropy; [CrossEntropyLoss] has the options and shapes.
  ///
  /// @param input logits, `[N, C]`
  /// @param target right classes, `[N]`, I64
  /// @param reduction what to do with the values
  /// @return a scalar, or `[N]` without reduction
  public static Tensor crossEntropy(Tensor input, Tensor target, Reduction reduction) {
    return new CrossEntropyLoss().withReduction(reduction).forward(input, target);
  }

  /// Mean negative log-likelihood.
  ///
  /// @param input log-probabilities, `[N, C]`
  /// @param target right classes, `[N]`, I64
  /// @return a scalar
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, null, CrossEntropyLoss.IGNORE_INDEX, Reduction.MEAN);
  }

  /// Negative log-likelihood; see [NLLLoss] for the shapes.
  ///
  /// @param input log-probabilities
  /// @param target right classes, I64
  /// @param weight factor of each class, `[C]`, or null
  /// @param ignoreIndex a target that adds nothing
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `target` without reduction
  public static Tensor nllLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
    return ClassLosses.of("nllLoss", input, target, weight, ignoreIndex).negLikelihood(reduction);
  }

  /// Mean squared error.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @return a scalar
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /// Squared error.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    LossChecks.requireSameShape("mseLoss", input, target);
    return LossChecks.reduce("mseLoss", input.sub(target).square(), reduction);
  }

  /// Mean absolute error.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @return a scalar
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /// Absolute error.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    LossChecks.requireSameShape("l1Loss", input, target);
    return LossChecks.reduce("l1Loss", input.sub(target).abs(), reduction);
  }

  /// Mean binary cross-entropy of `sigmoid(input)`.
  ///
  /// @param input any shape
  /// @param target the shape of `input`, 0 to 1
  /// @return a scalar
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, null, null, Reduction.MEAN);
  }

  /// Binary cross-entropy of `sigmoid(input)`; see [BCEWithLogitsLoss].
  ///
  /// @param input any shape
  /// @param target the shape of `input`, 0 to 1
  /// @param weight factor of each value, or null
  /// @param posWeight factor of the positive part, or null
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Tensor posWeight,
      Reduction reduction) {
    LossChecks.requireSameShape("binaryCrossEntropyWithLogits", input, target);
    // With l = log σ(x), which does not overflow, log(1 - σ(x)) = l - x.
    Tensor negative = input.sub(target.mul(input));
    Tensor bend = input.logsigmoid();
    if (posWeight != null) {
      bend = bend.mul(posWeight.sub(1).mul(target).add(1));
    }
    Tensor loss = negative.sub(bend);
    return LossChecks.reduce(
        "binaryCrossEntropyWithLogits", weight == null ? loss : loss.mul(weight), reduction);
  }

  /// Mean of [#smoothL1Loss(Tensor, Tensor, double, Reduction)] with beta 1.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @return a scalar
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, 1, Reduction.MEAN);
  }

  /// `d² / (2 beta)` of the error `d` where that is below beta, `|d| - beta / 2` elsewhere.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @param beta where the parabola ends; 0 makes it the absolute error
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor smoothL1Loss(Tensor input, Tensor target, double beta, Reduction reduction) {
    LossChecks.requireNotNegative("smoothL1Loss", "beta", beta);
    LossChecks.requireSameShape("smoothL1Loss", input, target);
    Tensor d = input.sub(target);
    Tensor loss = beta == 0 ? d.abs() : bent(d, beta).div(beta);
    return LossChecks.reduce("smoothL1Loss", loss, reduction);
  }

  /// Mean of [#huberLoss(Tensor, Tensor, double, Reduction)] with delta 1.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @return a scalar
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, 1, Reduction.MEAN);
  }

  /// `d² / 2` of the error `d` where that is below delta, `delta (|d| - delta / 2)` elsewhere.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @param delta where the parabola ends
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor huberLoss(Tensor input, Tensor target, double delta, Reduction reduction) {
    LossChecks.requirePositive("huberLoss", "delta", delta);
    LossChecks.requireSameShape("huberLoss", input, target);
    return LossChecks.reduce("huberLoss", bent(input.sub(target), delta), reduction);
  }

  /// With `q` the error held within the bound, `q (d - q / 2)` is the parabola and its tangents.
  private static Tensor bent(Tensor d, double bound) {
    Tensor q = d.clamp(-bound, bound);
    return q.mul(d.sub(q, 0.5));
  }

  /// Mean binary cross-entropy of probabilities.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @return a scalar
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, null, Reduction.MEAN);
  }

  /// Binary cross-entropy of probabilities; see [BCELoss].
  ///
  /// @param input any shape, 0 to 1
  /// @param target the shape of `input`, 0 to 1
  /// @param weight factor of each value, or null
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    LossChecks.requireSameShape("binaryCrossEntropy", input, target);
    Tensor loss = input.binaryCrossEntropy(target);
    return LossChecks.reduce(
        "binaryCrossEntropy", weight == null ? loss : loss.mul(weight), reduction);
  }

  /// Mean over all elements of [#klDiv(Tensor, Tensor, boolean, Reduction)], which is not the
  /// divergence: that divides by the batch only, as [Reduction#BATCHMEAN] does.
  ///
  /// @param input log-probabilities, any shape
  /// @param target probabilities, the shape of `input`
  /// @return a scalar
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, false, Reduction.MEAN);
  }

  /// The terms `t (log t - x)` of the Kullback-Leibler divergence; see [KLDivLoss].
  ///
  /// @param input log-probabilities, any shape
  /// @param target probabilities, the shape of `input`, or their logarithms
  /// @param logTarget whether the target holds logarithms
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor klDiv(Tensor input, Tensor target, boolean logTarget, Reduction reduction) {
    LossChecks.requireSameShape("klDiv", input, target);
    Tensor loss =
        logTarget
            ? target.exp().mul(target.sub(input))
            : target.xlogy(target).sub(target.mul(input));
    if (reduction != Reduction.BATCHMEAN) {
      return LossChecks.reduce("klDiv", loss, reduction);
    }
    return input.dim() == 0 ? loss : loss.sum().div((double) input.size(0));
  }

  /// Mean of the loss of [PoissonNLLLoss] with its default options.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @return a scalar
  public static Tensor poissonNllLoss(Tensor input, Tensor target) {
    return new PoissonNLLLoss().forward(input, target);
  }

  /// Mean of the loss of [GaussianNLLLoss] with its default options.
  ///
  /// @param input expected values
  /// @param target samples, the shape of `input`
  /// @param variance the shape of `input`, or with a last dimension of 1 or none
  /// @return a scalar
  public static Tensor gaussianNllLoss(Tensor input, Tensor target, Tensor variance) {
    return new GaussianNLLLoss().forward(input, target, variance);
  }

  /// As [#gaussianNllLoss(Tensor, Tensor, Tensor)] with options.
  ///
  /// @param input expected values
  /// @param target samples, the shape of `input`
  /// @param variance the shape of `input`, or with a last dimension of 1 or none
  /// @param full whether the constant `log(2π) / 2` is added
  /// @param eps what variances are at least taken to be
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor variance, boolean full, double eps, Reduction reduction) {
    return new GaussianNLLLoss(full, eps, reduction).forward(input, target, variance);
  }

  /// As [#poissonNllLoss(Tensor, Tensor)] with options.
  ///
  /// @param input any shape
  /// @param target the shape of `input`
  /// @param logInput whether the input is the logarithm of the rate
  /// @param full whether Stirling's approximation of `log(t!)` is added
  /// @param eps added to the rate where its logarithm is taken
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor poissonNllLoss(
      Tensor input,
      Tensor target,
      boolean logInput,
      boolean full,
      double eps,
      Reduction reduction) {
    return new PoissonNLLLoss(logInput, full, eps, reduction).forward(input, target);
  }
}
