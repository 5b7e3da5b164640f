package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.Arrays;

/// Connectionist temporal classification: minus the logarithm of the probability that the steps of
/// a sample read as its labels, when repeated symbols and then blanks are left out (Graves and
/// others, 2006). Made for the result of [LogSoftmax]; has no second derivative.
///
/// | operand  | shape                                                     |
/// |----------|-----------------------------------------------------------|
/// | logProbs | `[T, N, C]`, or `[T, C]` for one sample                   |
/// | targets  | `[N, S]`, or all labels one after the other, I64          |
///
/// @param blank the symbol for none
/// @param reduction what to do with the values; the mean is over samples, each divided by the
///   number of its labels first
/// @param zeroInfinity whether a sample whose labels do not fit its steps adds 0, and no gradient,
///   rather than infinity
public record CTCLoss(long blank, Reduction reduction, boolean zeroInfinity) {
  /// Blank 0, averages, infinity stays.
  public CTCLoss() {
    this(0, Reduction.MEAN, false);
  }

  /// A copy with another blank.
  ///
  /// @param blank the symbol for none
  /// @return a new loss
  public CTCLoss withBlank(long blank) {
    return new CTCLoss(blank, reduction, zeroInfinity);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public CTCLoss withReduction(Reduction reduction) {
    return new CTCLoss(blank, reduction, zeroInfinity);
  }

  /// A copy that drops what is infinite, or keeps it.
  ///
  /// @param zeroInfinity whether infinite losses become 0
  /// @return a new loss
  public CTCLoss withZeroInfinity(boolean zeroInfinity) {
    return new CTCLoss(blank, reduction, zeroInfinity);
  }

  /// Computes the loss; it belongs to the current scope.
  ///
  /// @param logProbs logarithms of probabilities
  /// @param targets the labels, none of which should be the blank
  /// @param inputLengths how many steps each sample has
  /// @param targetLengths how many labels each sample has
  /// @return a scalar, or `[N]` or `[]` without reduction
  public Tensor forward(
      Tensor logProbs, Tensor targets, long[] inputLengths, long[] targetLengths) {
    boolean single = logProbs.dim() == 2;
    Tensor batch = single ? logProbs.unsqueeze(1) : logProbs;
    Tensor each = batch.ctcLoss(targets, inputLengths, targetLengths, blank, zeroInfinity);
    return switch (reduction) {
      case NONE -> single ? each.squeeze(0) : each;
      case SUM -> each.sum();
      case MEAN -> each.div(labels(targetLengths).to(each.dtype())).mean();
      case BATCHMEAN -> throw LossChecks.batchMean("ctcLoss");
    };
  }

  private static Tensor labels(long[] lengths) {
    return Tensor.of(Arrays.stream(lengths).map(n -> Math.max(1, n)).toArray(), lengths.length);
  }

  @Override
  public String toString() {
    return "CTCLoss()";
  }
}
