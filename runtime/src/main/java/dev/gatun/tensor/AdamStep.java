package dev.gatun.tensor;

import dev.gatun.kernel.AdamKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import org.jspecify.annotations.Nullable;

/// One step of Adam or AdamW on one parameter, in one pass over its memory:
///
/// ```
/// p = p - lr · weightDecay · p                  (only if decoupled)
/// g = ±∇ + weightDecay · p                      (the second term only if not decoupled)
/// m = beta1 · m + (1 - beta1) · g,    v = beta2 · v + (1 - beta2) · g²
/// p = p - lr / (1 - beta1ᵗ) · m / (√v / √(1 - beta2ᵗ) + eps)
/// ```
///
/// Rounds as the operations written out would. With a tensor for the largest `v` so far, that takes
/// the place of `v` in the last line (AMSGrad).
///
/// @param lr the learning rate
/// @param beta1 decay of the mean of gradients
/// @param beta2 decay of the mean of their squares
/// @param eps added to the denominator
/// @param weightDecay strength of the decay
/// @param decoupled whether the decay shrinks the parameter instead of changing its gradient
/// @param maximize whether to climb instead
/// @param t which step this is, counted from 1
public record AdamStep(
    double lr,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    boolean decoupled,
    boolean maximize,
    long t) {
  /// Changes `parameter`, `mean`, `square` and `largest`, all of one shape and dtype, in place.
  /// Allocates no tensor where all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param mean `m`
  /// @param square `v`
  /// @param largest the largest `v` so far, or null to use `v` itself
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(
      Tensor parameter, Tensor gradient, Tensor mean, Tensor square, @Nullable Tensor largest) {
    Tensor top = largest == null ? square : largest;
    InPlace.check("adam", parameter, gradient, mean, square, top);
    DType dtype = Fused.floating("adam", parameter, gradient);
    Fused.floating("adam", parameter, mean);
    Fused.floating("adam", parameter, square);
    Fused.floating("adam", parameter, top);
    if (parameter.contiguous
        && Fused.apart(parameter, gradient)
        && Fused.apart(parameter, mean)
        && Fused.apart(parameter, square)
        && Fused.apart(gradient, mean)
        && Fused.apart(gradient, square)
        && Fused.apart(mean, square)
        && (largest == null || isApart(largest, parameter, gradient, mean, square))) {
      AdamKernels.step(
          dtype,
          factors(),
          Fused.writable(parameter),
          Fused.readable(gradient),
          Fused.writable(mean),
          Fused.writable(square),
          largest == null ? null : Fused.writable(largest),
          parameter.numel);
      parameter.storage.markModified();
      mean.storage.markModified();
      square.storage.markModified();
      if (largest != null) {
        largest.storage.markModified();
      }
    } else {
      try (var _ = Scope.open("adam")) {
        composed(parameter, gradient, mean, square, largest);
      }
    }
  }

  private static boolean isApart(Tensor x, Tensor a, Tensor b, Tensor c, Tensor d) {
    return Fused.apart(x, a) && Fused.apart(x, b) && Fused.apart(x, c) && Fused.apart(x, d);
  }

  private AdamKernels.Factors factors() {
    return new AdamKernels.Factors(
        rate(),
        beta1,
        beta2,
        correction(),
        eps,
        decoupled ? 0 : weightDecay,
        decoupled ? 1 - lr * weightDecay : 1,
        maximize);
  }

  private double rate() {
    return lr / (1 - Math.pow(beta1, (double) t));
  }

  private double correction() {
    return Math.sqrt(1 - Math.pow(beta2, (double) t));
  }

  private void composed(
      Tensor parameter, Tensor gradient, Tensor mean, Tensor square, @Nullable Tensor largest) {
    if (decoupled && weightDecay != 0) {
      parameter.mul_(1 - lr * weightDecay);
    }
    Tensor down = maximize ? gradient.neg() : gradient;
    Tensor g = decoupled || weightDecay == 0 ? down : down.add(parameter, weightDecay);
    mean.mul_(beta1).add_(g, 1 - beta1);
    square.mul_(beta2).addcmul_(g, g, 1 - beta2);
    Tensor top = largest == null ? square : largest.maximum_(square);
    parameter.addcdiv_(mean, top.sqrt().div_(correction()).add_(eps), -rate());
  }
}
