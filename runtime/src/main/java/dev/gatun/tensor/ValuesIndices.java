package dev.gatun.tensor;

/// Extreme values along a dimension, and where they stand.
///
/// @param values of the dtype of the operand; passes its gradient on to the chosen elements
/// @param indices I64 positions along the dimension, the first one where several tie
public record ValuesIndices(Tensor values, Tensor indices) {}
