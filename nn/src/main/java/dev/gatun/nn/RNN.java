package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.HiddenStates;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Elman's recurrent network over sequences, in layers: `h = tanh(Wi x + bi + Wh h + bh)`, or with
/// `max(s, 0)` in the place of the hyperbolic tangent.
///
/// | tensor            | shape                                                             |
/// |-------------------|-------------------------------------------------------------------|
/// | input             | `[steps, batch, in]`, `[batch, steps, in]` with `batchFirst`, or `[steps, in]` |
/// | `h0`, `h`         | `[layers directions, batch, hidden]`, or without the batch        |
/// | output            | as the input, with `directions hidden` elements                   |
/// | `weight_ih_l[k]`  | `[hidden, in]`; above the first, of the layer below's output             |
/// | `weight_hh_l[k]`  | `[hidden, hidden]`                                              |
/// | `bias_ih_l[k]`, `bias_hh_l[k]` | `[hidden]`                                         |
///
/// Parameters of the other direction end with `_reverse`. All are drawn from `U(-1/√hidden,
/// 1/√hidden)`.
public final class RNN extends RecurrentLayer {
  private final boolean relu;

  /// One layer in F32, drawn from the process's generator.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  public RNN(long inputSize, long hiddenSize) {
    this(RecurrentOptions.of(inputSize, hiddenSize));
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param options sizes, layers and directions
  public RNN(RecurrentOptions options) {
    this(options, Nonlinearity.TANH);
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param options sizes, layers and directions
  /// @param nonlinearity [Nonlinearity#TANH] or [Nonlinearity#RELU]
  public RNN(RecurrentOptions options, Nonlinearity nonlinearity) {
    this(options, nonlinearity, DType.F32);
  }

  /// Drawn from the process's generator.
  ///
  /// @param options sizes, layers and directions
  /// @param nonlinearity [Nonlinearity#TANH] or [Nonlinearity#RELU]
  /// @param dtype F32 or F64
  public RNN(RecurrentOptions options, Nonlinearity nonlinearity, DType dtype) {
    this(options, nonlinearity, dtype, Generator.shared());
  }

  /// Makes the layers.
  ///
  /// @param options sizes, layers and directions
  /// @param nonlinearity [Nonlinearity#TANH] or [Nonlinearity#RELU]
  /// @param dtype F32 or F64
  /// @param generator where parameters, and elements to drop, are drawn from
  public RNN(
      RecurrentOptions options, Nonlinearity nonlinearity, DType dtype, Generator generator) {
    super(options, 1, 0, dtype, generator);
    relu = RNNCell.isRelu("RNN", nonlinearity);
  }

  /// The output of the last layer, from states of zeros.
  @Override
  public Tensor forward(Tensor x) {
    return forward(x, null).output();
  }

  /// The output of the last layer and the last states of all.
  ///
  /// @param x the sequences
  /// @param h0 initial hidden states; null for zeros
  /// @return both, in the current scope
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public HiddenStates forward(Tensor x, @Nullable Tensor h0) {
    States all = run(x, h0, null, false);
    return new HiddenStates(all.output(), all.h());
  }

  /// As [#forward(Tensor, Tensor)], for sequences of several lengths.
  ///
  /// @param x the sequences
  /// @param h0 initial hidden states, in the order of the sequences; null for zeros
  /// @return both, in the current scope
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public PackedStates forward(PackedSequence x, @Nullable Tensor h0) {
    return run(x, h0, null, false);
  }

  @Override
  States direction(
      Weights w, Tensor x, Tensor h0, @Nullable Tensor c0, boolean reverse, long... sizes) {
    HiddenStates all =
        relu ? x.rnnRelu(w.gates(), h0, reverse, sizes) : x.rnnTanh(w.gates(), h0, reverse, sizes);
    return new States(all.output(), all.h(), null);
  }
}
