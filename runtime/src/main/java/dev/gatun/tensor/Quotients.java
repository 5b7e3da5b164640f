package dev.gatun.tensor;

import dev.gatun.kernel.DivisionKernels;
import dev.gatun.memory.Scope;

/// Rounded quotients and the remainders that go with them.
final class Quotients {
  private Quotients() {}

  /// `y = a / b`, rounded; its slope is 0
  record DivRounded(String opName, Rounding rounding) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      requireNonZero(opName, a, b);
      return switch (rounding) {
        case TRUNC -> Elementwise.noBool(opName, DivisionKernels::truncDivide, a, b);
        case FLOOR -> Elementwise.noBool(opName, DivisionKernels::floorDivide, a, b);
      };
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
  record Remainder(Rounding rounding) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      requireNonZero(opName(), a, b);
      return switch (rounding) {
        case TRUNC -> Elementwise.noBool("fmod", DivisionKernels::fmod, a, b);
        case FLOOR -> Elementwise.noBool("remainder", DivisionKernels::remainder, a, b);
      };
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
