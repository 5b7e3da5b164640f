package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.HiddenStates;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Gated recurrent units over sequences (Cho and others, arXiv:1406.1078), in layers:
///
/// ```
/// r = σ(Wir x + bir + Whr h + bhr)
/// z = σ(Wiz x + biz + Whz h + bhz)
/// n = tanh(Win x + bin + r (Whn h + bhn))
/// h = (1 - z) n + z h
/// ```
///
/// | tensor            | shape                                                             |
/// |-------------------|-------------------------------------------------------------------|
/// | input             | `[steps, batch, in]`, `[batch, steps, in]` with `batchFirst`, or `[steps, in]` |
/// | `h0`, `h`         | `[layers directions, batch, hidden]`, or without the batch        |
/// | output            | as the input, with `directions hidden` elements                   |
/// | `weight_ih_l[k]`  | `[3 hidden, in]`, of `r`, `z`, `n`; above, of the layer below's output |
/// | `weight_hh_l[k]`  | `[3 hidden, hidden]`                                              |
/// | `bias_ih_l[k]`, `bias_hh_l[k]` | `[3 hidden]`                                         |
///
/// Parameters of the other direction end with `_reverse`. All are drawn from `U(-1/√hidden,
/// 1/√hidden)`.
public final class GRU extends RecurrentLayer {
  /// One layer in F32, drawn from the process's generator.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  public GRU(long inputSize, long hiddenSize) {
    this(RecurrentOptions.of(inputSize, hiddenSize));
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param options sizes, layers and directions
  public GRU(RecurrentOptions options) {
    this(options, DType.F32);
  }

  /// Drawn from the process's generator.
  ///
  /// @param options sizes, layers and directions
  /// @param dtype F32 or F64
  public GRU(RecurrentOptions options, DType dtype) {
    this(options, dtype, Generator.shared());
  }

  /// Makes the layers.
  ///
  /// @param options sizes, layers and directions
  /// @param dtype F32 or F64
  /// @param generator where parameters, and elements to drop, are drawn from
  public GRU(RecurrentOptions options, DType dtype, Generator generator) {
    super(options, 3, 0, dtype, generator);
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
    HiddenStates all = x.gru(w.gates(), h0, reverse, sizes);
    return new States(all.output(), all.h(), null);
  }
}
