package dev.gatun.tensor;

import java.util.Arrays;

/// Elements by position. Indices are I64 (I32 and U8 are converted), from 0 up to the size of the
/// dimension; results belong to the current scope.
public sealed interface IndexingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `y[i][j][k] = x[index[i][j][k]][j][k]`, for dim 0 of three.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than this in the other dimensions
  /// @return a new tensor of the shape of `index`
  /// @throws ShapeException if the shapes do not fit
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor gather(int dim, Tensor index) {
    Tensor x = self();
    boolean fits = index.shape.length == x.shape.length;
    if (fits && x.shape.length == 0) {
      return x.view(1).gather(dim, index.view(1)).view();
    }
    int at = fits ? Shapes.dim("gather", dim, x.shape) : 0;
    for (int i = 0; fits && i < x.shape.length; i++) {
      fits = i == at || index.shape[i] <= x.shape[i];
    }
    if (!fits) {
      throw new ShapeException(
          "gather: index %s does not fit %s; same rank, and no larger but in dim %d"
              .formatted(Shapes.format(index.shape), Shapes.format(x.shape), dim));
    }
    return new Indexing.Gather(at).apply(x, Indexing.index("gather", index));
  }

  /// Whole slices along one dimension, in the order of `index`.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector, or a scalar for one of size 1
  /// @return a new tensor with the size of `index` in `dim`
  /// @throws ShapeException if `index` is not a vector
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor indexSelect(int dim, Tensor index) {
    Tensor x = self();
    if (index.shape.length == 1 && x.shape.length == 0 && index.numel == 1) {
      return x.view(1).indexSelect(dim, index).view();
    }
    if (index.shape.length > 1 || x.shape.length == 0) {
      throw new ShapeException(
          "indexSelect: needs a vector of indices, got index %s for %s"
              .formatted(Shapes.format(index.shape), Shapes.format(x.shape)));
    }
    int at = Shapes.dim("indexSelect", dim, x.shape);
    return new Indexing.IndexSelect(at).apply(x, Indexing.index("indexSelect", index));
  }

  /// The elements at any positions of the tensor seen as a vector.
  ///
  /// @param index positions in row-major order, counted from the back when negative
  /// @return a new tensor of the shape of `index`
  /// @throws IndexOutOfBoundsException if an index is not below [Tensor#numel()]
  default Tensor take(Tensor index) {
    Tensor x = self();
    Tensor flat = Indexing.index("take", index).reshape(-1);
    return Indexer.of("take", x.reshape(x.numel), Index.of(flat)).get().view(index.shape);
  }

  /// As [#gather] with everything but `dim` broadcast: takes what [ReductionOps#argmax] and its
  /// like found.
  ///
  /// @param index of the rank of this
  /// @param dim the dimension that `index` is a position in
  /// @return a new tensor
  /// @throws ShapeException if the ranks differ, or the shapes do not broadcast
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor takeAlongDim(Tensor index, int dim) {
    Tensor x = self();
    if (index.shape.length != x.shape.length) {
      throw new ShapeException(
          "takeAlongDim: ranks differ: %s and %s"
              .formatted(Shapes.format(x.shape), Shapes.format(index.shape)));
    }
    int at = Shapes.axis("takeAlongDim", dim, x.shape);
    long[] own = Shapes.with(x.shape, at, 1);
    long[] others = Shapes.broadcast("takeAlongDim", own, Shapes.with(index.shape, at, 1));
    Tensor places = index.expand(Shapes.with(others, at, index.shape[at]));
    return x.expand(Shapes.with(others, at, x.shape[at])).gather(at, places);
  }

  /// As [#takeAlongDim(Tensor, int)] of both seen as vectors.
  ///
  /// @param index positions in row-major order
  /// @return a vector
  default Tensor takeAlongDim(Tensor index) {
    return self().flatten().takeAlongDim(index.flatten(), 0);
  }

  /// NumPy's indexing: `x.at(Index.ellipsis(), Index.slice(1, 5, 2), Index.of(3))` is Python's
  /// `x[..., 1:5:2, 3]`. Dimensions that are not named stay whole.
  ///
  /// @param index one place for each dimension from the first on; see [Index]
  /// @return a view, or a new tensor where a tensor or mask is among the places
  /// @throws ShapeException if there are too many places, tensors do not broadcast, or a mask does
  ///   not fit
  /// @throws DTypeException if a tensor is not an index
  /// @throws IndexOutOfBoundsException if a position is out of range
  @SuppressWarnings("ReferenceEquality") // whether the tensor itself came back
  default Tensor at(Index... index) {
    Tensor x = self();
    if (index.length == 1
        && index[0] instanceof Index.Mask(Tensor mask)
        && mask.shape.length > 0
        && Arrays.equals(mask.shape, x.shape)) {
      return x.maskedSelect(mask);
    }
    Tensor y = Indexer.of("at", x, index).get();
    return y == x ? x.view(x.shape) : y;
  }

  /// Assigns to what [#at] would return: `x.put_(y, Index.of(rows))` is Python's `x[rows] = y`.
  /// Where a place is indexed more than once the last value stays.
  ///
  /// @param value broadcast, and converted to the dtype of this
  /// @param index one place for each dimension from the first on; see [Index]
  /// @return this
  /// @throws ShapeException as [#at], or if the value does not broadcast
  /// @throws IndexOutOfBoundsException if a position is out of range
  default Tensor put_(Tensor value, Index... index) {
    Indexer.of("put_", self(), index).put(value, false);
    return self();
  }

  /// Assigns one value: `x.put_(0, Index.mask(m))` is Python's `x[m] = 0`.
  ///
  /// @param value converted to the dtype of this
  /// @param index one place for each dimension from the first on; see [Index]
  /// @return this
  default Tensor put_(double value, Index... index) {
    return put_(Tensor.scalar(self().dtype, value), index);
  }

  /// As [#put_(Tensor, Index...)], adding the value; where a place is indexed more than once all
  /// are added.
  ///
  /// @param value broadcast, and converted to the dtype of this
  /// @param index one place for each dimension from the first on; see [Index]
  /// @return this
  default Tensor putAdd_(Tensor value, Index... index) {
    Indexer.of("putAdd_", self(), index).put(value, true);
    return self();
  }

  /// A copy of this to which [#put_(Tensor, Index...)] is done.
  ///
  /// @param value broadcast, and converted to the dtype of this
  /// @param index one place for each dimension from the first on; see [Index]
  /// @return a new tensor
  default Tensor put(Tensor value, Index... index) {
    Tensor y = self().copy();
    Indexer.of("put", y, index).put(value, false);
    return y;
  }

  /// A copy of this to which [#putAdd_(Tensor, Index...)] is done.
  ///
  /// @param value broadcast, and converted to the dtype of this
  /// @param index one place for each dimension from the first on; see [Index]
  /// @return a new tensor
  default Tensor putAdd(Tensor value, Index... index) {
    Tensor y = self().copy();
    Indexer.of("putAdd", y, index).put(value, true);
    return y;
  }

  /// One element.
  ///
  /// @param index one position per dimension, counted from the back when negative
  /// @return its value; I64 beyond 2^53 loses digits
  default double get(long... index) {
    return element("get", index).item();
  }

  /// Sets one element, in place.
  ///
  /// @param value converted to the dtype
  /// @param index one position per dimension, counted from the back when negative
  /// @return this
  default Tensor set_(double value, long... index) {
    Tensor at = element("set_", index);
    InPlace.requireDistinct("set_", self());
    InPlace.fill("set_", at, value);
    return self();
  }

  private Tensor element(String op, long[] index) {
    Tensor x = self();
    if (index.length != x.shape.length) {
      throw new ShapeException(
          "%s: %d indices for shape %s".formatted(op, index.length, Shapes.format(x.shape)));
    }
    long at = x.offset;
    for (int i = 0; i < index.length; i++) {
      long size = x.shape[i];
      if (index[i] < -size || index[i] >= size) {
        throw new IndexOutOfBoundsException(
            "%s: index %d out of range for shape %s (dim %d: expected %d..%d)"
                .formatted(op, index[i], Shapes.format(x.shape), i, -size, size - 1));
      }
      at += (index[i] < 0 ? index[i] + size : index[i]) * x.strides[i];
    }
    return Raw.view(x, Shapes.SCALAR, Shapes.SCALAR, at);
  }
}
