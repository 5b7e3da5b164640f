package dev.gatun.tensor;

import dev.gatun.kernel.RecurrentCell;
import java.util.List;

/// One layer of a recurrent network over whole sequences, in one direction, as one operation: one
/// product for all inputs, then at each step one product and one pass over the gates. Everything is
/// F32 or F64, of one dtype; results belong to the current scope.
///
/// | operand | shape                                                          |
/// |---------|----------------------------------------------------------------|
/// | this    | `[steps, batch, in]`, or packed `[rows, in]` with the row count of each step |
/// | `h0`, `c0`, last states | `[batch, hidden]`                              |
/// | output  | `[steps, batch, hidden]`, or packed `[rows, hidden]`           |
///
/// Packed sequences are sorted by length, longest first, and stored step by step: those that still
/// run at a step are the first ones.
public sealed interface RecurrentOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Long short-term memory (Hochreiter and Schmidhuber, 1997): `c' = σ(f) c + σ(i) tanh(g)`, `h' =
  /// σ(o) tanh(c')`, where `i f g o` are `x Wᵢᵀ + bᵢ + h Wₕᵀ + bₕ`.
  ///
  /// @param weights of four gates
  /// @param h0 initial hidden state
  /// @param c0 initial state of the cell
  /// @param reverse whether to begin at the last step
  /// @param batchSizes rows of each step where this is packed; none where it is not
  /// @return the output and the last states
  /// @throws ShapeException if the shapes do not fit, or there are no steps
  /// @throws DTypeException if the dtypes differ or have no fractions
  default LstmStates lstm(
      RecurrentWeights weights, Tensor h0, Tensor c0, boolean reverse, long... batchSizes) {
    List<Tensor> all =
        Recurrences.run(RecurrentCell.LSTM, self(), weights, h0, c0, reverse, batchSizes);
    return new LstmStates(all.get(0), all.get(1), all.get(2));
  }

  /// Gated recurrent unit (Cho and others, arXiv:1406.1078): `h' = (1 - σ(z)) n + σ(z) h` with `n =
  /// tanh(x Wᵢₙᵀ + bᵢₙ + σ(r) (h Wₕₙᵀ + bₕₙ))`.
  ///
  /// @param weights of three gates
  /// @param h0 initial hidden state
  /// @param reverse whether to begin at the last step
  /// @param batchSizes rows of each step where this is packed; none where it is not
  /// @return the output and the last state
  /// @throws ShapeException if the shapes do not fit, or there are no steps
  /// @throws DTypeException if the dtypes differ or have no fractions
  default HiddenStates gru(
      RecurrentWeights weights, Tensor h0, boolean reverse, long... batchSizes) {
    return hidden(RecurrentCell.GRU, weights, h0, reverse, batchSizes);
  }

  /// Elman's network: `h' = tanh(x Wᵢᵀ + bᵢ + h Wₕᵀ + bₕ)`.
  ///
  /// @param weights of one gate
  /// @param h0 initial hidden state
  /// @param reverse whether to begin at the last step
  /// @param batchSizes rows of each step where this is packed; none where it is not
  /// @return the output and the last state
  /// @throws ShapeException if the shapes do not fit, or there are no steps
  /// @throws DTypeException if the dtypes differ or have no fractions
  default HiddenStates rnnTanh(
      RecurrentWeights weights, Tensor h0, boolean reverse, long... batchSizes) {
    return hidden(RecurrentCell.RNN_TANH, weights, h0, reverse, batchSizes);
  }

  /// As [#rnnTanh], with `max(s, 0)` in the place of the hyperbolic tangent.
  ///
  /// @param weights of one gate
  /// @param h0 initial hidden state
  /// @param reverse whether to begin at the last step
  /// @param batchSizes rows of each step where this is packed; none where it is not
  /// @return the output and the last state
  /// @throws ShapeException if the shapes do not fit, or there are no steps
  /// @throws DTypeException if the dtypes differ or have no fractions
  default HiddenStates rnnRelu(
      RecurrentWeights weights, Tensor h0, boolean reverse, long... batchSizes) {
    return hidden(RecurrentCell.RNN_RELU, weights, h0, reverse, batchSizes);
  }

  private HiddenStates hidden(
      RecurrentCell cell,
      RecurrentWeights weights,
      Tensor h0,
      boolean reverse,
      long... batchSizes) {
    List<Tensor> all = Recurrences.run(cell, self(), weights, h0, null, reverse, batchSizes);
    return new HiddenStates(all.get(0), all.get(1));
  }
}
