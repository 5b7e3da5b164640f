package dev.gatun.tensor;

/// Distinct elements, or slices, of a tensor.
///
/// @param values the distinct ones, of the dtype of the operand
/// @param inverse which of them each element or slice is, I64
/// @param counts how often each of them occurs, I64
public record Unique(Tensor values, Tensor inverse, Tensor counts) {}
