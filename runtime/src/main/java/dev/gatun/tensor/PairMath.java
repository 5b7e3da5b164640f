package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.BlendKernels;
import dev.gatun.memory.DType;

/// Mathematical functions of two operands.
final class PairMath {
  private PairMath() {}

  /// `y` is the angle of the point `(b, a)`
  record Atan2() implements Pairwise {
    @Override
    public String opName() {
      return "atan2";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return BlendKernels.atan2(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      return Promotion.fraction(Promotion.of(a, b));
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g b / (a² + b²)`
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return slope(node, g, 1, 0);
    }

    /// `-g a / (a² + b²)`
    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return slope(node, g.neg(), 0, 1);
    }

    private static Tensor slope(Node node, Tensor g, int other, int own) {
      Tensor squares = node.input(0).square().add(node.input(1).square());
      return Reductions.sumTo(g.mul(node.input(other)).div(squares), node.shape(own));
    }
  }

  /// `y = √(a² + b²)`
  record Hypot() implements Pairwise {
    @Override
    public String opName() {
      return "hypot";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return BlendKernels.hypot(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      return Promotion.floating(op, a, b);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g.mul(node.input(0).div(node.output())), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g.mul(node.input(1).div(node.output())), node.shape(1));
    }
  }

  /// `y = ln(eᵃ + eᵇ)`
  record LogAddExp() implements Pairwise {
    @Override
    public BinaryRow row(DType dtype) {
      return BlendKernels.logaddexp(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      return Promotion.floating(op, a, b);
    }

    @Override
    public String opName() {
      return "logaddexp";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g / (1 + eᵇ⁻ᵃ)`
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor share = node.input(1).sub(node.input(0)).exp().add(1);
      return Reductions.sumTo(g.div(share), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor share = node.input(0).sub(node.input(1)).exp().add(1);
      return Reductions.sumTo(g.div(share), node.shape(1));
    }
  }

  /// `y = a ln b`, and 0 where `a` is 0
  record Xlogy() implements Pairwise {
    @Override
    public String opName() {
      return "xlogy";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return BlendKernels.xlogy(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      return Promotion.fraction(Promotion.of(a, b));
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g ln b`, and 0 where `a` is 0 and `b` not positive
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor b = node.input(1);
      Tensor flat = node.input(0).eq(0).logicalAnd(b.le(0));
      return Reductions.sumTo(g.mul(b.log().maskedFill(flat, 0)), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g.mul(node.input(0)).div(node.input(1)), node.shape(1));
    }
  }

  /// `y = |a|` with the sign of `b`; its slope in `a` is 0 at 0
  record Copysign() implements Pairwise {
    @Override
    public String opName() {
      return "copysign";
    }

    @Override
    public BinaryRow row(DType dtype) {
      return BlendKernels.copysign(dtype);
    }

    @Override
    public DType result(String op, Tensor a, Tensor b) {
      return Promotion.fraction(Promotion.of(a, b));
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 0 && i == 0;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor a = node.input(0).detach();
      Tensor sign = node.output().detach().div(a).maskedFill(a.eq(0), 0);
      return Reductions.sumTo(g.mul(sign), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Tensor.zeros(g.dtype, node.shape(1));
    }
  }

  /// `y = max(a, b)` or `y = min(a, b)`, numbers before NaN; of equal operands `a` has the gradient
  record NumberExtremum(boolean max) implements Pairwise {
    @Override
    public BinaryRow row(DType dtype) {
      return max ? BlendKernels.fmax(dtype) : BlendKernels.fmin(dtype);
    }

    @Override
    public String opName() {
      return max ? "fmax" : "fmin";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g.maskedFill(first(node).logicalNot(), 0), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(g.maskedFill(first(node), 0), node.shape(1));
    }

    private Tensor first(Node node) {
      Tensor a = node.input(0);
      Tensor b = node.input(1);
      return (max ? a.ge(b) : a.le(b)).logicalOr(b.ne(b));
    }
  }
}
