package dev.gatun.tensor;

import dev.gatun.kernel.ElementRun;
import dev.gatun.kernel.StepKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;

/// Runs the step of an optimizer on one parameter, in one pass over its memory.
final class FusedStep {
  private FusedStep() {}

  /// Checks the operands and changes some of them. Allocates no tensor where all are contiguous,
  /// each in memory of its own; else works on copies.
  ///
  /// @param op what messages call it
  /// @param rule what is done to each block
  /// @param temporaries how many blocks the rule needs beside its operands
  /// @param changed a bit for each operand that is written
  /// @param operands the parameter, its gradient, what is remembered
  static void run(
      String op, StepKernels.Rule rule, int temporaries, int changed, Tensor... operands) {
    Tensor parameter = operands[0];
    InPlace.check(op, parameter, operands);
    DType dtype = parameter.dtype;
    boolean apart = parameter.contiguous;
    for (int k = 1; k < operands.length; k++) {
      dtype = Fused.floating(op, parameter, operands[k]);
      for (int i = 0; i < k; i++) {
        apart &= Fused.apart(operands[i], operands[k]);
      }
    }
    if (apart) {
      inPlace(op, dtype, rule, temporaries, changed, operands);
      return;
    }
    try (var _ = Scope.open(op)) {
      Tensor[] copies = new Tensor[operands.length];
      for (int k = 0; k < copies.length; k++) {
        copies[k] = Raw.copy(operands[k]);
      }
      inPlace(op, dtype, rule, temporaries, changed, copies);
      for (int k = 0; k < copies.length; k++) {
        if ((changed >> k & 1) != 0) {
          Raw.copy(copies[k], operands[k]);
          operands[k].storage.markModified();
        }
      }
    }
  }

  private static void inPlace(
      String op,
      DType dtype,
      StepKernels.Rule rule,
      int temporaries,
      int changed,
      Tensor[] operands) {
    ElementRun[] runs = new ElementRun[operands.length];
    for (int k = 0; k < runs.length; k++) {
      boolean writes = (changed >> k & 1) != 0;
      runs[k] = writes ? Fused.writable(operands[k]) : Fused.readable(operands[k]);
    }
    StepKernels.run(op, dtype, rule, temporaries, changed, runs, operands[0].numel);
    for (int k = 0; k < runs.length; k++) {
      if ((changed >> k & 1) != 0) {
        operands[k].storage.markModified();
      }
    }
  }
}
