package dev.gatun.tensor;

/// Elements put where an index says. Each method returns a changed copy and leaves this as it is.
/// Indices are I64 (I32 and U8 are converted), from 0 up to the size of the dimension; the source
/// has the dtype of this. Any dtype; BF16 and F16 are combined as F32. Results belong to the
/// current scope.
public sealed interface ScatterOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `y = this; y[index[i][j][k]][j][k] = source[i][j][k]`, for dim 0 of three. Where several
  /// elements go to one place the last one stays.
  ///
  /// Backward: that of this is 0 where something was put, that of `source` is `g.gather(dim,
  /// index)`, right only where no place is used twice.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than `source`, nor than this in other dimensions
  /// @param source what is put there; what the index does not reach is ignored
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ, or `index` is not an index
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor scatter(int dim, Tensor index, Tensor source) {
    ScatterArguments to = ScatterArguments.of("scatter", self(), dim, index, source);
    return to.shaped(new Scatters.Scatter(to.dim()).apply(to.x(), to.index(), to.source()));
  }

  /// As [#scatter(int, Tensor, Tensor)] with one value for all places.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than this in other dimensions
  /// @param value converted to the dtype of this
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if the shapes do not fit
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor scatter(int dim, Tensor index, double value) {
    return scatter(dim, index, Tensor.scalar(self().dtype, value).expand(index.shape));
  }

  /// `y = this; y[index[i][j][k]][j][k] += source[i][j][k]`, for dim 0 of three, in order.
  ///
  /// Backward: `g`, and `g.gather(dim, index)` for `source`.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than `source`, nor than this in other dimensions
  /// @param source what is added; what the index does not reach is ignored
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ, or `index` is not an index
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor scatterAdd(int dim, Tensor index, Tensor source) {
    ScatterArguments to = ScatterArguments.of("scatterAdd", self(), dim, index, source);
    return to.shaped(new Scatters.ScatterAdd(to.dim()).apply(to.x(), to.index(), to.source()));
  }

  /// `y = this; y[index[i]] += source[i]` along `dim`, whole slices at a time, in order.
  ///
  /// Backward: `g`, and `g.indexSelect(dim, index)` for `source`.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param source of the shape of this, but with the size of `index` in `dim`
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ, or `index` is not an index
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor indexAdd(int dim, Tensor index, Tensor source) {
    int at = ScatterArguments.slices("indexAdd", self(), dim, index, source);
    return new Scatters.IndexAdd(at).apply(self(), Indexing.index("indexAdd", index), source);
  }

  /// As [#indexAdd(int, Tensor, Tensor)] with `alpha source`.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param source of the shape of this, but with the size of `index` in `dim`
  /// @param alpha factor of what is added
  /// @return a new tensor of the shape of this
  default Tensor indexAdd(int dim, Tensor index, Tensor source, double alpha) {
    ScatterArguments.slices("indexAdd", self(), dim, index, source);
    return indexAdd(dim, index, source.mul(alpha));
  }

  /// `y = this; y[index[i]] = source[i]` along `dim`, whole slices at a time; the last one stays.
  ///
  /// Backward: `g` with 0 where something was put, and `g.indexSelect(dim, index)` for `source`.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param source of the shape of this, but with the size of `index` in `dim`
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ, or `index` is not an index
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor indexCopy(int dim, Tensor index, Tensor source) {
    int at = ScatterArguments.slices("indexCopy", self(), dim, index, source);
    return new Scatters.IndexCopy(at).apply(self(), Indexing.index("indexCopy", index), source);
  }

  /// `y = this; y[index[i]] = value` along `dim`, whole slices at a time.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param value converted to the dtype of this
  /// @return a new tensor of the shape of this
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor indexFill(int dim, Tensor index, double value) {
    return indexFill(dim, index, Tensor.scalar(self().dtype, value));
  }

  /// As [#indexFill(int, Tensor, double)] with a value that may need a gradient.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param value a scalar of the dtype of this
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if `value` is not a scalar, or `index` not a vector
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor indexFill(int dim, Tensor index, Tensor value) {
    long[] shape = ScatterArguments.filled("indexFill", self(), dim, index, value);
    Tensor source = value.expand(shape);
    int at = ScatterArguments.slices("indexFill", self(), dim, index, source);
    return new Scatters.IndexCopy(at).apply(self(), Indexing.index("indexFill", index), source);
  }

  /// As [#scatterReduce(int, Tensor, Tensor, ScatterReduction, boolean)], with the elements of this
  /// among those that are combined.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than `source`, nor than this in other dimensions
  /// @param source what is combined
  /// @param reduction how
  /// @return a new tensor of the shape of this
  default Tensor scatterReduce(int dim, Tensor index, Tensor source, ScatterReduction reduction) {
    return scatterReduce(dim, index, source, reduction, true);
  }

  /// Every place of `y = this` that `index` names, as in [#scatterAdd], becomes the sum, product,
  /// mean, largest or smallest of the elements of `source` that go there. NaN wins in AMAX and
  /// AMIN, whose ties share the gradient; the mean of integers is rounded down.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than `source`, nor than this in other dimensions
  /// @param source what is combined; what the index does not reach is ignored
  /// @param reduction how
  /// @param includeSelf whether the element of this that was there takes part
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ, or `index` is not an index
  /// @throws IndexOutOfBoundsException if an index is negative or too large
  default Tensor scatterReduce(
      int dim, Tensor index, Tensor source, ScatterReduction reduction, boolean includeSelf) {
    ScatterArguments to = ScatterArguments.of("scatterReduce", self(), dim, index, source);
    var op = new ScatterReduces.ScatterReduce(reduction, to.dim(), includeSelf);
    return to.shaped(op.apply(to.x(), to.index(), to.source()));
  }

  // Into views

  /// `y = this; y.select(dim, index) = source`.
  ///
  /// @param source of the shape of that view, or broadcast to it
  /// @param dim may be negative
  /// @param index position, counted from the back when negative
  /// @return a new tensor of the shape of this
  default Tensor selectScatter(Tensor source, int dim, long index) {
    Tensor y = self().copy();
    Tensor _ = y.select(dim, index).copy_(source);
    return y;
  }

  /// `y = this; y.slice(dim, start, end, step) = source`.
  ///
  /// @param source of the shape of that view, or broadcast to it
  /// @param dim may be negative
  /// @param start first position, counted from the back when negative
  /// @param end excluded, counted from the back when negative
  /// @param step at least 1
  /// @return a new tensor of the shape of this
  default Tensor sliceScatter(Tensor source, int dim, long start, long end, long step) {
    Tensor y = self().copy();
    Tensor _ = y.slice(dim, start, end, step).copy_(source);
    return y;
  }

  /// `y = this; y.diagonal(shift, dim0, dim1) = source`.
  ///
  /// @param source of the shape of that view, or broadcast to it
  /// @param shift above the main diagonal when positive, below when negative
  /// @param dim0 rows
  /// @param dim1 columns
  /// @return a new tensor of the shape of this
  default Tensor diagonalScatter(Tensor source, long shift, int dim0, int dim1) {
    Tensor y = self().copy();
    Tensor _ = y.diagonal(shift, dim0, dim1).copy_(source);
    return y;
  }
}
