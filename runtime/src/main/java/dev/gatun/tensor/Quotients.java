package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.DivisionKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;

/// Rounded quotients and the remainders that go with them.
final class Quotients {
  private Quotients() {}

  /// `y = a / b`, rounded; its slope is 0
  record DivRounded(String opName, Rounding rounding) implements Pairwise {
    @Override
    public BinaryRow row(DType dtype) {
      return switch (rounding) {
        case TRUNC -> DivisionKernels.truncDivide(dtype);
        case FLOOR -> DivisionKernels.floorDivide(dtype);
      };
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      requireNonZero(op, a, b);
      return Promotion.noBool(op, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Tensor.zeros(g.dtype, node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Tensor.zeros(g.dtype, node.shape(1));
    }
  }

  /// `y = a - b trunc(a / b)`, or with floor: the remainder of that division
  record Remainder(Rounding rounding) implements Pairwise {
    @Override
    public BinaryRow row(DType dtype) {
      return switch (rounding) {
        case TRUNC -> DivisionKernels.fmod(dtype);
        case FLOOR -> DivisionKernels.remainder(dtype);
      };
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      requireNonZero(op, a, b);
      return Promotion.noBool(op, a, b);
    }

    @Override
    public String opName() {
      return rounding == Rounding.TRUNC ? "fmod" : "remainder";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return i == 1;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g, node.shape(0));
    }

    /// `-g round(a / b)`
    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor quotient = node.input(0).div(node.input(1), rounding);
      return Reductions.sumTo(g.mul(quotient).neg(), node.shape(1));
    }
  }

  /// Refuses integers divided by 0 before anything is computed.
  static void requireNonZero(String op, Tensor a, Tensor b) {
    if (Promotion.of(a, b).isFloating()) {
      return;
    }
    try (var _ = Scope.open(op)) {
      if (Comparison.count(b.eq(0)).itemLong() > 0) {
        throw new ArithmeticException(
            "%s: integers divided by 0: %s %s and %s %s; convert one with to(DType)"
                .formatted(op, a.dtype, Shapes.format(a.shape), b.dtype, Shapes.format(b.shape)));
      }
    }
  }
}
