package dev.gatun.tensor;

import dev.gatun.kernel.ElementRun;
import dev.gatun.kernel.SgdKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import org.jspecify.annotations.Nullable;

/// One step of gradient descent on one parameter, in one pass over its memory:
///
/// ```
/// g = ±∇ + weightDecay · p
/// b = momentum · b + (1 - dampening) · g
/// p = p - lr · (nesterov ? g + momentum · b : b)
/// ```
///
/// Rounds as the operations written out would. Without a tensor for `b`, `g` takes its place.
///
/// @param lr the learning rate
/// @param momentum share of the last direction that is kept
/// @param dampening share of the gradient that momentum leaves out
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param nesterov whether to look ahead along the momentum
/// @param maximize whether to climb instead
public record SgdStep(
    double lr,
    double momentum,
    double dampening,
    double weightDecay,
    boolean nesterov,
    boolean maximize) {
  /// Changes `parameter` and `direction`, both of the shape and dtype of `gradient`, in place.
  /// Allocates no tensor where all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param direction `b`, or null for a step along the gradient alone
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(Tensor parameter, Tensor gradient, @Nullable Tensor direction) {
    Tensor last = direction == null ? gradient : direction;
    InPlace.check("sgd", parameter, gradient, last);
    DType dtype = Fused.floating("sgd", parameter, gradient);
    Fused.floating("sgd", parameter, last);
    if (parameter.contiguous
        && Fused.apart(parameter, gradient)
        && Fused.apart(parameter, last)
        && (direction == null || Fused.apart(gradient, direction))) {
      var factors =
          new SgdKernels.Factors(lr, momentum, 1 - dampening, weightDecay, nesterov, maximize);
      ElementRun p = Fused.writable(parameter);
      ElementRun g = Fused.readable(gradient);
      ElementRun b = direction == null ? null : Fused.writable(direction);
      SgdKernels.step(dtype, factors, p, g, b, parameter.numel);
      parameter.storage.markModified();
      if (direction != null) {
        direction.storage.markModified();
      }
    } else {
      try (var _ = Scope.open("sgd")) {
        composed(parameter, gradient, direction);
      }
    }
  }

  private void composed(Tensor parameter, Tensor gradient, @Nullable Tensor direction) {
    Tensor down = maximize ? gradient.neg() : gradient;
    Tensor g = weightDecay == 0 ? down : down.add(parameter, weightDecay);
    Tensor step = g;
    if (direction != null) {
      direction.mul_(momentum).add_(g, 1 - dampening);
      step = nesterov ? g.add(direction, momentum) : direction;
    }
    parameter.add_(step, -lr);
  }
}
