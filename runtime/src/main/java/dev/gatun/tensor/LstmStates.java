package dev.gatun.tensor;

/// What an LSTM returns.
///
/// @param output the hidden state after every step
/// @param h the hidden state after the last one
/// @param c the state of the cell after the last one
public record LstmStates(Tensor output, Tensor h, Tensor c) {}
