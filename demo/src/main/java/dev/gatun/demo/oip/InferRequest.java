package dev.gatun.demo.oip;

import org.jspecify.annotations.Nullable;

/// A request that was understood.
///
/// @param id what the client calls it, to be given back
/// @param rows how many rows
/// @param values the numbers of all rows, row by row, all finite; the array itself
/// @param binary whether the answer's numbers are wanted in binary
@SuppressWarnings("ArrayRecordComponent")
public record InferRequest(@Nullable String id, int rows, float[] values, boolean binary) {}
