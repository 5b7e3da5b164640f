package dev.gatun.tensor;

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
    InPlace.check("set_", self());
    at.fill_(value);
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
