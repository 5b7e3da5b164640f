package dev.gatun.tensor;

/// Smallest and largest values.
///
/// @param min the smallest ones
/// @param max the largest ones
public record MinMax(Tensor min, Tensor max) {}
