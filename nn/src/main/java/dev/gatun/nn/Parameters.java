package dev.gatun.nn;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// All parameters of a model as one vector, and back: what `torch.nn.utils` has for it.
public final class Parameters {
  private Parameters() {}

  /// The elements of all tensors, one after the other; PyTorch's `parameters_to_vector`. It is
  /// differentiable.
  ///
  /// @param parameters at least one, all of one dtype
  /// @return `[n]`, a new tensor of the current scope
  /// @throws IllegalArgumentException if there are none
  public static Tensor toVector(Collection<? extends Tensor> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("toVector: no parameters");
    }
    List<Tensor> parts = new ArrayList<>();
    for (Tensor parameter : parameters) {
      parts.add(parameter.reshape(-1));
    }
    return Tensor.cat(parts, 0);
  }

  /// Copies the parts of a vector into tensors, in the order of [#toVector]; PyTorch's
  /// `vector_to_parameters`. Nothing is recorded.
  ///
  /// @param vector `[n]`, converted where dtypes differ
  /// @param parameters with `n` elements together
  /// @throws ShapeException if their elements are not as many; nothing was changed then
  public static void fromVector(Tensor vector, Collection<? extends Tensor> parameters) {
    long count = parameters.stream().mapToLong(Tensor::numel).sum();
    if (vector.dim() != 1 || vector.numel() != count) {
      throw new ShapeException(
          "fromVector: vector does not fit: %s for %d elements"
              .formatted(Numbers.text(vector.shape()), count));
    }
    try (var _ = NoGrad.open();
        var _ = Scope.open("fromVector")) {
      long at = 0;
      for (Tensor parameter : parameters) {
        parameter.copy_(vector.narrow(0, at, parameter.numel()).view(parameter.shape()));
        at += parameter.numel();
      }
    }
  }
}
