package dev.gatun.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation whose gradient its user writes: PyTorch's `torch.autograd.Function`.
///
/// ```java
/// record Cube() implements AutogradFunction {
///   public List<Tensor> forward(AutogradContext context, List<Tensor> inputs) {
///     context.saveForBackward(inputs.getFirst());
///     return List.of(inputs.getFirst().pow(3));
///   }
///
///   public List<@Nullable Tensor> backward(
///       AutogradContext context, List<@Nullable Tensor> gradients) {
///     Tensor x = context.savedTensors().getFirst();
///     return List.of(gradients.getFirst().mul(x.square()).mul(3));
///   }
/// }
///
/// Tensor y = new Cube().call(x);
/// ```
///
/// Numbers that the two share are fields of the function, tensors are saved in the context. Where
/// `backward` is written in differentiable operations, it can be differentiated in its turn.
public interface AutogradFunction {
  /// Computes the results. Operations in it are not recorded.
  ///
  /// @param context keeps tensors for [#backward] and takes what is to be said of the results
  /// @param inputs the operands
  /// @return one result or more. An input that was changed in place is marked dirty and returned
  ///   itself
  List<Tensor> forward(AutogradContext context, List<Tensor> inputs);

  /// Computes the gradients with respect to the inputs. Operations in it are recorded where the
  /// pass is, for gradients of gradients.
  ///
  /// @param context what [#forward] saved, and which gradients are needed
  /// @param gradients one for each result; zeros, or null if materializing is off, where the loss
  ///   does not depend on it
  /// @return one for each input, in its shape and dtype; null for 0 and for those not needed. They
  ///   are the pass's from here on, which frees them when it has used them
  List<@Nullable Tensor> backward(AutogradContext context, List<@Nullable Tensor> gradients);

  /// How messages call this function.
  ///
  /// @return the simple name of the class
  default String name() {
    return getClass().getSimpleName();
  }

  /// Applies this function and records it where an input needs a gradient.
  ///
  /// @param inputs the operands
  /// @return the results of [#forward]
  /// @throws IllegalStateException if it returned nothing, or not an input that it marked dirty
  default List<Tensor> apply(Tensor... inputs) {
    return CustomOp.apply(this, inputs);
  }

  /// Applies a function that has one result.
  ///
  /// @param inputs the operands
  /// @return the result of [#forward]
  /// @throws IllegalStateException if it returned another number of results
  default Tensor call(Tensor... inputs) {
    List<Tensor> results = apply(inputs);
    if (results.size() != 1) {
      throw new IllegalStateException(
          "%s: call() is for one result, forward returned %d; use apply()"
              .formatted(name(), results.size()));
    }
    return results.getFirst();
  }
}
