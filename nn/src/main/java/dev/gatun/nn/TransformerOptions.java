package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Activation;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a [TransformerEncoderLayer] or [TransformerDecoderLayer] is like:
/// `TransformerOptions.of(256, 8).dimFeedforward(1024).batchFirst(true)`.
///
/// @param dModel size of input and output
/// @param nhead heads of attention
/// @param dimFeedforward size between the two linear layers
/// @param dropout the probability of an element, or of a weight of attention, to be dropped in
///   training
/// @param activation the function between the two linear layers
/// @param function that function where it is none of those; null otherwise
/// @param layerNormEps added to the variance
/// @param batchFirst whether the batch is the first dimension, not the second
/// @param normFirst whether inputs of the parts are normalized, not their outputs
/// @param dtype F32 or F64
/// @param generator where parameters, and elements to drop, are drawn from
public record TransformerOptions(
    long dModel,
    int nhead,
    long dimFeedforward,
    double dropout,
    Activation activation,
    @Nullable UnaryOperator<Tensor> function,
    double layerNormEps,
    boolean batchFirst,
    boolean normFirst,
    DType dtype,
    Generator generator) {
  /// PyTorch's defaults: 2048 between the linear layers, a dropout of 0.1, ReLU, eps 1e-5, sequence
  /// first, normalized outputs; F32.
  ///
  /// @param dModel size of input and output
  /// @param nhead heads of attention
  /// @return the options
  public static TransformerOptions of(long dModel, int nhead) {
    return new TransformerOptions(
        dModel,
        nhead,
        2048,
        0.1,
        Activation.RELU,
        null,
        LayerNorm.EPS,
        false,
        false,
        DType.F32,
        Generator.shared());
  }

  /// The same with another size between the linear layers.
  ///
  /// @param dimFeedforward size between the two linear layers
  /// @return the changed options
  public TransformerOptions dimFeedforward(long dimFeedforward) {
    return with(to -> to.dimFeedforward = dimFeedforward);
  }

  /// The same with another dropout.
  ///
  /// @param dropout the probability of an element, or of a weight of attention, to be dropped in
  ///   training
  /// @return the changed options
  public TransformerOptions dropout(double dropout) {
    return with(to -> to.dropout = dropout);
  }

  /// The same with another function between the linear layers.
  ///
  /// @param activation the function between the two linear layers
  /// @return the changed options
  public TransformerOptions activation(Activation activation) {
    return with(to -> {
      to.activation = activation;
      to.function = null;
    });
  }

  /// The same with another addition to the variance.
  ///
  /// @param layerNormEps added to the variance
  /// @return the changed options
  public TransformerOptions layerNormEps(double layerNormEps) {
    return with(to -> to.layerNormEps = layerNormEps);
  }

  /// The same with the dimensions in this order.
  ///
  /// @param batchFirst whether the batch is the first dimension, not the second
  /// @return the changed options
  public TransformerOptions batchFirst(boolean batchFirst) {
    return with(to -> to.batchFirst = batchFirst);
  }

  /// The same with normalization there.
  ///
  /// @param normFirst whether inputs of the parts are normalized, not their outputs
  /// @return the changed options
  public TransformerOptions normFirst(boolean normFirst) {
    return with(to -> to.normFirst = normFirst);
  }

  /// The same in another dtype.
  ///
  /// @param dtype F32 or F64
  /// @return the changed options
  public TransformerOptions dtype(DType dtype) {
    return with(to -> to.dtype = dtype);
  }

  /// The same with another generator.
  ///
  /// @param generator where parameters, and elements to drop, are drawn from
  /// @return the changed options
  public TransformerOptions generator(Generator generator) {
    return with(to -> to.generator = generator);
  }

  /// The same with any function between the linear layers.
  ///
  /// @param function such as `F::silu`
  /// @return the changed options
  public TransformerOptions activation(UnaryOperator<Tensor> function) {
    return with(to -> {
      to.activation = Activation.NONE;
      to.function = function;
    });
  }

  private TransformerOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new TransformerOptions(
        to.dModel,
        to.nhead,
        to.dimFeedforward,
        to.dropout,
        to.activation,
        to.function,
        to.layerNormEps,
        to.batchFirst,
        to.normFirst,
        to.dtype,
        to.generator);
  }

  /// These while some of them change.
  private final class Draft {
    private long dModel = dModel();
    private int nhead = nhead();
    private long dimFeedforward = dimFeedforward();
    private double dropout = dropout();
    private Activation activation = activation();
    private @Nullable UnaryOperator<Tensor> function = function();
    private double layerNormEps = layerNormEps();
    private boolean batchFirst = batchFirst();
    private boolean normFirst = normFirst();
    private DType dtype = dtype();
    private Generator generator = generator();
  }
}
