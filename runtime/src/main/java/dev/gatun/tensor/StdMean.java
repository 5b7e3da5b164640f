package dev.gatun.tensor;

/// Standard deviations and means of the same elements.
///
/// @param std the standard deviations
/// @param mean the means
public record StdMean(Tensor std, Tensor mean) {}
