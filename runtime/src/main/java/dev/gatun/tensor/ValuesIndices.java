package dev.gatun.tensor;

/// Values chosen along a dimension, and where they stand.
///
/// @param values of the dtype of the operand; passes its gradient on to the chosen elements
/// @param indices I64 positions along the dimension, the first one where several tie unless the
///   operation says otherwise
public record ValuesIndices(Tensor values, Tensor indices) {}
