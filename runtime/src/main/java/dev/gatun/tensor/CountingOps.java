package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// Which values there are, how many of each, and where they belong. Results have no gradient and
/// belong to the current scope.
public sealed interface CountingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The distinct elements in ascending order. Every NaN is distinct. Any dtype but BF16 and F16.
  ///
  /// @return a vector
  default Tensor unique() {
    return uniqueAll().values();
  }

  /// The distinct slices along a dimension in ascending order, by their first elements that differ.
  ///
  /// @param dim to look along
  /// @return a new tensor
  default Tensor unique(int dim) {
    return uniqueAll(dim).values();
  }

  /// The distinct elements in ascending order, which one each element is, and how often each
  /// occurs: PyTorch's `unique` with `return_inverse` and `return_counts`.
  ///
  /// @return values, inverse of the shape of this, counts
  default Unique uniqueAll() {
    return Counting.elements("unique", self(), false);
  }

  /// The distinct slices along a dimension in ascending order, which one each slice is, and how
  /// often each occurs.
  ///
  /// @param dim to look along
  /// @return values, inverse of the size of `dim`, counts
  default Unique uniqueAll(int dim) {
    return Counting.slices("unique", self(), Shapes.dim("unique", dim, self().shape), false);
  }

  /// The elements in row-major order without those that repeat the one before them.
  ///
  /// @return values, inverse of the shape of this, counts
  default Unique uniqueConsecutive() {
    return Counting.elements("uniqueConsecutive", self(), true);
  }

  /// The slices along a dimension without those that repeat the one before them.
  ///
  /// @param dim to look along
  /// @return values, inverse of the size of `dim`, counts
  default Unique uniqueConsecutive(int dim) {
    int along = Shapes.dim("uniqueConsecutive", dim, self().shape);
    return Counting.slices("uniqueConsecutive", self(), along, true);
  }

  /// How often each integer from 0 on occurs in this vector.
  ///
  /// @return I64, as long as the largest of them requires
  default Tensor bincount() {
    return bincount(null, 0);
  }

  /// How often each integer from 0 on occurs in this vector, or the sum of its weights.
  ///
  /// @param weights one for each element, or null for 1 each
  /// @param minlength length of the result at least
  /// @return I64, or with weights F32 where these are, else F64
  /// @throws ShapeException if this is not a vector or the weights have another length
  /// @throws IllegalArgumentException if an element or `minlength` is negative
  default Tensor bincount(@Nullable Tensor weights, long minlength) {
    return Counting.bincount(self(), weights, minlength);
  }

  /// How many elements are in each of `bins` equal parts of their range; F32 or F64.
  ///
  /// @param bins number of parts
  /// @return counts in the dtype of this
  default Tensor histc(int bins) {
    return histc(bins, 0, 0);
  }

  /// How many elements are in each of `bins` equal parts of a range, the last of which includes its
  /// end. What is outside is not counted. F32 or F64.
  ///
  /// @param bins number of parts
  /// @param min start of the range
  /// @param max its end; where it is `min` too, the range of the elements is taken
  /// @return counts in the dtype of this
  /// @throws IllegalArgumentException if there are no bins, or the range is empty or infinite
  default Tensor histc(int bins, double min, double max) {
    return Counting.histc(self(), bins, min, max);
  }

  /// Where values belong in this ascending vector, or in the rows of this: the number of elements
  /// that are below each value.
  ///
  /// @param values of the dtype of this; where this is no vector, of its shape but in the last dim
  /// @param right counts elements that are equal, too
  /// @return I64 of the shape of `values`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ
  default Tensor searchsorted(Tensor values, boolean right) {
    return Counting.search("searchsorted", self(), values, right);
  }

  /// Which of the buckets between ascending boundaries each element is in.
  ///
  /// @param boundaries a vector of the dtype of this
  /// @param right puts an element that is equal to a boundary into the bucket behind it
  /// @return I64 of the shape of this
  /// @throws ShapeException if `boundaries` is not a vector
  /// @throws DTypeException if the dtypes differ
  default Tensor bucketize(Tensor boundaries, boolean right) {
    if (boundaries.shape.length != 1) {
      throw new ShapeException(
          "bucketize: boundaries must be a vector, got " + Shapes.format(boundaries.shape));
    }
    return Counting.search("bucketize", boundaries, self(), right);
  }
}
