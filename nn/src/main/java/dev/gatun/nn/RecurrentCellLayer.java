package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.RecurrentWeights;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What [RNNCell], [LSTMCell] and [GRUCell] share. A step is computed as a sequence of one.
abstract sealed class RecurrentCellLayer extends Module permits RNNCell, LSTMCell, GRUCell {
  private final long inputSize;
  private final long hiddenSize;
  private final RecurrentWeights weights;

  RecurrentCellLayer(
      int gates, long inputSize, long hiddenSize, boolean bias, DType dtype, Generator generator) {
    if (inputSize < 1 || hiddenSize < 1) {
      throw new IllegalArgumentException(
          "%s: sizes must be positive: inputSize %d, hiddenSize %d"
              .formatted(name(), inputSize, hiddenSize));
    }
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    long rows = gates * hiddenSize;
    try (var _ = Scope.open(name())) {
      Tensor input = parameter("weight_ih", Tensor.empty(dtype, rows, inputSize));
      Tensor hidden = parameter("weight_hh", Tensor.empty(dtype, rows, hiddenSize));
      Tensor inputBias = bias ? parameter("bias_ih", Tensor.empty(dtype, rows)) : null;
      Tensor hiddenBias = bias ? parameter("bias_hh", Tensor.empty(dtype, rows)) : null;
      weights = new RecurrentWeights(input, hidden, inputBias, hiddenBias);
    }
    resetParameters(generator);
  }

  private String name() {
    return getClass().getSimpleName();
  }

  /// Draws all parameters anew, from `U(-1/√hidden, 1/√hidden)`.
  ///
  /// @param generator where they are drawn from
  public final void resetParameters(Generator generator) {
    double bound = 1 / Math.sqrt((double) hiddenSize);
    for (Parameter parameter : registry().parameters.values()) {
      Init.uniform_(parameter, -bound, bound, generator);
    }
  }

  final RecurrentWeights weights() {
    return weights;
  }

  /// The input as a sequence of one step; without a batch, of a batch of one.
  final Tensor sequence(Tensor x) {
    int rank = x.shape().length;
    if ((rank != 1 && rank != 2) || x.size(rank - 1) != inputSize) {
      throw new ShapeException(
          "%s: input must be [batch,%d] or [%d]: %s"
              .formatted(name(), inputSize, inputSize, Numbers.text(x.shape())));
    }
    return rank == 1 ? x.reshape(1, 1, inputSize) : x.unsqueeze(0);
  }

  /// A state as `[batch, hidden]`, zeros for null.
  final Tensor state(String which, Tensor x, @Nullable Tensor given) {
    boolean batched = x.shape().length == 2;
    long batch = batched ? x.size(0) : 1;
    if (given == null) {
      return Tensor.zeros(x.dtype(), batch, hiddenSize);
    }
    long[] expected = batched ? new long[] {batch, hiddenSize} : new long[] {hiddenSize};
    if (!Arrays.equals(given.shape(), expected)) {
      throw new ShapeException(
          "%s: %s must be %s for input %s: %s"
              .formatted(
                  name(),
                  which,
                  Numbers.text(expected),
                  Numbers.text(x.shape()),
                  Numbers.text(given.shape())));
    }
    return batched ? given : given.unsqueeze(0);
  }

  /// A new state without the batch that the input does not have.
  static Tensor like(Tensor x, Tensor state) {
    return x.shape().length == 1 ? state.squeeze(0) : state;
  }

  @Override
  protected String extraRepr() {
    String sizes = inputSize + ", " + hiddenSize;
    return weights.inputBias() == null ? sizes + ", bias=False" : sizes;
  }
}
