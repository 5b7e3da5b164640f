package dev.gatun.tensor;

/// Sorting and what stands where in a sorted order. Results belong to the current scope.
///
/// NaN is above every number and both zeros are equal, as in PyTorch. Values pass their gradient on
/// to the elements that they come from; positions are I64 and have none. Of elements that are equal
/// the first ones are chosen, which PyTorch leaves open. Every dtype but BF16 and F16.
public sealed interface SortOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The elements along the last dimension in ascending order.
  ///
  /// @return values and where they stood
  default ValuesIndices sort() {
    return sort(-1, false);
  }

  /// The elements along a dimension in ascending order.
  ///
  /// @param dim to sort along
  /// @return values and where they stood
  default ValuesIndices sort(int dim) {
    return sort(dim, false);
  }

  /// The elements along a dimension in order; those that are equal keep theirs (a stable sort).
  ///
  /// @param dim to sort along
  /// @param descending whether the largest comes first
  /// @return values and where they stood
  default ValuesIndices sort(int dim, boolean descending) {
    return Sorting.sort(self(), Shapes.dim("sort", dim, self().shape), descending);
  }

  /// The order of the elements along the last dimension.
  ///
  /// @return positions
  default Tensor argsort() {
    return argsort(-1, false);
  }

  /// The order of the elements along a dimension.
  ///
  /// @param dim to sort along
  /// @return positions
  default Tensor argsort(int dim) {
    return argsort(dim, false);
  }

  /// The order of the elements along a dimension; those that are equal keep theirs.
  ///
  /// @param dim to sort along
  /// @param descending whether the largest comes first
  /// @return positions
  default Tensor argsort(int dim, boolean descending) {
    return Sorting.order("argsort", self(), Shapes.dim("argsort", dim, self().shape), descending);
  }

  /// The `k` largest elements along the last dimension, the largest first.
  ///
  /// @param k how many
  /// @return values and where they stand
  default ValuesIndices topk(long k) {
    return topk(k, -1, true, true);
  }

  /// The `k` largest elements along a dimension, the largest first.
  ///
  /// @param k how many, at most the size of the dimension
  /// @param dim to look along
  /// @return values and where they stand
  default ValuesIndices topk(long k, int dim) {
    return topk(k, dim, true, true);
  }

  /// The `k` largest or smallest elements along a dimension.
  ///
  /// @param k how many, at most the size of the dimension
  /// @param dim to look along
  /// @param largest whether the largest, else the smallest
  /// @param sorted whether the most extreme comes first, else they stay in their order
  /// @return values and where they stand
  /// @throws IllegalArgumentException if `k` is negative or too large
  default ValuesIndices topk(long k, int dim, boolean largest, boolean sorted) {
    return Sorting.top(self(), k, Shapes.dim("topk", dim, self().shape), largest, sorted);
  }

  /// The `k`-th smallest elements along the last dimension, which disappears.
  ///
  /// @param k from 1
  /// @return values and where they stand
  default ValuesIndices kthvalue(long k) {
    return kthvalue(k, -1, false);
  }

  /// The `k`-th smallest elements along a dimension, which disappears.
  ///
  /// @param k from 1 up to the size of the dimension
  /// @param dim to look along
  /// @return values and where they stand
  default ValuesIndices kthvalue(long k, int dim) {
    return kthvalue(k, dim, false);
  }

  /// The `k`-th smallest elements along a dimension.
  ///
  /// @param k from 1 up to the size of the dimension
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return values and where they stand
  /// @throws IllegalArgumentException if `k` is out of range
  default ValuesIndices kthvalue(long k, int dim, boolean keepdim) {
    return Sorting.kth(self(), k, Shapes.dim("kthvalue", dim, self().shape), keepdim);
  }

  /// The median of all elements, the lower one of two; NaN where one is among them. Elements equal
  /// to it share the gradient.
  ///
  /// @return a scalar, NaN of no elements
  default Tensor median() {
    return new Sorting.Median(false).apply(Sorting.notEmpty("median", self()));
  }

  /// The medians along a dimension, which disappears.
  ///
  /// @param dim to look along
  /// @return values and where they stand
  default ValuesIndices median(int dim) {
    return median(dim, false);
  }

  /// The medians along a dimension, the lower one of two; NaN where one is among them.
  ///
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return values and where they stand
  /// @throws ShapeException if there is nothing to choose from
  default ValuesIndices median(int dim, boolean keepdim) {
    int along = Shapes.dim("median", dim, self().shape);
    return Sorting.median("median", self(), along, keepdim, false);
  }

  /// The median of all elements that are not NaN, the lower one of two.
  ///
  /// @return a scalar, NaN where there is no other element
  default Tensor nanmedian() {
    return new Sorting.Median(true).apply(Sorting.notEmpty("nanmedian", self()));
  }

  /// The medians along a dimension of the elements that are not NaN, the lower one of two.
  ///
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @return values and where they stand
  /// @throws ShapeException if there is nothing to choose from
  default ValuesIndices nanmedian(int dim, boolean keepdim) {
    int along = Shapes.dim("nanmedian", dim, self().shape);
    return Sorting.median("nanmedian", self(), along, keepdim, true);
  }

  /// The `q`-quantile of all elements, interpolated linearly; floating dtypes.
  ///
  /// @param q from 0 to 1
  /// @return a scalar
  default Tensor quantile(double q) {
    return Quantiles.all("quantile", self(), q, Interpolation.LINEAR);
  }

  /// The `q`-quantiles along a dimension; NaN where one is among the elements. Floating dtypes.
  ///
  /// @param q from 0 to 1
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @param interpolation between two neighbors in the sorted order
  /// @return a new tensor
  /// @throws IllegalArgumentException if `q` is not from 0 to 1
  /// @throws ShapeException if there is nothing to choose from
  default Tensor quantile(double q, int dim, boolean keepdim, Interpolation interpolation) {
    return Quantiles.one("quantile", self(), q, dim, keepdim, interpolation);
  }

  /// Several quantiles along a dimension; they make a new first dimension. Floating dtypes.
  ///
  /// @param q a vector of numbers from 0 to 1, of the dtype of this
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @param interpolation between two neighbors in the sorted order
  /// @return a new tensor
  /// @throws IllegalArgumentException if a `q` is not from 0 to 1
  /// @throws ShapeException if `q` is not a vector, or there is nothing to choose from
  default Tensor quantile(Tensor q, int dim, boolean keepdim, Interpolation interpolation) {
    return Quantiles.several("quantile", self(), q, dim, keepdim, interpolation);
  }

  /// The `q`-quantile of all elements that are not NaN, interpolated linearly; floating dtypes.
  ///
  /// @param q from 0 to 1
  /// @return a scalar, NaN where there is no other element
  default Tensor nanquantile(double q) {
    return Quantiles.all("nanquantile", self(), q, Interpolation.LINEAR);
  }

  /// The `q`-quantiles along a dimension of the elements that are not NaN; floating dtypes.
  ///
  /// @param q from 0 to 1
  /// @param dim to look along
  /// @param keepdim keeps it with size 1
  /// @param interpolation between two neighbors in the sorted order
  /// @return a new tensor, NaN where there is no other element
  /// @throws IllegalArgumentException if `q` is not from 0 to 1
  /// @throws ShapeException if there is nothing to choose from
  default Tensor nanquantile(double q, int dim, boolean keepdim, Interpolation interpolation) {
    return Quantiles.one("nanquantile", self(), q, dim, keepdim, interpolation);
  }
}
