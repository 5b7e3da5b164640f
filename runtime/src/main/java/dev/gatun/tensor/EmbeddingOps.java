package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// Rows of this table by index. Indices are I64 (I32 and U8 are converted), from 0 up to the number
/// of rows; results belong to the current scope. The gradient of the table adds up in the order of
/// the indices, whatever the number of threads.
public sealed interface EmbeddingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// As [#embedding(Tensor, long, boolean)], without padding.
  ///
  /// @param indices any shape
  /// @return `[*indices, columns]`
  default Tensor embedding(Tensor indices) {
    return embedding(indices, -1, false);
  }

  /// The rows of this at `indices`.
  ///
  /// @param indices any shape
  /// @param paddingIdx a row that takes no gradient; -1 for none
  /// @param scaleGradByFreq whether the gradient of a row is divided by how often it was taken
  /// @return a new tensor, `[*indices, columns]`
  /// @throws ShapeException if this is not a matrix
  /// @throws DTypeException if this is neither F32 nor F64, or `indices` are no indices
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor embedding(Tensor indices, long paddingIdx, boolean scaleGradByFreq) {
    return EmbeddingCalls.embedding(self(), indices, paddingIdx, scaleGradByFreq);
  }

  /// As [#embeddingBag(Tensor, Tensor, BagMode, Tensor, long, boolean, boolean)], without weights
  /// and padding.
  ///
  /// @param indices a vector, or a matrix with one bag a row
  /// @param offsets first index of each bag, for a vector; null for a matrix
  /// @param mode what is made of a bag
  /// @return `[bags, columns]`
  default Tensor embeddingBag(Tensor indices, @Nullable Tensor offsets, BagMode mode) {
    return embeddingBag(indices, offsets, mode, null, -1, false, false);
  }

  /// Sum, mean or maximum of the rows of each bag, which are never stored. An empty bag gives
  /// zeros.
  ///
  /// @param indices a vector, or a matrix with one bag a row
  /// @param offsets first index of each bag, beginning with 0, for a vector; null for a matrix
  /// @param mode what is made of a bag
  /// @param perSampleWeights a factor for each index, in the shape of `indices`, for [BagMode#SUM];
  ///   null for 1
  /// @param paddingIdx a row that no bag counts; -1 for none
  /// @param includeLastOffset whether the end of the last bag follows its offset
  /// @param scaleGradByFreq whether the gradient of a row is divided by how often it was taken; not
  ///   for [BagMode#MAX]
  /// @return a new tensor, `[bags, columns]`
  /// @throws ShapeException if this is not a matrix, or other shapes do not fit
  /// @throws DTypeException if this is neither F32 nor F64, or indices are none
  /// @throws IllegalArgumentException if offsets do not begin with 0, fall, or lead beyond the
  ///   indices, or the mode does not go with another argument
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor embeddingBag(
      Tensor indices,
      @Nullable Tensor offsets,
      BagMode mode,
      @Nullable Tensor perSampleWeights,
      long paddingIdx,
      boolean includeLastOffset,
      boolean scaleGradByFreq) {
    return EmbeddingCalls.bag(
        self(),
        indices,
        offsets,
        mode,
        perSampleWeights,
        paddingIdx,
        includeLastOffset,
        scaleGradByFreq);
  }

  /// Scales the rows at `indices` whose norm is larger than `maxNorm` to that norm, in place.
  ///
  /// @param indices any shape
  /// @param maxNorm the largest norm
  /// @param normType the p of the norm
  /// @return this
  /// @throws ShapeException if this is not a matrix
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor embeddingRenorm_(Tensor indices, double maxNorm, double normType) {
    return EmbeddingCalls.renorm(self(), indices, maxNorm, normType);
  }
}
