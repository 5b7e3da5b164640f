package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;

/// What [Embedding] and [EmbeddingBag] share: the table.
abstract sealed class EmbeddingTable extends Module permits Embedding, EmbeddingBag {
  private final EmbeddingOptions options;
  private final Parameter weight;

  EmbeddingTable(EmbeddingOptions options, DType dtype, Generator generator) {
    this.options = options;
    try (var _ = Scope.open("Embedding")) {
      weight =
          parameter("weight", Tensor.empty(dtype, options.numEmbeddings(), options.embeddingDim()));
    }
    resetParameters(generator);
  }

  EmbeddingTable(EmbeddingOptions options, Tensor weight) {
    this.options = options;
    long[] shape = weight.shape();
    if (shape.length != 2
        || shape[0] != options.numEmbeddings()
        || shape[1] != options.embeddingDim()) {
      throw new ShapeException(
          "embedding: the table must be [%d,%d]: %s"
              .formatted(options.numEmbeddings(), options.embeddingDim(), Numbers.text(shape)));
    }
    this.weight = parameter("weight", weight);
  }

  /// The options for a table that exists.
  static EmbeddingOptions optionsOf(Tensor weight) {
    long[] shape = weight.shape();
    if (shape.length != 2) {
      throw new ShapeException("embedding: the table must be a matrix: " + Numbers.text(shape));
    }
    return EmbeddingOptions.of(shape[0], shape[1]);
  }

  /// Draws the table anew, from `N(0, 1)`; the padding is zeros.
  ///
  /// @param generator where it is drawn from
  public final void resetParameters(Generator generator) {
    Init.normal_(weight, 0, 1, generator);
    Long padding = options.paddingIdx();
    if (padding != null) {
      try (var _ = Scope.open("Embedding");
          var _ = NoGrad.open()) {
        Init.zeros_(weight.select(0, padding));
      }
    }
  }

  /// {@return the table, `[numEmbeddings, embeddingDim]`}
  public final Parameter weight() {
    return weight;
  }

  /// {@return what the layer was made with}
  public final EmbeddingOptions options() {
    return options;
  }

  final String sizes() {
    return options.numEmbeddings() + ", " + options.embeddingDim();
  }

  final String padding() {
    return options.paddingIdx() == null ? "" : ", padding_idx=" + options.paddingIdx();
  }
}
