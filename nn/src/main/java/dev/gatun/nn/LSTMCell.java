package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.LstmStates;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// One step of a [LSTM].
///
/// | tensor                 | shape                       |
/// |------------------------|-----------------------------|
/// | input                  | `[batch, in]`, or `[in]`    |
/// | `h`, `c`, results      | `[batch, hidden]`, or `[hidden]` |
/// | `weight_ih`            | `[4 hidden, in]`            |
/// | `weight_hh`            | `[4 hidden, hidden]`        |
/// | `bias_ih`, `bias_hh`   | `[4 hidden]`                |
///
/// All are drawn from `U(-1/√hidden, 1/√hidden)`.
public final class LSTMCell extends RecurrentCellLayer {
  /// F32, with biases, drawn from the process's generator.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  public LSTMCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, DType.F32, Generator.shared());
  }

  /// Makes the cell.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  /// @param bias whether there are biases
  /// @param dtype F32 or F64
  /// @param generator where the parameters are drawn from
  public LSTMCell(long inputSize, long hiddenSize, boolean bias, DType dtype, Generator generator) {
    super(4, inputSize, hiddenSize, bias, dtype, generator);
  }

  /// The states after a step.
  ///
  /// @param h the hidden state
  /// @param c the state of the cell
  public record State(Tensor h, Tensor c) {}

  /// The next hidden state, from states of zeros.
  @Override
  public Tensor forward(Tensor x) {
    return forward(x, null, null).h();
  }

  /// The next states.
  ///
  /// @param x the input
  /// @param h the hidden state; null for zeros
  /// @param c the state of the cell; null for zeros
  /// @return new states, in the current scope
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public State forward(Tensor x, @Nullable Tensor h, @Nullable Tensor c) {
    LstmStates next = sequence(x).lstm(weights(), state("h", x, h), state("c", x, c), false);
    return new State(like(x, next.h()), like(x, next.c()));
  }
}
