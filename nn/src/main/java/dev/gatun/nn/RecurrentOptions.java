package dev.gatun.nn;

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
    return new RecurrentOptions(
        inputSize, hiddenSize, value, bias, batchFirst, dropout, bidirectional);
  }

  /// With or without biases.
  ///
  /// @param value whether there are any
  /// @return a copy
  public RecurrentOptions bias(boolean value) {
    return new RecurrentOptions(
        inputSize, hiddenSize, numLayers, value, batchFirst, dropout, bidirectional);
  }

  /// With the batch or the steps first.
  ///
  /// @param value whether the batch is
  /// @return a copy
  public RecurrentOptions batchFirst(boolean value) {
    return new RecurrentOptions(
        inputSize, hiddenSize, numLayers, bias, value, dropout, bidirectional);
  }

  /// With dropout between the layers.
  ///
  /// @param value probability of an element to be zeroed, 0 to 1
  /// @return a copy
  public RecurrentOptions dropout(double value) {
    return new RecurrentOptions(
        inputSize, hiddenSize, numLayers, bias, batchFirst, value, bidirectional);
  }

  /// With one direction or two.
  ///
  /// @param value whether there are two
  /// @return a copy
  public RecurrentOptions bidirectional(boolean value) {
    return new RecurrentOptions(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, value);
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }
}
