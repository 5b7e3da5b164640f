package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.function.BinaryOperator;

/// `max(0, margin + d(anchor, positive) - d(anchor, negative))` with any distance `d`.
///
/// @param distance computes the distance of two tensors, differentiably
/// @param margin by how much farther the negative one should be
/// @param swap whether the distance of positive and negative counts where it is smaller than that
///   of anchor and negative
/// @param reduction what to do with the values
public record TripletMarginWithDistanceLoss(
    BinaryOperator<Tensor> distance, double margin, boolean swap, Reduction reduction) {
  /// With PyTorch's defaults.
  public TripletMarginWithDistanceLoss() {
    this(F::pairwiseDistance, 1, false, Reduction.MEAN);
  }

  /// A copy with another distance.
  ///
  /// @param distance computes the distance of two tensors, differentiably
  /// @return a new loss
  public TripletMarginWithDistanceLoss withDistance(BinaryOperator<Tensor> distance) {
    return new TripletMarginWithDistanceLoss(distance, margin, swap, reduction);
  }

  /// A copy with another margin.
  ///
  /// @param margin by how much farther the negative one should be
  /// @return a new loss
  public TripletMarginWithDistanceLoss withMargin(double margin) {
    return new TripletMarginWithDistanceLoss(distance, margin, swap, reduction);
  }

  /// A copy with another swap.
  ///
  /// @param swap whether the distance of positive and negative counts where it is smaller than that
  ///   of anchor and negative
  /// @return a new loss
  public TripletMarginWithDistanceLoss withSwap(boolean swap) {
    return new TripletMarginWithDistanceLoss(distance, margin, swap, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public TripletMarginWithDistanceLoss withReduction(Reduction reduction) {
    return new TripletMarginWithDistanceLoss(distance, margin, swap, reduction);
  }

  /// Computes the loss; it belongs to the current scope.
  ///
  /// @param anchor `[N, D]` or `[D]`
  /// @param positive of the kind of the anchor, its shape
  /// @param negative of another kind, its shape
  /// @return a scalar, or `[N]` or `[]` without reduction
  public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
    return loss(
        "tripletMarginWithDistanceLoss",
        new Tensor[] {anchor, positive, negative},
        distance,
        margin,
        swap,
        reduction);
  }

  /// @param abc anchor, positive and negative
  static Tensor loss(
      String name,
      Tensor[] abc,
      BinaryOperator<Tensor> distance,
      double margin,
      boolean swap,
      Reduction reduction) {
    LossChecks.requireSameRank(name, abc[0], abc[1], abc[2]);
    Tensor near = distance.apply(abc[0], abc[1]);
    Tensor far = distance.apply(abc[0], abc[2]);
    Tensor least = swap ? far.minimum(distance.apply(abc[1], abc[2])) : far;
    return LossChecks.reduce(name, near.sub(least).add(margin).clampMin(0), reduction);
  }

  @Override
  public String toString() {
    return "TripletMarginWithDistanceLoss()";
  }
}
