package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.LstmStates;
import dev.gatun.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Long short-term memory over sequences (Hochreiter and Schmidhuber, 1997), in layers:
///
/// ```
/// i = σ(Wii x + bii + Whi h + bhi)
/// f = σ(Wif x + bif + Whf h + bhf)
/// g = tanh(Wig x + big + Whg h + bhg)
/// o = σ(Wio x + bio + Who h + bho)
/// c = f c + i g
/// h = o tanh(c)
/// ```
///
/// With a projection, `h = Whr (o tanh(c))` has `projSize` elements, here `hidden` where `h` is
/// meant; each of its steps is several operations.
///
/// | tensor            | shape                                                             |
/// |-------------------|-------------------------------------------------------------------|
/// | input             | `[steps, batch, in]`, `[batch, steps, in]` with `batchFirst`, or `[steps, in]` |
/// | `h0`, `h`         | `[layers directions, batch, hidden]`, or without the batch        |
/// | `c0`, `c`         | the same                                                          |
/// | output            | as the input, with `directions hidden` elements                   |
/// | `weight_ih_l[k]`  | `[4 hidden, in]`, of `i f g o`; above, of the layer below's output |
/// | `weight_hh_l[k]`  | `[4 hidden, hidden]`                                              |
/// | `bias_ih_l[k]`, `bias_hh_l[k]` | `[4 hidden]`                                         |
/// | `weight_hr_l[k]`  | `[projSize, hidden]`                                              |
///
/// Parameters of the other direction end with `_reverse`. All are drawn from `U(-1/√hidden,
/// 1/√hidden)`.
public final class LSTM extends RecurrentLayer {
  /// One layer in F32, drawn from the process's generator.
  ///
  /// @param inputSize elements of an input
  /// @param hiddenSize elements of a hidden state
  public LSTM(long inputSize, long hiddenSize) {
    this(RecurrentOptions.of(inputSize, hiddenSize));
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param options sizes, layers and directions
  public LSTM(RecurrentOptions options) {
    this(options, DType.F32);
  }

  /// Drawn from the process's generator.
  ///
  /// @param options sizes, layers and directions
  /// @param dtype F32 or F64
  public LSTM(RecurrentOptions options, DType dtype) {
    this(options, 0, dtype, Generator.shared());
  }

  /// Makes the layers.
  ///
  /// @param options sizes, layers and directions
  /// @param projSize elements that the hidden state is projected to, fewer than without; 0 for no
  ///   projection
  /// @param dtype F32 or F64
  /// @param generator where parameters, and elements to drop, are drawn from
  public LSTM(RecurrentOptions options, long projSize, DType dtype, Generator generator) {
    super(options, 4, checked(projSize, options), dtype, generator);
  }

  private static long checked(long projSize, RecurrentOptions options) {
    if (projSize < 0 || projSize >= options.hiddenSize()) {
      throw new IllegalArgumentException(
          "LSTM: projSize must be 0, or less than hiddenSize: %d (hiddenSize %d)"
              .formatted(projSize, options.hiddenSize()));
    }
    return projSize;
  }

  /// The output of the last layer, from states of zeros.
  @Override
  public Tensor forward(Tensor x) {
    return forward(x, null, null).output();
  }

  /// The output of the last layer and the last states of all.
  ///
  /// @param x the sequences
  /// @param h0 initial hidden states; null for zeros
  /// @param c0 initial states of the cells; null for zeros
  /// @return them, in the current scope
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public LstmStates forward(Tensor x, @Nullable Tensor h0, @Nullable Tensor c0) {
    States all = run(x, h0, c0, true);
    return new LstmStates(all.output(), all.h(), Objects.requireNonNull(all.c()));
  }

  /// As [#forward(Tensor, Tensor, Tensor)], for sequences of several lengths.
  ///
  /// @param x the sequences
  /// @param h0 initial hidden states, in the order of the sequences; null for zeros
  /// @param c0 initial states of the cells, in that order; null for zeros
  /// @return them, in the current scope
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public PackedStates forward(PackedSequence x, @Nullable Tensor h0, @Nullable Tensor c0) {
    return run(x, h0, c0, true);
  }

  @Override
  States direction(
      Weights w, Tensor x, Tensor h0, @Nullable Tensor c0, boolean reverse, long... sizes) {
    Tensor c = Objects.requireNonNull(c0);
    Tensor projection = w.projection();
    LstmStates all =
        projection == null
            ? x.lstm(w.gates(), h0, c, reverse, sizes)
            : ProjectedLstm.run(x, w.gates(), projection, h0, c, reverse, sizes);
    return new States(all.output(), all.h(), all.c());
  }
}
