package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The losses of [F].
abstract sealed class LossFunctions extends ActivationFunctions permits F {
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
    requireSameShape("mseLoss", input, target);
    return reduce(input.sub(target).square(), reduction);
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
    requireSameShape("l1Loss", input, target);
    return reduce(input.sub(target).abs(), reduction);
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
    requireSameShape("binaryCrossEntropyWithLogits", input, target);
    // -log σ(x) = softplus(-x) and -log(1 - σ(x)) = x + softplus(-x), neither of which overflows.
    Tensor negative = input.sub(target.mul(input));
    Tensor bend = input.neg().softplus();
    if (posWeight != null) {
      bend = bend.mul(posWeight.sub(1).mul(target).add(1));
    }
    Tensor loss = negative.add(bend);
    return reduce(weight == null ? loss : loss.mul(weight), reduction);
  }

  static Tensor reduce(Tensor loss, Reduction reduction) {
    return switch (reduction) {
      case NONE -> loss;
      case MEAN -> loss.mean();
      case SUM -> loss.sum();
    };
  }

  private static void requireSameShape(String name, Tensor input, Tensor target) {
    if (!Arrays.equals(input.shape(), target.shape())) {
      throw new ShapeException(
          "%s: input and target have different shapes: %s and %s; reshape or expand one"
              .formatted(name, Numbers.text(input.shape()), Numbers.text(target.shape())));
    }
  }
}
