package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// Operations that combine elements along dimensions. Results belong to the current scope.
///
/// `dims` may be negative; none given means all. With `keepdim` a reduced dimension stays with size
/// 1, otherwise it disappears. F32 is summed in F64; integers and BOOL are summed as I64. Results
/// do not depend on the number of threads.
public sealed interface ReductionOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Sum of all elements.
  ///
  /// @return a scalar
  default Tensor sum() {
    return sum(new int[0], false);
  }

  /// Sum over some dimensions, which disappear.
  ///
  /// @param dims to sum over
  /// @return a new tensor
  default Tensor sum(int... dims) {
    return sum(dims, false);
  }

  /// Sum over some dimensions; 0 where there is nothing to sum.
  ///
  /// @param dims to sum over
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  default Tensor sum(int[] dims, boolean keepdim) {
    return self().dtype.isFloating()
        ? sum(dims, keepdim, self().dtype)
        : sum(dims, keepdim, DType.I64);
  }

  /// Sum of all elements, each converted to a dtype first.
  ///
  /// @param dtype of the result, any
  /// @return a scalar
  default Tensor sum(DType dtype) {
    return sum(new int[0], false, dtype);
  }

  /// Sum over some dimensions of elements that are converted first.
  ///
  /// @param dims to sum over
  /// @param keepdim keeps them with size 1
  /// @param dtype of the result, any; U8 wraps, BOOL is whether one is not 0
  /// @return a new tensor
  default Tensor sum(int[] dims, boolean keepdim, DType dtype) {
    Tensor x = self();
    Size over = Size.of(Shapes.dims("sum", dims, x.shape));
    return x.dtype == dtype && (dtype == DType.F32 || dtype == DType.F64)
        ? new Reductions.Sum(over, keepdim).apply(x)
        : new Reductions.SumAs(over, keepdim, x.dtype, dtype).apply(x);
  }

  /// Mean of all elements; floating dtypes.
  ///
  /// @return a scalar
  default Tensor mean() {
    return mean(new int[0], false);
  }

  /// Mean over some dimensions, which disappear; floating dtypes.
  ///
  /// @param dims to average over
  /// @return a new tensor
  default Tensor mean(int... dims) {
    return mean(dims, false);
  }

  /// Mean over some dimensions, NaN where there is nothing to average; floating dtypes.
  ///
  /// @param dims to average over
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  default Tensor mean(int[] dims, boolean keepdim) {
    Arithmetic.floating("mean", self(), self());
    return mean(dims, keepdim, self().dtype);
  }

  /// Mean of all elements, each converted to a dtype first.
  ///
  /// @param dtype of the result, F32 or F64
  /// @return a scalar
  default Tensor mean(DType dtype) {
    return mean(new int[0], false, dtype);
  }

  /// Mean over some dimensions of elements that are converted first.
  ///
  /// @param dims to average over
  /// @param keepdim keeps them with size 1
  /// @param dtype of the result, F32 or F64
  /// @return a new tensor
  /// @throws DTypeException if `dtype` is another one
  default Tensor mean(int[] dims, boolean keepdim, DType dtype) {
    if (dtype != DType.F32 && dtype != DType.F64) {
      throw new DTypeException("mean: the result must be F32 or F64, got " + dtype);
    }
    long count = Folding.count(self(), Shapes.dims("mean", dims, self().shape));
    return sum(dims, keepdim, dtype).div((double) count);
  }

  /// Product of all elements; integers and BOOL as I64.
  ///
  /// @return a scalar
  default Tensor prod() {
    return Folding.prod(self(), Shapes.dims("prod", new int[0], self().shape), false);
  }

  /// Product along a dimension, which disappears; integers and BOOL as I64.
  ///
  /// @param dim to multiply along
  /// @return a new tensor
  default Tensor prod(int dim) {
    return prod(dim, false);
  }

  /// Product along a dimension, 1 where there is nothing to multiply; integers and BOOL as I64.
  ///
  /// @param dim to multiply along
  /// @param keepdim keeps it with size 1
  /// @return a new tensor
  default Tensor prod(int dim, boolean keepdim) {
    return Folding.prod(self(), Shapes.dims("prod", new int[] {dim}, self().shape), keepdim);
  }

  /// Largest element over some dimensions, which disappear; NaN wins, ties share the gradient.
  ///
  /// @param dims to look along
  /// @return a new tensor
  /// @throws ShapeException if there is nothing to choose from
  default Tensor amax(int... dims) {
    return amax(dims, false);
  }

  /// Smallest element over some dimensions, which disappear; NaN wins, ties share the gradient.
  ///
  /// @param dims to look along
  /// @return a new tensor
  /// @throws ShapeException if there is nothing to choose from
  default Tensor amin(int... dims) {
    return amin(dims, false);
  }

  /// Largest element over some dimensions; NaN wins, ties share the gradient.
  ///
  /// @param dims to look along
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  /// @throws ShapeException if there is nothing to choose from
  default Tensor amax(int[] dims, boolean keepdim) {
    Size over = Size.of(Shapes.dims("amax", dims, self().shape));
    return new Reductions.Extreme(true, over, keepdim).apply(self());
  }

  /// Smallest element over some dimensions; NaN wins, ties share the gradient.
  ///
  /// @param dims to look along
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  /// @throws ShapeException if there is nothing to choose from
  default Tensor amin(int[] dims, boolean keepdim) {
    Size over = Size.of(Shapes.dims("amin", dims, self().shape));
    return new Reductions.Extreme(false, over, keepdim).apply(self());
  }

  /// Largest of all elements.
  ///
  /// @return a scalar
  default Tensor max() {
    return amax(new int[0], false);
  }

  /// Smallest of all elements.
  ///
  /// @return a scalar
  default Tensor min() {
    return amin(new int[0], false);
  }

  /// Largest elements along a dimension, which disappears.
  ///
  /// @param dim to look along
  /// @return values and positions
  default ValuesIndices max(int dim) {
    return max(dim, false);
  }

  /// Largest elements along a dimension and their positions; the chosen ones get the gradient.
  ///
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return values and positions
  default ValuesIndices max(int dim, boolean keepdim) {
    return extreme(dim, keepdim, argmax(dim, true));
  }

  /// Smallest elements along a dimension, which disappears.
  ///
  /// @param dim to look along
  /// @return values and positions
  default ValuesIndices min(int dim) {
    return min(dim, false);
  }

  /// Smallest elements along a dimension and their positions; the chosen ones get the gradient.
  ///
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return values and positions
  default ValuesIndices min(int dim, boolean keepdim) {
    return extreme(dim, keepdim, argmin(dim, true));
  }

  private ValuesIndices extreme(int dim, boolean keepdim, Tensor indices) {
    if (self().shape.length == 0) {
      return new ValuesIndices(self().copy(), indices);
    }
    Tensor values = self().gather(dim, indices);
    return keepdim
        ? new ValuesIndices(values, indices)
        : new ValuesIndices(values.squeeze(dim), indices.squeeze(dim));
  }

  /// Position of the largest of all elements in row-major order, the first where several tie.
  ///
  /// @return a scalar of I64
  default Tensor argmax() {
    return Reductions.position("argmax", true, self(), all(), false);
  }

  /// Positions of the largest elements along a dimension, which disappears.
  ///
  /// @param dim to look along
  /// @return I64
  default Tensor argmax(int dim) {
    return argmax(dim, false);
  }

  /// Positions of the largest elements along a dimension; NaN counts as the largest.
  ///
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return I64
  default Tensor argmax(int dim, boolean keepdim) {
    long[] over = Shapes.dims("argmax", new int[] {dim}, self().shape);
    return Reductions.position("argmax", true, self(), over, keepdim);
  }

  /// Position of the smallest of all elements in row-major order, the first where several tie.
  ///
  /// @return a scalar of I64
  default Tensor argmin() {
    return Reductions.position("argmin", false, self(), all(), false);
  }

  /// Positions of the smallest elements along a dimension, which disappears.
  ///
  /// @param dim to look along
  /// @return I64
  default Tensor argmin(int dim) {
    return argmin(dim, false);
  }

  /// Positions of the smallest elements along a dimension; NaN counts as the smallest.
  ///
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return I64
  default Tensor argmin(int dim, boolean keepdim) {
    long[] over = Shapes.dims("argmin", new int[] {dim}, self().shape);
    return Reductions.position("argmin", false, self(), over, keepdim);
  }

  private long[] all() {
    return Shapes.dims("argmax", new int[0], self().shape);
  }

  /// `eˣ / Σ eˣ` along a dimension; floating dtypes. A probability too small for a normal F32
  /// number may be 0.
  ///
  /// @param dim to normalize along
  /// @return a new tensor of the same shape
  default Tensor softmax(int dim) {
    return new Reductions.Softmax(Shapes.dim("softmax", dim, self().shape)).apply(self());
  }

  /// `x - ln Σ eˣ` along a dimension, without overflow; floating dtypes.
  ///
  /// @param dim to normalize along
  /// @return a new tensor of the same shape
  default Tensor logSoftmax(int dim) {
    return new Reductions.LogSoftmax(Shapes.dim("logSoftmax", dim, self().shape)).apply(self());
  }
}
