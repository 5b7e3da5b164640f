package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.HiddenStates;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// One step of an [RNN].
///
/// | tensor                 | shape                       |
/// |------------------------|-----------------------------|
/// | input                  | `[batch, in]`, or `[in]`    |
/// | `h`, result            | `[batch, hidden]`, or `[hidden]` |
/// | `weight_ih`            | `[hidden, in]`            |
/// | `weight_hh`            | `[hidden, hidden]`        |
/// | `bias_ih`, `bias_hh`   | `[hidden]`                |
///
/// All are drawn from `U(-1/√hidden, 1/√hidden)`.
public final class RNNCell extends RecurrentCellLayer {
  private final boolean relu;

  /// F32, with biases, drawn from the process's generator.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  public RNNCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, Nonlinearity.TANH, DType.F32, Generator.shared());
  }

  /// Makes the cell.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  /// @param bias whether there are biases
  /// @param nonlinearity [Nonlinearity#TANH] or [Nonlinearity#RELU]
  /// @param dtype F32 or F64
  /// @param generator where the parameters are drawn from
  public RNNCell(
      long inputSize,
      long hiddenSize,
      boolean bias,
      Nonlinearity nonlinearity,
      DType dtype,
      Generator generator) {
    super(1, inputSize, hiddenSize, bias, dtype, generator);
    relu = isRelu("RNNCell", nonlinearity);
  }

  static boolean isRelu(String name, Nonlinearity nonlinearity) {
    if (nonlinearity != Nonlinearity.TANH && nonlinearity != Nonlinearity.RELU) {
      throw new IllegalArgumentException(
          "%s: nonlinearity must be TANH or RELU: %s".formatted(name, nonlinearity));
    }
    return nonlinearity == Nonlinearity.RELU;
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
    Tensor steps = sequence(x);
    Tensor state = state("h", x, h);
    HiddenStates next =
        relu ? steps.rnnRelu(weights(), state, false) : steps.rnnTanh(weights(), state, false);
    return like(x, next.h());
  }

  @Override
  protected String extraRepr() {
    return relu ? super.extraRepr() + ", nonlinearity=relu" : super.extraRepr();
  }
}
