package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Layers and losses as functions. Every result belongs to the current scope.
public final class F {
  private F() {}

  /// `x Wᵀ + b` over the last dimension.
  ///
  /// @param x `[*, in]`
  /// @param weight `[out, in]`
  /// @param bias `[out]`, or null
  /// @return `[*, out]`
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.linear(weight, bias);
  }

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

  /// `(x - mean) / √(variance + eps) · weight + bias` over the last dimensions; see [LayerNorm].
  ///
  /// @param x `[*, normalizedShape]`
  /// @param normalizedShape the last dimensions of `x`
  /// @param weight `normalizedShape`, or null
  /// @param bias `normalizedShape`, or null
  /// @param eps added to the variance
  /// @return the shape of `x`
  public static Tensor layerNorm(
      Tensor x,
      long[] normalizedShape,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    return x.layerNorm(normalizedShape, weight, bias, eps);
  }

  /// As [#dropout(Tensor, double, boolean, Generator)], drawing from the process's generator.
  ///
  /// @param x any shape
  /// @param p the probability of an element to be zeroed
  /// @param training false returns `x` itself
  /// @return the shape of `x`
  public static Tensor dropout(Tensor x, double p, boolean training) {
    return dropout(x, p, training, Generator.shared());
  }

  /// Zeroes each element with probability `p` and multiplies the others by `1 / (1 - p)`.
  ///
  /// @param x any shape, F32 or F64
  /// @param p the probability of an element to be zeroed, 0 to 1
  /// @param training false returns `x` itself
  /// @param generator where the elements to drop are drawn from
  /// @return the shape of `x`
  public static Tensor dropout(Tensor x, double p, boolean training, Generator generator) {
    requireProbability(p);
    if (!training || p == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(0);
    }
    // Drawn in F32 whatever the dtype, so that a seed drops the same elements in both.
    Tensor kept = Tensor.rand(generator, DType.F32, x.shape()).ge(p);
    return x.mul(kept.to(x.dtype()).mul_(1 / (1 - p)));
  }

  static void requireProbability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("dropout: p must be between 0 and 1: " + p);
    }
  }

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
