package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Sequences of several lengths, padded to one.
///
/// @param output `[steps, batch, *]`, or `[batch, steps, *]`
/// @param lengths of the sequences, I64
public record PaddedSequence(Tensor output, Tensor lengths) {}
