package dev.gatun.tensor;

/// Variances and means of the same elements.
///
/// @param var the variances
/// @param mean the means
public record VarMean(Tensor var, Tensor mean) {}
