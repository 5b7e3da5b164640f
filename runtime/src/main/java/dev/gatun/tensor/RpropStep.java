package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;

/// One step of Rprop on one parameter, in one pass over its memory:
///
/// ```
/// f = etaPlus where ±∇ has the sign of the last gradient, etaMinus where it changed, else 1
/// s = min(max(f · s, least), most)
/// g = ±∇, or 0 where the sign changed
/// p = p - sign(g) · s
/// ```
///
/// @param etaMinus factor of the size of a step after a change of sign
/// @param etaPlus factor of the size of a step after none
/// @param least the smallest size of a step
/// @param most the largest size of a step
/// @param maximize whether to climb instead
public record RpropStep(
    double etaMinus, double etaPlus, double least, double most, boolean maximize) {
  /// Changes `parameter`, `last` and `size`, all of one shape and dtype, in place. Allocates no
  /// tensor where all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param last the last `g`; becomes this one
  /// @param size `s`
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(Tensor parameter, Tensor gradient, Tensor last, Tensor size) {
    FusedStep.run("rprop", this::run, 2, 0b1101, parameter, gradient, last, size);
  }

  private void run(StepBlocks x) {
    x.descent(4, maximize, 0);
    x.copy(5, 4);
    x.multiply(5, 2);
    x.choose(5, 5, etaMinus, etaPlus, 1);
    x.multiply(3, 5);
    x.clamp(3, least, most);
    x.clearWhere(4, 5, etaMinus);
    x.copy(2, 4);
    x.sign(4);
    x.addProduct(0, 4, 3, -1);
  }
}
