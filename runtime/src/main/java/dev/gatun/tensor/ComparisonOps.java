package dev.gatun.tensor;

import dev.gatun.kernel.ComparisonKernels;

/// Comparisons and logic. Results are BOOL, have no gradient and belong to the current scope.
///
/// Two tensors must have one dtype, any but BF16 and F16, and broadcast against each other. NaN is
/// unequal to everything.
public sealed interface ComparisonOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this == other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor eq(Tensor other) {
    return Comparison.compare("eq", ComparisonKernels::eq, self(), other);
  }

  /// `this == value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor eq(double value) {
    return Comparison.compare("eq", ComparisonKernels::eq, self(), value);
  }

  /// `this != other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor ne(Tensor other) {
    return Comparison.compare("ne", ComparisonKernels::ne, self(), other);
  }

  /// `this != value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor ne(double value) {
    return Comparison.compare("ne", ComparisonKernels::ne, self(), value);
  }

  /// `this < other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor lt(Tensor other) {
    return Comparison.compare("lt", ComparisonKernels::lt, self(), other);
  }

  /// `this < value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor lt(double value) {
    return Comparison.compare("lt", ComparisonKernels::lt, self(), value);
  }

  /// `this <= other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor le(Tensor other) {
    return Comparison.compare("le", ComparisonKernels::le, self(), other);
  }

  /// `this <= value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor le(double value) {
    return Comparison.compare("le", ComparisonKernels::le, self(), value);
  }

  /// `this > other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor gt(Tensor other) {
    return Comparison.compare("gt", ComparisonKernels::gt, self(), other);
  }

  /// `this > value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor gt(double value) {
    return Comparison.compare("gt", ComparisonKernels::gt, self(), value);
  }

  /// `this >= other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor ge(Tensor other) {
    return Comparison.compare("ge", ComparisonKernels::ge, self(), other);
  }

  /// `this >= value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor ge(double value) {
    return Comparison.compare("ge", ComparisonKernels::ge, self(), value);
  }

  /// `!this`; BOOL.
  ///
  /// @return BOOL
  default Tensor logicalNot() {
    return Comparison.not(self());
  }

  /// `this && other`; both BOOL.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor logicalAnd(Tensor other) {
    return Comparison.logic("logicalAnd", ComparisonKernels.logicalAnd(), self(), other);
  }

  /// `this || other`; both BOOL.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor logicalOr(Tensor other) {
    return Comparison.logic("logicalOr", ComparisonKernels.logicalOr(), self(), other);
  }

  /// Whether every element is true (not 0).
  ///
  /// @return a scalar of BOOL, true when there is none
  default Tensor all() {
    return Folding.all(self(), Shapes.dims("all", new int[0], self().shape), false);
  }

  /// Whether some element is true (not 0).
  ///
  /// @return a scalar of BOOL, false when there is none
  default Tensor any() {
    return Folding.any(self(), Shapes.dims("any", new int[0], self().shape), false);
  }

  /// Whether both have the same shape, dtype and values: PyTorch's `torch.equal`.
  ///
  /// @param other any tensor
  /// @return false where a NaN is on either side
  default boolean equal(Tensor other) {
    return Comparison.equal(self(), other);
  }
}
