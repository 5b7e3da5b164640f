package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// Operations whose results run along a dimension: each combines the elements up to its own place.
/// Results have the shape of the operand and belong to the current scope.
///
/// F32 is accumulated in double. Sums and products of integers and BOOL are I64, as in PyTorch.
public sealed interface ScanOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor wide() {
    return self().dtype.isFloating() ? self() : self().to(DType.I64);
  }

  /// `y_k = x_0 + … + x_k`.
  ///
  /// @param dim to run along
  /// @return a new tensor
  default Tensor cumsum(int dim) {
    return new Scans.CumSum(Shapes.dim("cumsum", dim, self().shape), false).apply(wide());
  }

  /// `y_k = x_0 + … + x_k`, of elements that are converted first.
  ///
  /// @param dim to run along
  /// @param dtype of the result, F32, F64 or I64
  /// @return a new tensor
  default Tensor cumsum(int dim, DType dtype) {
    return self().to(dtype).cumsum(dim);
  }

  /// `y_k = x_0 … x_k`; the gradient is right where elements are 0, too.
  ///
  /// @param dim to run along
  /// @return a new tensor
  default Tensor cumprod(int dim) {
    return new Scans.CumProd(Shapes.dim("cumprod", dim, self().shape), false).apply(wide());
  }

  /// `y_k = ln(e^x_0 + … + e^x_k)`, without overflow; floating dtypes.
  ///
  /// @param dim to run along
  /// @return a new tensor
  default Tensor logcumsumexp(int dim) {
    return new Scans.LogCumSumExp(Shapes.dim("logcumsumexp", dim, self().shape)).apply(self());
  }

  /// The largest of the elements so far and their positions, the last of those that tie; a NaN
  /// wins.
  ///
  /// @param dim to run along
  /// @return values, which pass their gradient on to the chosen elements, and I64 positions
  default ValuesIndices cummax(int dim) {
    return Scans.extremes("cummax", true, self(), dim);
  }

  /// The smallest of the elements so far and their positions, the last of those that tie; a NaN
  /// wins.
  ///
  /// @param dim to run along
  /// @return values, which pass their gradient on to the chosen elements, and I64 positions
  default ValuesIndices cummin(int dim) {
    return Scans.extremes("cummin", false, self(), dim);
  }
}
