package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;

/// Rows of a table by index.
///
/// | tensor   | shape                           |
/// |----------|---------------------------------|
/// | input    | any, I64, I32 or U8             |
/// | `weight` | `[numEmbeddings, embeddingDim]` |
/// | result   | `[*input, embeddingDim]`        |
///
/// The table is drawn from `N(0, 1)`. Gradients are dense.
public final class Embedding extends EmbeddingTable {
  /// F32, drawn from the process's generator.
  ///
  /// @param numEmbeddings rows of the table
  /// @param embeddingDim elements of a row
  public Embedding(long numEmbeddings, long embeddingDim) {
    this(EmbeddingOptions.of(numEmbeddings, embeddingDim));
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param options sizes, padding and norm
  public Embedding(EmbeddingOptions options) {
    this(options, DType.F32, Generator.shared());
  }

  /// Makes the layer.
  ///
  /// @param options sizes, padding and norm
  /// @param dtype F32 or F64
  /// @param generator where the table is drawn from
  public Embedding(EmbeddingOptions options, DType dtype, Generator generator) {
    super(options, dtype, generator);
  }

  private Embedding(EmbeddingOptions options, Tensor weight) {
    super(options, weight);
  }

  /// A layer over a table that does not learn.
  ///
  /// @param weight the table; copied unless it is a [Parameter]
  /// @return a new layer
  /// @throws dev.gatun.tensor.ShapeException if the table is not a matrix
  public static Embedding fromPretrained(Tensor weight) {
    return fromPretrained(weight, optionsOf(weight), true);
  }

  /// A layer over a table.
  ///
  /// @param weight the table; copied unless it is a [Parameter]
  /// @param options sizes, which must be those of the table, padding and norm; the padding stays as
  ///   it is
  /// @param freeze whether the table does not learn
  /// @return a new layer
  /// @throws dev.gatun.tensor.ShapeException if the table is not of these sizes
  public static Embedding fromPretrained(Tensor weight, EmbeddingOptions options, boolean freeze) {
    Embedding made = new Embedding(options, weight);
    Tensor _ = made.weight().requiresGrad_(!freeze);
    return made;
  }

  /// The rows at `x`.
  @Override
  public Tensor forward(Tensor x) {
    EmbeddingOptions o = options();
    return F.embedding(x, weight(), o.paddingIdx(), o.maxNorm(), o.normType(), o.scaleGradByFreq());
  }

  @Override
  protected String extraRepr() {
    return sizes() + padding() + options().text();
  }
}
