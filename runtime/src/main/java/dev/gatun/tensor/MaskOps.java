package dev.gatun.tensor;

/// Elements where a condition holds. Masks are BOOL; results belong to the current scope.
public sealed interface MaskOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The elements where a mask is true, in row-major order. Backward puts them back among zeros.
  ///
  /// @param mask BOOL; this and the mask broadcast
  /// @return a vector
  /// @throws ShapeException if the shapes do not broadcast
  /// @throws DTypeException if the mask is not BOOL
  default Tensor maskedSelect(Tensor mask) {
    Masking.mask("maskedSelect", mask);
    long[] shape = Shapes.broadcast("maskedSelect", self().shape, mask.shape);
    return new Masking.MaskedSelect().apply(self().expand(shape), mask.expand(shape));
  }

  /// This, with the elements of `source`, in row-major order, where a mask is true.
  ///
  /// @param mask BOOL, broadcast to the shape of this
  /// @param source of the dtype of this, with at least as many elements as the mask has places
  /// @return a new tensor of the shape of this
  /// @throws ShapeException if the mask does not broadcast, or the source is too small
  /// @throws DTypeException if the mask is not BOOL, or the dtypes differ
  default Tensor maskedScatter(Tensor mask, Tensor source) {
    Masking.mask("maskedScatter", mask);
    Arithmetic.same("maskedScatter", self(), source);
    long[] shape = Shapes.broadcast("maskedScatter", self().shape, mask.shape);
    return new Masking.MaskedScatter().apply(self().expand(shape), mask.expand(shape), source);
  }

  /// The indices of all elements that are not 0, in row-major order. NaN is not 0.
  ///
  /// @return I64 `[n, dim()]`, one row for each
  default Tensor nonzero() {
    return Masking.nonzero(self());
  }

  /// As [#nonzero()]: NumPy's name for it.
  ///
  /// @return I64 `[n, dim()]`
  default Tensor argwhere() {
    return nonzero();
  }

  /// As [#nonzero()], one vector for each dimension: PyTorch's `as_tuple=True`, and what
  /// [IndexingOps#at] takes.
  ///
  /// @return I64 vectors of one length
  default Tensor[] nonzeroTuple() {
    Tensor x = self().dim() == 0 ? self().view(1) : self();
    return x.nonzero().unbind(1);
  }
}
