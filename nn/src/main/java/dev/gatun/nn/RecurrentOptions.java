package dev.gatun.nn;

import java.util.function.Consumer;

/// What [RNN], [LSTM] and [GRU] are made with: `new LSTM(RecurrentOptions.of(128,
/// 256).numLayers(2).batchFirst(true))`.
///
/// @param inputSize elements of an input
/// @param hiddenSize elements of a hidden state
/// @param numLayers layers; each but the first reads the outputs of the one before
/// @param bias whether there are biases
/// @param batchFirst whether inputs and outputs are `[batch, steps, *]`
/// @param dropout probability of an output of each layer but the last to be zeroed in training
/// @param bidirectional whether each layer reads the sequences backwards too
public record RecurrentOptions(
    long inputSize,
    long hiddenSize,
    int numLayers,
    boolean bias,
    boolean batchFirst,
    double dropout,
    boolean bidirectional) {
  /// Checks the sizes.
  public RecurrentOptions {
    if (inputSize < 1 || hiddenSize < 1 || numLayers < 1) {
      throw new IllegalArgumentException(
          "recurrent layer: sizes must be positive: inputSize %d, hiddenSize %d, numLayers %d"
              .formatted(inputSize, hiddenSize, numLayers));
    }
    F.requireProbability(dropout);
  }

  /// One layer with biases, in one direction, `[steps, batch, *]`, without dropout.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  /// @return the options
  public static RecurrentOptions of(long inputSize, long hiddenSize) {
    return new RecurrentOptions(inputSize, hiddenSize, 1, true, false, 0, false);
  }

  /// With another number of layers.
  ///
  /// @param value how many
  /// @return a copy
  public RecurrentOptions numLayers(int value) {
    return with(to -> to.numLayers = value);
  }

  /// With or without biases.
  ///
  /// @param value whether there are any
  /// @return a copy
  public RecurrentOptions bias(boolean value) {
    return with(to -> to.bias = value);
  }

  /// With the batch or the steps first.
  ///
  /// @param value whether the batch is
  /// @return a copy
  public RecurrentOptions batchFirst(boolean value) {
    return with(to -> to.batchFirst = value);
  }

  /// With dropout between the layers.
  ///
  /// @param value probability of an element to be zeroed, 0 to 1
  /// @return a copy
  public RecurrentOptions dropout(double value) {
    return with(to -> to.dropout = value);
  }

  /// With one direction or two.
  ///
  /// @param value whether there are two
  /// @return a copy
  public RecurrentOptions bidirectional(boolean value) {
    return with(to -> to.bidirectional = value);
  }

  private RecurrentOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new RecurrentOptions(
        to.inputSize,
        to.hiddenSize,
        to.numLayers,
        to.bias,
        to.batchFirst,
        to.dropout,
        to.bidirectional);
  }

  /// These while some of them change.
  private final class Draft {
    private long inputSize = inputSize();
    private long hiddenSize = hiddenSize();
    private int numLayers = numLayers();
    private boolean bias = bias();
    private boolean batchFirst = batchFirst();
    private double dropout = dropout();
    private boolean bidirectional = bidirectional();
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }
}
