package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// The parameters of one layer of a recurrent network in one direction, with PyTorch's shapes; the
/// rows of the gates follow each other: i, f, g, o of an LSTM, r, z, n of a GRU.
///
/// @param inputs weights of the input, `[gates hidden, in]`
/// @param hidden weights of the hidden state, `[gates hidden, hidden]`
/// @param inputBias `[gates hidden]`, or null
/// @param hiddenBias `[gates hidden]`; null exactly where `inputBias` is
public record RecurrentWeights(
    Tensor inputs, Tensor hidden, @Nullable Tensor inputBias, @Nullable Tensor hiddenBias) {}
