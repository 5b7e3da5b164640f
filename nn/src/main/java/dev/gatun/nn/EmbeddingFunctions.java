package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.BagMode;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The embeddings of [F].
abstract sealed class EmbeddingFunctions extends DistanceFunctions permits AttentionFunctions {
  EmbeddingFunctions() {}

  /// Rows of a table by index; see [Embedding].
  ///
  /// @param x indices, any shape
  /// @param weight the table, `[rows, columns]`
  /// @return `[*x, columns]`
  public static Tensor embedding(Tensor x, Tensor weight) {
    return weight.embedding(x);
  }

  /// Rows of a table by index; see [Embedding].
  ///
  /// @param x indices, any shape
  /// @param weight the table, `[rows, columns]`
  /// @param paddingIdx a row that takes no gradient, from the back when negative; null for none
  /// @param maxNorm rows of a larger norm are scaled to it first, in place; null for none
  /// @param normType the p of the norm
  /// @param scaleGradByFreq whether the gradient of a row is divided by how often it was taken
  /// @return `[*x, columns]`
  public static Tensor embedding(
      Tensor x,
      Tensor weight,
      @Nullable Long paddingIdx,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq) {
    renorm(x, weight, maxNorm, normType);
    return weight.embedding(x, padding("embedding", paddingIdx, weight), scaleGradByFreq);
  }

  /// Sum, mean or maximum of bags of rows; see [EmbeddingBag].
  ///
  /// @param x indices: a vector, or a matrix with one bag a row
  /// @param weight the table, `[rows, columns]`
  /// @param offsets first index of each bag, for a vector; null for a matrix
  /// @param mode what is made of a bag
  /// @return `[bags, columns]`
  public static Tensor embeddingBag(
      Tensor x, Tensor weight, @Nullable Tensor offsets, BagMode mode) {
    return weight.embeddingBag(x, offsets, mode);
  }

  /// Sum, mean or maximum of bags of rows; see [EmbeddingBag].
  ///
  /// @param x indices: a vector, or a matrix with one bag a row
  /// @param weight the table, `[rows, columns]`
  /// @param offsets first index of each bag, for a vector; null for a matrix
  /// @param options padding and norm; their sizes do not matter
  /// @param mode what is made of a bag
  /// @param perSampleWeights a factor for each index, for [BagMode#SUM]; null for 1
  /// @param includeLastOffset whether the end of the last bag follows its offset
  /// @return `[bags, columns]`
  public static Tensor embeddingBag(
      Tensor x,
      Tensor weight,
      @Nullable Tensor offsets,
      EmbeddingOptions options,
      BagMode mode,
      @Nullable Tensor perSampleWeights,
      boolean includeLastOffset) {
    renorm(x, weight, options.maxNorm(), options.normType());
    return weight.embeddingBag(
        x,
        offsets,
        mode,
        perSampleWeights,
        padding("embeddingBag", options.paddingIdx(), weight),
        includeLastOffset,
        options.scaleGradByFreq());
  }

  private static void renorm(Tensor x, Tensor weight, @Nullable Double maxNorm, double normType) {
    if (maxNorm != null) {
      Tensor _ = weight.detach().embeddingRenorm_(x, maxNorm, normType);
    }
  }

  private static long padding(String op, @Nullable Long padding, Tensor weight) {
    return padding == null ? -1 : padding(op, padding, weight.size(0));
  }

  /// A row counted from the front.
  static long padding(String op, long padding, long rows) {
    if (padding < -rows || padding >= rows) {
      throw new IllegalArgumentException(
          "%s: paddingIdx out of range: %d (expected %d..%d)"
              .formatted(op, padding, -rows, rows - 1));
    }
    return padding < 0 ? padding + rows : padding;
  }

  /// As [#oneHot(Tensor, long)], with one class more than the largest index.
  ///
  /// @param x classes, any shape
  /// @return `[*x, classes]`, I64
  /// @throws IllegalArgumentException if there are no elements, or one is negative
  public static Tensor oneHot(Tensor x) {
    return oneHot(x, -1);
  }

  /// 1 where the class is, 0 elsewhere.
  ///
  /// @param x classes, any shape, I64
  /// @param numClasses how many there are; -1 for one more than the largest
  /// @return `[*x, numClasses]`, I64
  /// @throws IllegalArgumentException if a class is negative or too large, or the number of classes
  ///   is not given and there are no elements
  /// @throws dev.gatun.tensor.DTypeException if `x` is not I64
  public static Tensor oneHot(Tensor x, long numClasses) {
    if (x.dtype() != DType.I64) {
      throw new DTypeException(
          "oneHot: needs I64, got %s %s; convert with to(DType)"
              .formatted(x.dtype(), Numbers.text(x.shape())));
    }
    if (numClasses < -1 || numClasses == 0 || (numClasses < 0 && x.numel() == 0)) {
      throw new IllegalArgumentException(
          "oneHot: the number of classes must be positive: %d for %s"
              .formatted(numClasses, Numbers.text(x.shape())));
    }
    long classes = numClasses;
    if (x.numel() > 0) {
      long least = x.min().itemLong();
      long most = x.max().itemLong();
      classes = numClasses < 0 ? most + 1 : numClasses;
      if (least < 0 || most >= classes) {
        throw new IllegalArgumentException(
            "oneHot: class out of range: %d (expected 0..%d)"
                .formatted(least < 0 ? least : most, classes - 1));
      }
    }
    long[] shape = Arrays.copyOf(x.shape(), x.shape().length + 1);
    shape[x.shape().length] = classes;
    Tensor y = Tensor.zeros(DType.I64, shape);
    return x.numel() == 0 ? y : y.scatter_(-1, x.unsqueeze(-1), 1);
  }
}
