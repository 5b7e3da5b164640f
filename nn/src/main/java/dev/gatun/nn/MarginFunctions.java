package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The losses of [F] that have margins, or compare embeddings.
abstract sealed class MarginFunctions extends ActivationFunctions permits LossFunctions {
  MarginFunctions() {}

  /// Mean of the loss of [HingeEmbeddingLoss] with margin 1.
  ///
  /// @param input distances, any shape
  /// @param target 1 or -1, the shape of `input`
  /// @return a scalar
  public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target) {
    return hingeEmbeddingLoss(input, target, 1, Reduction.MEAN);
  }

  /// `x` where the target is 1, `max(0, margin - x)` where it is -1.
  ///
  /// @param input distances, any shape
  /// @param target 1 or -1, the shape of `input`
  /// @param margin the distance from which on a pair is far enough
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor hingeEmbeddingLoss(
      Tensor input, Tensor target, double margin, Reduction reduction) {
    LossChecks.requireSameShape("hingeEmbeddingLoss", input, target);
    Tensor apart = input.neg().add(margin).clampMin(0).maskedFill(target.eq(1), 0);
    Tensor together = input.maskedFill(target.eq(-1), 0);
    return LossChecks.reduce("hingeEmbeddingLoss", together.add(apart), reduction);
  }

  /// Mean of the loss of [SoftMarginLoss].
  ///
  /// @param input any shape
  /// @param target 1 or -1, the shape of `input`
  /// @return a scalar
  public static Tensor softMarginLoss(Tensor input, Tensor target) {
    return softMarginLoss(input, target, Reduction.MEAN);
  }

  /// `log(1 + exp(-t x))` with the target `t`, computed without overflow.
  ///
  /// @param input any shape
  /// @param target 1 or -1, the shape of `input`
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of `input` without reduction
  public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    LossChecks.requireSameShape("softMarginLoss", input, target);
    return LossChecks.reduce("softMarginLoss", target.mul(input).logsigmoid().neg(), reduction);
  }

  /// Mean of the loss of [MultiLabelSoftMarginLoss], unweighted.
  ///
  /// @param input `[N, C]` or `[C]`
  /// @param target 0 or 1, the shape of `input`
  /// @return a scalar
  public static Tensor multilabelSoftMarginLoss(Tensor input, Tensor target) {
    return multilabelSoftMarginLoss(input, target, null, Reduction.MEAN);
  }

  /// Binary cross-entropy of `sigmoid(input)`, averaged over the last dimension.
  ///
  /// @param input `[N, C]` or `[C]`
  /// @param target 0 or 1, the shape of `input`
  /// @param weight factor of each class, `[C]`, or null
  /// @param reduction what to do with the values
  /// @return a scalar, or `[N]` or `[]` without reduction
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    LossChecks.requireSameShape("multilabelSoftMarginLoss", input, target);
    if (input.dim() == 0) {
      throw new ShapeException(
          "multilabelSoftMarginLoss: input must have a dimension of classes: []");
    }
    Tensor each = F.binaryCrossEntropyWithLogits(input, target, weight, null, Reduction.NONE);
    return LossChecks.reduce("multilabelSoftMarginLoss", each.mean(-1), reduction);
  }

  /// Mean of the loss of [MultiLabelMarginLoss].
  ///
  /// @param input `[N, C]` or `[C]`
  /// @param target right classes and then -1, the shape of `input`, I64
  /// @return a scalar
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target) {
    return multilabelMarginLoss(input, target, Reduction.MEAN);
  }

  /// `Σ max(0, 1 - (x[t] - x[i])) / C` over right classes `t` and wrong ones `i`; see
  /// [MultiLabelMarginLoss].
  ///
  /// @param input `[N, C]` or `[C]`
  /// @param target right classes and then -1, the shape of `input`, I64
  /// @param reduction what to do with the values
  /// @return a scalar, or `[N]` or `[]` without reduction
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    Tensor each = LabelMargins.multilabel(input, target);
    return LossChecks.reduce("multilabelMarginLoss", each, reduction);
  }

  /// Mean of the loss of [MarginRankingLoss] with margin 0.
  ///
  /// @param input1 any shape
  /// @param input2 the shape of `input1`
  /// @param target 1 or -1
  /// @return a scalar
  public static Tensor marginRankingLoss(Tensor input1, Tensor input2, Tensor target) {
    return marginRankingLoss(input1, input2, target, 0, Reduction.MEAN);
  }

  /// `max(0, margin - t (x1 - x2))` with the target `t`.
  ///
  /// @param input1 any shape
  /// @param input2 of the same rank
  /// @param target 1 or -1, of the same rank
  /// @param margin by how much one should be larger
  /// @param reduction what to do with the values
  /// @return a scalar, or the common shape without reduction
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    LossChecks.requireSameRank("marginRankingLoss", input1, input2, target);
    Tensor loss = target.mul(input2.sub(input1)).add(margin).clampMin(0);
    return LossChecks.reduce("marginRankingLoss", loss, reduction);
  }

  /// Mean of the loss of [TripletMarginLoss] with its default options.
  ///
  /// @param anchor `[N, D]` or `[D]`
  /// @param positive of the kind of the anchor, its shape
  /// @param negative of another kind, its shape
  /// @return a scalar
  public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
    return new TripletMarginLoss().forward(anchor, positive, negative);
  }

  /// Mean of the loss of [CosineEmbeddingLoss] with margin 0.
  ///
  /// @param input1 `[N, D]` or `[D]`
  /// @param input2 the shape of `input1`
  /// @param target 1 or -1, `[N]` or `[]`
  /// @return a scalar
  public static Tensor cosineEmbeddingLoss(Tensor input1, Tensor input2, Tensor target) {
    return cosineEmbeddingLoss(input1, input2, target, 0, Reduction.MEAN);
  }

  /// `1 - cos(x1, x2)` where the target is 1, `max(0, cos(x1, x2) - margin)` where it is -1.
  ///
  /// @param input1 `[N, D]` or `[D]`
  /// @param input2 the shape of `input1`
  /// @param target 1 or -1, `[N]` or `[]`
  /// @param margin the cosine up to which a pair is far enough
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of the target without reduction
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    String name = "cosineEmbeddingLoss";
    LossChecks.requireSameShape(name, input1, input2);
    LabelMargins.requireOnePerRow(name, input1, target);
    // PyTorch adds this to both sums of squares here, and holds them above a bound elsewhere.
    double eps = 1e-12;
    Tensor squares = input1.square().sum(-1).add(eps).mul(input2.square().sum(-1).add(eps));
    Tensor cosine = input1.mul(input2).sum(-1).div(squares.sqrt());
    Tensor near = cosine.neg().add(1);
    Tensor far = cosine.sub(margin).clampMin(0);
    Tensor loss = near.maskedFill(target.ne(1), 0).add(far.maskedFill(target.ne(-1), 0));
    return LossChecks.reduce(name, loss, reduction);
  }

  /// Mean of the loss of [MultiMarginLoss] with its default options.
  ///
  /// @param input `[N, C]` or `[C]`
  /// @param target right classes, `[N]` or `[]`, I64
  /// @return a scalar
  public static Tensor multiMarginLoss(Tensor input, Tensor target) {
    return multiMarginLoss(input, target, 1, 1, null, Reduction.MEAN);
  }

  /// `Σ w[t] max(0, margin - x[t] + x[i])ᵖ / C` over the classes `i` other than the right one, `t`.
  ///
  /// @param input `[N, C]` or `[C]`
  /// @param target right classes, `[N]` or `[]`, I64
  /// @param p the power, 1 or 2
  /// @param margin by how much the right class should be ahead
  /// @param weight factor of each class, `[C]`, or null
  /// @param reduction what to do with the values
  /// @return a scalar, or the shape of the target without reduction
  public static Tensor multiMarginLoss(
      Tensor input,
      Tensor target,
      int p,
      double margin,
      @Nullable Tensor weight,
      Reduction reduction) {
    requirePower(p);
    Tensor each = LabelMargins.multi(input, target, p, margin, weight);
    return LossChecks.reduce("multiMarginLoss", each, reduction);
  }

  /// Mean of the loss of [CTCLoss] with its default options.
  ///
  /// @param logProbs logarithms of probabilities, `[T, N, C]` or `[T, C]`
  /// @param targets labels, `[N, S]` or `[Σ targetLengths]`, I64
  /// @param inputLengths how many steps each sample has
  /// @param targetLengths how many labels each sample has
  /// @return a scalar
  public static Tensor ctcLoss(
      Tensor logProbs, Tensor targets, long[] inputLengths, long[] targetLengths) {
    return new CTCLoss().forward(logProbs, targets, inputLengths, targetLengths);
  }

  static void requirePower(int p) {
    if (p != 1 && p != 2) {
      throw new IllegalArgumentException("multiMarginLoss: p must be 1 or 2: " + p);
    }
  }
}
