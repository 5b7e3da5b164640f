package dev.gatun.nn;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What [Embedding] and [EmbeddingBag] are made with: `new Embedding(EmbeddingOptions.of(50_000,
/// 256).paddingIdx(0))`.
///
/// @param numEmbeddings rows of the table
/// @param embeddingDim elements of a row
/// @param paddingIdx a row that begins as zeros and takes no gradient, from the back when negative;
///   null for none
/// @param maxNorm rows of a larger norm are scaled to it, in place, when they are taken; null for
///   none
/// @param normType the p of the norm
/// @param scaleGradByFreq whether the gradient of a row is divided by how often it was taken
public record EmbeddingOptions(
    long numEmbeddings,
    long embeddingDim,
    @Nullable Long paddingIdx,
    @Nullable Double maxNorm,
    double normType,
    boolean scaleGradByFreq) {
  /// Checks the sizes, and counts the padding from the front.
  public EmbeddingOptions {
    if (numEmbeddings < 0 || embeddingDim < 0) {
      throw new IllegalArgumentException(
          "embedding: sizes must not be negative: numEmbeddings %d, embeddingDim %d"
              .formatted(numEmbeddings, embeddingDim));
    }
    if (paddingIdx != null) {
      paddingIdx = EmbeddingFunctions.padding("embedding", paddingIdx, numEmbeddings);
    }
  }

  /// Without padding and norm.
  ///
  /// @param numEmbeddings rows of the table
  /// @param embeddingDim elements of a row
  /// @return the options
  public static EmbeddingOptions of(long numEmbeddings, long embeddingDim) {
    return new EmbeddingOptions(numEmbeddings, embeddingDim, null, null, 2, false);
  }

  /// With padding.
  ///
  /// @param value the row, from the back when negative
  /// @return a copy
  public EmbeddingOptions paddingIdx(long value) {
    return with(to -> to.paddingIdx = value);
  }

  /// With a largest norm.
  ///
  /// @param value the norm
  /// @return a copy
  public EmbeddingOptions maxNorm(double value) {
    return with(to -> to.maxNorm = value);
  }

  /// With another norm.
  ///
  /// @param value the p of the norm
  /// @return a copy
  public EmbeddingOptions normType(double value) {
    return with(to -> to.normType = value);
  }

  /// With gradients divided by frequencies, or not.
  ///
  /// @param value whether they are
  /// @return a copy
  public EmbeddingOptions scaleGradByFreq(boolean value) {
    return with(to -> to.scaleGradByFreq = value);
  }

  private EmbeddingOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new EmbeddingOptions(
        to.numEmbeddings,
        to.embeddingDim,
        to.paddingIdx,
        to.maxNorm,
        to.normType,
        to.scaleGradByFreq);
  }

  /// These while some of them change.
  private final class Draft {
    private long numEmbeddings = numEmbeddings();
    private long embeddingDim = embeddingDim();
    private @Nullable Long paddingIdx = paddingIdx();
    private @Nullable Double maxNorm = maxNorm();
    private double normType = normType();
    private boolean scaleGradByFreq = scaleGradByFreq();
  }

  /// As PyTorch prints them, without the sizes and the padding.
  String text() {
    StringBuilder text = new StringBuilder();
    if (maxNorm != null) {
      text.append(", max_norm=").append(Numbers.python(maxNorm));
    }
    if (normType != 2) {
      text.append(", norm_type=").append(Numbers.python(normType));
    }
    return text.append(scaleGradByFreq ? ", scale_grad_by_freq=True" : "").toString();
  }
}
