package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `max(0, margin + d(anchor, positive) - d(anchor, negative))` with `d` the distance of rows, see
/// [PairwiseDistance] (Balntas and others, 2016).
///
/// @param margin by how much farther the negative one should be, above 0
/// @param p the norm of the distance
/// @param eps added to differences
/// @param swap whether the distance of positive and negative counts where it is smaller than that
///   of anchor and negative
/// @param reduction what to do with the values
public record TripletMarginLoss(
    double margin, double p, double eps, boolean swap, Reduction reduction) {
  /// With PyTorch's defaults.
  public TripletMarginLoss() {
    this(1, 2, 1e-6, false, Reduction.MEAN);
  }

  /// A copy with another margin.
  ///
  /// @param margin by how much farther the negative one should be, above 0
  /// @return a new loss
  public TripletMarginLoss withMargin(double margin) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// A copy with another p.
  ///
  /// @param p the norm of the distance
  /// @return a new loss
  public TripletMarginLoss withP(double p) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// A copy with another eps.
  ///
  /// @param eps added to differences
  /// @return a new loss
  public TripletMarginLoss withEps(double eps) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// A copy with another swap.
  ///
  /// @param swap whether the distance of positive and negative counts where it is smaller than that
  ///   of anchor and negative
  /// @return a new loss
  public TripletMarginLoss withSwap(boolean swap) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public TripletMarginLoss withReduction(Reduction reduction) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// Computes the loss; it belongs to the current scope.
  ///
  /// @param anchor `[N, D]` or `[D]`
  /// @param positive of the kind of the anchor, its shape
  /// @param negative of another kind, its shape
  /// @return a scalar, or `[N]` or `[]` without reduction
  public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
    return TripletMarginWithDistanceLoss.loss(
        "tripletMarginLoss",
        new Tensor[] {anchor, positive, negative},
        (a, b) -> F.pairwiseDistance(a, b, p, eps, false),
        margin,
        swap,
        reduction);
  }

  @Override
  public String toString() {
    return "TripletMarginLoss()";
  }
}
