package dev.gatun.tensor;

import dev.gatun.kernel.BitKernels;
import dev.gatun.kernel.ComparisonKernels;

/// Logic and operations on bits. They have no gradient, and results belong to the current scope.
///
/// Logic takes any dtypes, what is not 0 is true. Operations on bits take integers and BOOL, in
/// their common dtype, that of [ArithmeticOps]; shifts take integers alone.
public sealed interface LogicOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `!this`.
  ///
  /// @return BOOL
  default Tensor logicalNot() {
    return Logic.not(self());
  }

  /// `this && other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor logicalAnd(Tensor other) {
    return Logic.logical("logicalAnd", ComparisonKernels.logicalAnd(), self(), other);
  }

  /// `this || other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor logicalOr(Tensor other) {
    return Logic.logical("logicalOr", ComparisonKernels.logicalOr(), self(), other);
  }

  /// `this ^ other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor logicalXor(Tensor other) {
    return Logic.logical("logicalXor", ComparisonKernels.logicalXor(), self(), other);
  }

  /// `~this`, and `!this` of BOOL.
  ///
  /// @return a new tensor
  default Tensor bitwiseNot() {
    return Logic.bitwiseNot(self());
  }

  /// `this & other`.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor bitwiseAnd(Tensor other) {
    return Logic.bits("bitwiseAnd", BitKernels::and, self(), other);
  }

  /// `this & value`.
  ///
  /// @param value taken with every element
  /// @return a new tensor
  default Tensor bitwiseAnd(long value) {
    return bitwiseAnd(Promotion.wrap(self(), value));
  }

  /// `this | other`.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor bitwiseOr(Tensor other) {
    return Logic.bits("bitwiseOr", BitKernels::or, self(), other);
  }

  /// `this | value`.
  ///
  /// @param value taken with every element
  /// @return a new tensor
  default Tensor bitwiseOr(long value) {
    return bitwiseOr(Promotion.wrap(self(), value));
  }

  /// `this ^ other`.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor bitwiseXor(Tensor other) {
    return Logic.bits("bitwiseXor", BitKernels::xor, self(), other);
  }

  /// `this ^ value`.
  ///
  /// @param value taken with every element
  /// @return a new tensor
  default Tensor bitwiseXor(long value) {
    return bitwiseXor(Promotion.wrap(self(), value));
  }

  /// `this << other`; 0 where there are not so many bits.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor bitwiseLeftShift(Tensor other) {
    return Logic.shift("bitwiseLeftShift", BitKernels::left, self(), other);
  }

  /// `this << value`; 0 where there are not so many bits.
  ///
  /// @param value bits
  /// @return a new tensor
  default Tensor bitwiseLeftShift(long value) {
    return bitwiseLeftShift(Promotion.wrap(self(), value));
  }

  /// `this >> other`, keeping the sign; the sign alone where there are not so many bits.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor bitwiseRightShift(Tensor other) {
    return Logic.shift("bitwiseRightShift", BitKernels::right, self(), other);
  }

  /// `this >> value`, keeping the sign; the sign alone where there are not so many bits.
  ///
  /// @param value bits
  /// @return a new tensor
  default Tensor bitwiseRightShift(long value) {
    return bitwiseRightShift(Promotion.wrap(self(), value));
  }
}
