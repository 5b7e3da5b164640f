package dev.gatun.tensor;

import dev.gatun.kernel.BitKernels;
import dev.gatun.kernel.ComparisonKernels;

/// Comparisons, logic and operations on bits that change this tensor and return it: what
/// [InPlaceOps] says holds here too. Truth is 1 or 0 in the dtype of this; no gradient passes.
public sealed interface InPlaceLogicOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// 1 where `this == other`, elsewhere 0.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor eq_(Tensor other) {
    return Elementwise.compareInPlace("eq_", ComparisonKernels::eq, self(), other);
  }

  /// 1 where `this == value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor eq_(double value) {
    return eq_(Comparison.operand(self(), value));
  }

  /// 1 where `this == value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor eq_(long value) {
    return eq_(Comparison.operand(self(), value));
  }

  /// 1 where `this != other`, elsewhere 0.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor ne_(Tensor other) {
    return Elementwise.compareInPlace("ne_", ComparisonKernels::ne, self(), other);
  }

  /// 1 where `this != value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor ne_(double value) {
    return ne_(Comparison.operand(self(), value));
  }

  /// 1 where `this != value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor ne_(long value) {
    return ne_(Comparison.operand(self(), value));
  }

  /// 1 where `this < other`, elsewhere 0.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor lt_(Tensor other) {
    return Elementwise.compareInPlace("lt_", ComparisonKernels::lt, self(), other);
  }

  /// 1 where `this < value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor lt_(double value) {
    return lt_(Comparison.operand(self(), value));
  }

  /// 1 where `this < value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor lt_(long value) {
    return lt_(Comparison.operand(self(), value));
  }

  /// 1 where `this <= other`, elsewhere 0.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor le_(Tensor other) {
    return Elementwise.compareInPlace("le_", ComparisonKernels::le, self(), other);
  }

  /// 1 where `this <= value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor le_(double value) {
    return le_(Comparison.operand(self(), value));
  }

  /// 1 where `this <= value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor le_(long value) {
    return le_(Comparison.operand(self(), value));
  }

  /// 1 where `this > other`, elsewhere 0.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor gt_(Tensor other) {
    return Elementwise.compareInPlace("gt_", ComparisonKernels::gt, self(), other);
  }

  /// 1 where `this > value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor gt_(double value) {
    return gt_(Comparison.operand(self(), value));
  }

  /// 1 where `this > value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor gt_(long value) {
    return gt_(Comparison.operand(self(), value));
  }

  /// 1 where `this >= other`, elsewhere 0.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor ge_(Tensor other) {
    return Elementwise.compareInPlace("ge_", ComparisonKernels::ge, self(), other);
  }

  /// 1 where `this >= value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor ge_(double value) {
    return ge_(Comparison.operand(self(), value));
  }

  /// 1 where `this >= value`, elsewhere 0.
  ///
  /// @param value compared with every element
  /// @return this
  default Tensor ge_(long value) {
    return ge_(Comparison.operand(self(), value));
  }

  /// 1 where this is 0, elsewhere 0.
  ///
  /// @return this
  default Tensor logicalNot_() {
    return Logic.not_(self());
  }

  /// 1 where `this && other`, elsewhere 0; what is not 0 is true.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor logicalAnd_(Tensor other) {
    return Logic.logical_("logicalAnd_", ComparisonKernels.logicalAnd(), self(), other);
  }

  /// 1 where `this || other`, elsewhere 0; what is not 0 is true.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor logicalOr_(Tensor other) {
    return Logic.logical_("logicalOr_", ComparisonKernels.logicalOr(), self(), other);
  }

  /// 1 where `this ^ other`, elsewhere 0; what is not 0 is true.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor logicalXor_(Tensor other) {
    return Logic.logical_("logicalXor_", ComparisonKernels.logicalXor(), self(), other);
  }

  /// `this = ~this`; integers or BOOL.
  ///
  /// @return this
  default Tensor bitwiseNot_() {
    return Logic.bitwiseNot_(self());
  }

  /// `this &= other`; integers or BOOL.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor bitwiseAnd_(Tensor other) {
    return Logic.bits_("bitwiseAnd_", BitKernels::and, self(), other);
  }

  /// `this &= value`; integers.
  ///
  /// @param value taken with every element
  /// @return this
  default Tensor bitwiseAnd_(long value) {
    return bitwiseAnd_(Promotion.wrap(self(), value));
  }

  /// `this |= other`; integers or BOOL.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor bitwiseOr_(Tensor other) {
    return Logic.bits_("bitwiseOr_", BitKernels::or, self(), other);
  }

  /// `this |= value`; integers.
  ///
  /// @param value taken with every element
  /// @return this
  default Tensor bitwiseOr_(long value) {
    return bitwiseOr_(Promotion.wrap(self(), value));
  }

  /// `this ^= other`; integers or BOOL.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor bitwiseXor_(Tensor other) {
    return Logic.bits_("bitwiseXor_", BitKernels::xor, self(), other);
  }

  /// `this ^= value`; integers.
  ///
  /// @param value taken with every element
  /// @return this
  default Tensor bitwiseXor_(long value) {
    return bitwiseXor_(Promotion.wrap(self(), value));
  }

  /// `this <<= other`; integers.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor bitwiseLeftShift_(Tensor other) {
    return Logic.shift_("bitwiseLeftShift_", BitKernels::left, self(), other);
  }

  /// `this <<= value`; integers.
  ///
  /// @param value bits
  /// @return this
  default Tensor bitwiseLeftShift_(long value) {
    return bitwiseLeftShift_(Promotion.wrap(self(), value));
  }

  /// `this >>= other`; integers.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor bitwiseRightShift_(Tensor other) {
    return Logic.shift_("bitwiseRightShift_", BitKernels::right, self(), other);
  }

  /// `this >>= value`; integers.
  ///
  /// @param value bits
  /// @return this
  default Tensor bitwiseRightShift_(long value) {
    return bitwiseRightShift_(Promotion.wrap(self(), value));
  }
}
