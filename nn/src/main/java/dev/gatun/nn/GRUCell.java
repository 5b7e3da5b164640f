package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// One step of a [GRU].
///
/// | tensor                 | shape                       |
/// |------------------------|-----------------------------|
/// | input                  | `[batch, in]`, or `[in]`    |
/// | `h`, result            | `[batch, hidden]`, or `[hidden]` |
/// | `weight_ih`            | `[3 hidden, in]`            |
/// | `weight_hh`            | `[3 hidden, hidden]`        |
/// | `bias_ih`, `bias_hh`   | `[3 hidden]`                |
///
/// All are drawn from `U(-1/√hidden, 1/√hidden)`.
public final class GRUCell extends RecurrentCellLayer {
  /// F32, with biases, drawn from the process's generator.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  public GRUCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, DType.F32, Generator.shared());
  }

  /// Makes the cell.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  /// @param bias whether there are biases
  /// @param dtype F32 or F64
  /// @param generator where the parameters are drawn from
  public GRUCell(long inputSize, long hiddenSize, boolean bias, DType dtype, Generator generator) {
    super(3, inputSize, hiddenSize, bias, dtype, generator);
  }

  /// The next hidden state, from one of zeros.
  @Override
  public Tensor forward(Tensor x) {
    return forward(x, null);
  }

  /// The next hidden state.
  ///
  /// @param x the input
  /// @param h the hidden state; null for zeros
  /// @return a new state, in the current scope
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public Tensor forward(Tensor x, @Nullable Tensor h) {
    return like(x, sequence(x).gru(weights(), state("h", x, h), false).h());
  }
}
