package dev.gatun.tensor;

/// Copies of this tensor with its elements in another order, more often, or with others around
/// them. Any dtype; results belong to the current scope.
public sealed interface RearrangeOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The elements along `dims` in the opposite order; a copy, as in PyTorch.
  ///
  /// @param dims each once, may be negative; none given means none
  /// @return a new tensor of the same shape
  /// @throws ShapeException if a dim is out of range or given twice
  default Tensor flip(int... dims) {
    Tensor x = self();
    long[] at = dims.length == 0 ? Shapes.SCALAR : Shapes.dims("flip", dims, x.shape);
    return new Movement.Flip(Size.of(at)).apply(x);
  }
}
