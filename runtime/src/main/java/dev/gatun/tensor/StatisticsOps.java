package dev.gatun.tensor;

/// Statistics over dimensions. Results belong to the current scope.
///
/// `dims` may be negative; none given means all. With `keepdim` a reduced dimension stays with size
/// 1, otherwise it disappears. F32 is accumulated in double. Results do not depend on the number of
/// threads. PyTorch's names.
public sealed interface StatisticsOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Variance, `Σ (x - mean)² / (n - 1)`, of all elements; floating dtypes.
  ///
  /// @return a scalar
  default Tensor var() {
    return var(new int[0], 1, false);
  }

  /// Variance, `Σ (x - mean)² / (n - 1)`, over some dimensions, which disappear; floating dtypes.
  ///
  /// @param dims to reduce
  /// @return a new tensor
  default Tensor var(int... dims) {
    return var(dims, 1, false);
  }

  /// `Σ (x - mean)² / (n - correction)` over some dimensions, without cancellation; floating
  /// dtypes.
  ///
  /// @param dims to reduce
  /// @param correction 1 for the estimate from a sample (PyTorch's `unbiased`), 0 for the value of
  ///   the elements themselves
  /// @param keepdim keeps them with size 1
  /// @return a new tensor; NaN or infinity where `n` is not above `correction`
  default Tensor var(int[] dims, double correction, boolean keepdim) {
    Size over = Size.of(Shapes.dims("var", dims, self().shape));
    return new Folding.Variance(false, over, correction, keepdim).apply(self());
  }

  /// Standard deviation, `√(Σ (x - mean)² / (n - 1))`, of all elements; floating dtypes.
  ///
  /// @return a scalar
  default Tensor std() {
    return std(new int[0], 1, false);
  }

  /// Standard deviation, `√(Σ (x - mean)² / (n - 1))`, over some dimensions, which disappear;
  /// floating dtypes.
  ///
  /// @param dims to reduce
  /// @return a new tensor
  default Tensor std(int... dims) {
    return std(dims, 1, false);
  }

  /// `√(Σ (x - mean)² / (n - correction))` over some dimensions, without cancellation; floating
  /// dtypes.
  ///
  /// @param dims to reduce
  /// @param correction 1 for the estimate from a sample (PyTorch's `unbiased`), 0 for the value of
  ///   the elements themselves
  /// @param keepdim keeps them with size 1
  /// @return a new tensor; NaN or infinity where `n` is not above `correction`
  default Tensor std(int[] dims, double correction, boolean keepdim) {
    Size over = Size.of(Shapes.dims("std", dims, self().shape));
    return new Folding.Variance(true, over, correction, keepdim).apply(self());
  }

  /// Variance, with correction 1, and mean of all elements; floating dtypes.
  ///
  /// @return two scalars
  default VarMean varMean() {
    return varMean(new int[0], 1, false);
  }

  /// Variance and mean over some dimensions; floating dtypes.
  ///
  /// @param dims to reduce
  /// @param correction as for [#var(int[], double, boolean)]
  /// @param keepdim keeps them with size 1
  /// @return two new tensors
  default VarMean varMean(int[] dims, double correction, boolean keepdim) {
    return new VarMean(var(dims, correction, keepdim), self().mean(dims, keepdim));
  }

  /// Standard deviation, with correction 1, and mean of all elements; floating dtypes.
  ///
  /// @return two scalars
  default StdMean stdMean() {
    return stdMean(new int[0], 1, false);
  }

  /// Standard deviation and mean over some dimensions; floating dtypes.
  ///
  /// @param dims to reduce
  /// @param correction as for [#std(int[], double, boolean)]
  /// @param keepdim keeps them with size 1
  /// @return two new tensors
  default StdMean stdMean(int[] dims, double correction, boolean keepdim) {
    return new StdMean(std(dims, correction, keepdim), self().mean(dims, keepdim));
  }

  /// `ln Σ eˣ` over some dimensions, which disappear, without overflow; floating dtypes.
  ///
  /// @param dims to reduce
  /// @return a new tensor
  default Tensor logsumexp(int... dims) {
    return logsumexp(dims, false);
  }

  /// `ln Σ eˣ` over some dimensions, without overflow; minus infinity where there is nothing.
  ///
  /// @param dims to reduce
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  default Tensor logsumexp(int[] dims, boolean keepdim) {
    Size over = Size.of(Shapes.dims("logsumexp", dims, self().shape));
    return new Folding.LogSumExp(over, keepdim).apply(self());
  }

  /// `√Σ x²` of all elements; floating dtypes.
  ///
  /// @return a scalar
  default Tensor norm() {
    return norm(2);
  }

  /// The `p`-norm of all elements; floating dtypes.
  ///
  /// @param p as for [#norm(double, int[], boolean)]
  /// @return a scalar
  default Tensor norm(double p) {
    return norm(p, new int[0], false);
  }

  /// The `p`-norm over some dimensions, which disappear; floating dtypes.
  ///
  /// @param p as for [#norm(double, int[], boolean)]
  /// @param dims to reduce
  /// @return a new tensor
  default Tensor norm(double p, int... dims) {
    return norm(p, dims, false);
  }

  /// `(Σ |x|ᵖ)^(1/p)` over some dimensions; floating dtypes. Where the norm is 0 so is the
  /// gradient.
  ///
  /// @param p any number; 0 counts what is not 0, infinity takes the largest `|x|` and minus
  ///   infinity the smallest
  /// @param dims to reduce
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  default Tensor norm(double p, int[] dims, boolean keepdim) {
    if (Double.isNaN(p)) {
      throw new IllegalArgumentException("norm: p must be a number, got NaN");
    }
    Size over = Size.of(Shapes.dims("norm", dims, self().shape));
    return new Folding.Norm(p, over, keepdim).apply(self());
  }

  /// Sum of all elements that are not NaN.
  ///
  /// @return a scalar
  default Tensor nansum() {
    return nansum(new int[0], false);
  }

  /// Sum over some dimensions of the elements that are not NaN; integers as I64.
  ///
  /// @param dims to reduce
  /// @param keepdim keeps them with size 1
  /// @return a new tensor
  default Tensor nansum(int[] dims, boolean keepdim) {
    Size over = Size.of(Shapes.dims("nansum", dims, self().shape));
    return self().dtype.isFloating()
        ? new Folding.NanSum(over, keepdim).apply(self())
        : self().sum(dims, keepdim);
  }

  /// Mean of all elements that are not NaN; floating dtypes.
  ///
  /// @return a scalar
  default Tensor nanmean() {
    return nanmean(new int[0], false);
  }

  /// Mean over some dimensions of the elements that are not NaN; floating dtypes.
  ///
  /// @param dims to reduce
  /// @param keepdim keeps them with size 1
  /// @return a new tensor, NaN where there is no such element
  default Tensor nanmean(int[] dims, boolean keepdim) {
    Arithmetic.floating("nanmean", self(), self());
    Tensor known = self().eq(self());
    return nansum(dims, keepdim).div(known.sum(dims, keepdim, self().dtype));
  }

  /// How many elements are not 0 over some dimensions, which disappear; NaN counts.
  ///
  /// @param dims to count over
  /// @return I64
  default Tensor countNonzero(int... dims) {
    long[] over = Shapes.dims("countNonzero", dims, self().shape);
    return Folding.countNonzero(self(), over, false);
  }

  /// Whether all elements along a dimension are true (not 0).
  ///
  /// @param dim which disappears
  /// @return BOOL, true where there is none
  default Tensor all(int dim) {
    return all(new int[] {dim}, false);
  }

  /// Whether all elements over some dimensions are true (not 0).
  ///
  /// @param dims to look over
  /// @param keepdim keeps them with size 1
  /// @return BOOL, true where there is none
  default Tensor all(int[] dims, boolean keepdim) {
    return Folding.all(self(), Shapes.dims("all", dims, self().shape), keepdim);
  }

  /// Whether some element along a dimension is true (not 0).
  ///
  /// @param dim which disappears
  /// @return BOOL, false where there is none
  default Tensor any(int dim) {
    return any(new int[] {dim}, false);
  }

  /// Whether some element over some dimensions is true (not 0).
  ///
  /// @param dims to look over
  /// @param keepdim keeps them with size 1
  /// @return BOOL, false where there is none
  default Tensor any(int[] dims, boolean keepdim) {
    return Folding.any(self(), Shapes.dims("any", dims, self().shape), keepdim);
  }

  /// Smallest and largest of all elements; NaN wins, ties share the gradient.
  ///
  /// @return two scalars
  /// @throws ShapeException if there is nothing to choose from
  default MinMax aminmax() {
    return new MinMax(self().amin(), self().amax());
  }

  /// Smallest and largest elements along a dimension; NaN wins, ties share the gradient.
  ///
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return two new tensors
  /// @throws ShapeException if there is nothing to choose from
  default MinMax aminmax(int dim, boolean keepdim) {
    int[] over = {dim};
    return new MinMax(self().amin(over, keepdim), self().amax(over, keepdim));
  }
}
