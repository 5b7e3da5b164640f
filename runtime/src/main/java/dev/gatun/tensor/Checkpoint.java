package dev.gatun.tensor;

import java.util.List;
import java.util.function.Function;

/// Memory for time: what a part of the model saves for backward is freed at once and computed again
/// when backward needs it. PyTorch's `torch.utils.checkpoint`.
///
/// ```java
/// Tensor h = x;
/// for (Block block : blocks) {
///   h = Checkpoint.checkpoint(block::forward, h);
/// }
/// loss(h).backward();
/// ```
///
/// Only the results of the function are kept. In backward the function runs a second time, with the
/// same random numbers, and what it saves lives until the pass has gone through it. Gradients reach
/// the inputs and whatever else the function uses, parameters for one, and can be differentiated in
/// their turn.
///
/// The function must do the same each time: not change its inputs, or anything outside, in place.
/// It may use tensors from outside that live until backward.
public final class Checkpoint {
  private Checkpoint() {}

  /// Applies `function`, without keeping what it saves.
  ///
  /// @param function from one tensor to one
  /// @param input its operand
  /// @return its result, in the current scope
  /// @throws IllegalStateException later, in backward, if the function then does something else, or
  ///   the input was changed in place since
  public static Tensor checkpoint(Function<Tensor, Tensor> function, Tensor input) {
    return checkpoint(in -> List.of(function.apply(in.getFirst())), List.of(input)).getFirst();
  }

  /// Applies `function`, without keeping what it saves.
  ///
  /// @param function from tensors to tensors
  /// @param inputs its operands
  /// @return its results, in the current scope
  /// @throws IllegalStateException later, in backward, if the function then does something else, or
  ///   an input was changed in place since
  public static List<Tensor> checkpoint(
      Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    return Tape.isRecording() ? Recomputation.run(function, inputs) : function.apply(inputs);
  }
}
