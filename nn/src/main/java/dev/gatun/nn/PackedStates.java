package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What a recurrent layer returns for packed sequences.
///
/// @param output the hidden state after every step, packed as the input was
/// @param h the hidden state after each sequence's last step, in the order of the sequences
/// @param c the state of the cell after the last step; null unless the layer is an [LSTM]
public record PackedStates(PackedSequence output, Tensor h, @Nullable Tensor c) {}
