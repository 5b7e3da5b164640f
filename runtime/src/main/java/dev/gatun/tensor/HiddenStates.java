package dev.gatun.tensor;

/// What a recurrent layer returns.
///
/// @param output the hidden state after every step
/// @param h the hidden state after the last one
public record HiddenStates(Tensor output, Tensor h) {}
