package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.BagMode;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sum, mean or maximum of bags of rows of a table, which are never stored.
///
/// | tensor    | shape                                                            |
/// |-----------|------------------------------------------------------------------|
/// | input     | `[indices]` with offsets, or `[bags, size]`; I64, I32 or U8      |
/// | offsets   | `[bags]`, the first index of each; `[bags + 1]` with the last end |
/// | `weight`  | `[numEmbeddings, embeddingDim]`                                  |
/// | result    | `[bags, embeddingDim]`                                           |
///
/// The table is drawn from `N(0, 1)`. Gradients are dense.
public final class EmbeddingBag extends EmbeddingTable {
  private final BagMode mode;
  private final boolean includeLastOffset;

  /// The mean, in F32, drawn from the process's generator.
  ///
  /// @param numEmbeddings rows of the table
  /// @param embeddingDim elements of a row
  public EmbeddingBag(long numEmbeddings, long embeddingDim) {
    this(EmbeddingOptions.of(numEmbeddings, embeddingDim), BagMode.MEAN);
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param options sizes, padding and norm
  /// @param mode what is made of a bag
  public EmbeddingBag(EmbeddingOptions options, BagMode mode) {
    this(options, mode, false, DType.F32, Generator.shared());
  }

  /// Makes the layer.
  ///
  /// @param options sizes, padding and norm
  /// @param mode what is made of a bag
  /// @param includeLastOffset whether the end of the last bag follows its offset
  /// @param dtype F32 or F64
  /// @param generator where the table is drawn from
  public EmbeddingBag(
      EmbeddingOptions options,
      BagMode mode,
      boolean includeLastOffset,
      DType dtype,
      Generator generator) {
    super(options, dtype, generator);
    this.mode = mode;
    this.includeLastOffset = includeLastOffset;
  }

  private EmbeddingBag(
      EmbeddingOptions options, Tensor weight, BagMode mode, boolean includeLastOffset) {
    super(options, weight);
    this.mode = mode;
    this.includeLastOffset = includeLastOffset;
  }

  /// The mean of rows of a table that does not learn.
  ///
  /// @param weight the table; copied unless it is a [Parameter]
  /// @return a new layer
  /// @throws dev.gatun.tensor.ShapeException if the table is not a matrix
  public static EmbeddingBag fromPretrained(Tensor weight) {
    return fromPretrained(weight, optionsOf(weight), BagMode.MEAN, false, true);
  }

  /// A layer over a table.
  ///
  /// @param weight the table; copied unless it is a [Parameter]
  /// @param options sizes, which must be those of the table, padding and norm; the padding stays as
  ///   it is
  /// @param mode what is made of a bag
  /// @param includeLastOffset whether the end of the last bag follows its offset
  /// @param freeze whether the table does not learn
  /// @return a new layer
  /// @throws dev.gatun.tensor.ShapeException if the table is not of these sizes
  public static EmbeddingBag fromPretrained(
      Tensor weight,
      EmbeddingOptions options,
      BagMode mode,
      boolean includeLastOffset,
      boolean freeze) {
    EmbeddingBag made = new EmbeddingBag(options, weight, mode, includeLastOffset);
    Tensor _ = made.weight().requiresGrad_(!freeze);
    return made;
  }

  /// One bag for each row of a matrix.
  @Override
  public Tensor forward(Tensor x) {
    return forward(x, null, null);
  }

  /// Bags of a vector.
  ///
  /// @param x the indices
  /// @param offsets where the bags begin; null for a matrix
  /// @return one row for each bag, in the current scope
  public Tensor forward(Tensor x, @Nullable Tensor offsets) {
    return forward(x, offsets, null);
  }

  /// Bags of weighted rows.
  ///
  /// @param x the indices
  /// @param offsets where the bags begin; null for a matrix
  /// @param perSampleWeights a factor for each index, for [BagMode#SUM]; null for 1
  /// @return one row for each bag, in the current scope
  public Tensor forward(Tensor x, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
    return F.embeddingBag(
        x, weight(), offsets, options(), mode, perSampleWeights, includeLastOffset);
  }

  @Override
  protected String extraRepr() {
    String name = mode.toString().toLowerCase(Locale.ROOT);
    return sizes() + options().text() + ", mode=" + name + padding();
  }
}
