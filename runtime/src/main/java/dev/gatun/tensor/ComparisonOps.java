package dev.gatun.tensor;

import dev.gatun.kernel.ComparisonKernels;

/// Comparisons. Results are BOOL, have no gradient and belong to the current scope.
///
/// Operands broadcast against each other and are compared in their common dtype, that of
/// [ArithmeticOps]. Numbers that the dtype of integers does not hold are compared exactly, or in
/// F64 beside I64. NaN is unequal to everything.
public sealed interface ComparisonOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this == other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor eq(Tensor other) {
    return Elementwise.compare("eq", ComparisonKernels::eq, self(), other);
  }

  /// `this == value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor eq(double value) {
    return eq(Comparison.operand(self(), value));
  }

  /// `this == value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor eq(long value) {
    return eq(Comparison.operand(self(), value));
  }

  /// `this != other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor ne(Tensor other) {
    return Elementwise.compare("ne", ComparisonKernels::ne, self(), other);
  }

  /// `this != value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor ne(double value) {
    return ne(Comparison.operand(self(), value));
  }

  /// `this != value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor ne(long value) {
    return ne(Comparison.operand(self(), value));
  }

  /// `this < other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor lt(Tensor other) {
    return Elementwise.compare("lt", ComparisonKernels::lt, self(), other);
  }

  /// `this < value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor lt(double value) {
    return lt(Comparison.operand(self(), value));
  }

  /// `this < value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor lt(long value) {
    return lt(Comparison.operand(self(), value));
  }

  /// `this <= other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor le(Tensor other) {
    return Elementwise.compare("le", ComparisonKernels::le, self(), other);
  }

  /// `this <= value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor le(double value) {
    return le(Comparison.operand(self(), value));
  }

  /// `this <= value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor le(long value) {
    return le(Comparison.operand(self(), value));
  }

  /// `this > other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor gt(Tensor other) {
    return Elementwise.compare("gt", ComparisonKernels::gt, self(), other);
  }

  /// `this > value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor gt(double value) {
    return gt(Comparison.operand(self(), value));
  }

  /// `this > value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor gt(long value) {
    return gt(Comparison.operand(self(), value));
  }

  /// `this >= other`.
  ///
  /// @param other broadcasts with this
  /// @return BOOL
  default Tensor ge(Tensor other) {
    return Elementwise.compare("ge", ComparisonKernels::ge, self(), other);
  }

  /// `this >= value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor ge(double value) {
    return ge(Comparison.operand(self(), value));
  }

  /// `this >= value`.
  ///
  /// @param value compared with every element
  /// @return BOOL
  default Tensor ge(long value) {
    return ge(Comparison.operand(self(), value));
  }

  /// `|this - other| <= atol + rtol |other|`; infinities are close to themselves.
  ///
  /// @param other of the same dtype, broadcasts with this
  /// @param rtol part of `|other|`
  /// @param atol absolute part
  /// @param equalNan whether NaN is close to NaN
  /// @return BOOL
  default Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
    return Comparison.isclose(self(), other, rtol, atol, equalNan);
  }

  /// As [#isclose(Tensor, double, double, boolean)] with 1e-5, 1e-8 and false.
  ///
  /// @param other of the same dtype, broadcasts with this
  /// @return BOOL
  default Tensor isclose(Tensor other) {
    return isclose(other, 1e-5, 1e-8, false);
  }

  /// Whether all elements are close, as [#isclose(Tensor, double, double, boolean)] tells.
  ///
  /// @param other of the same dtype, broadcasts with this
  /// @param rtol part of `|other|`
  /// @param atol absolute part
  /// @param equalNan whether NaN is close to NaN
  /// @return true where there is no element
  default boolean allclose(Tensor other, double rtol, double atol, boolean equalNan) {
    return Comparison.allclose(self(), other, rtol, atol, equalNan);
  }

  /// As [#allclose(Tensor, double, double, boolean)] with 1e-5, 1e-8 and false.
  ///
  /// @param other of the same dtype, broadcasts with this
  /// @return true where there is no element
  default boolean allclose(Tensor other) {
    return allclose(other, 1e-5, 1e-8, false);
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
