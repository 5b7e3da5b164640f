package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Sequences of several lengths without padding, stored step by step, longest sequence first:
/// PyTorch's `torch.nn.utils.rnn.PackedSequence`. [RnnUtils] makes them.
///
/// @param data the elements of all steps, `[rows, *]`
/// @param batchSizes rows of each step, I64
/// @param sortedIndices the sequences in the order of their lengths, I64; null where they came so
/// @param unsortedIndices the inverse of it
public record PackedSequence(
    Tensor data,
    Tensor batchSizes,
    @Nullable Tensor sortedIndices,
    @Nullable Tensor unsortedIndices) {
  long[] sizes() {
    return batchSizes.toLongArray();
  }

  /// The same sequences with other elements.
  PackedSequence with(Tensor other) {
    return new PackedSequence(other, batchSizes, sortedIndices, unsortedIndices);
  }
}
