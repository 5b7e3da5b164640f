package dev.gatun.tensor;

import dev.gatun.kernel.RandomKernels;
import dev.gatun.kernel.UnaryKernels;
import dev.gatun.memory.DType;

/// Operations that change this tensor and return it; their names end in an underscore, as in
/// PyTorch. Operands broadcast to the shape of this.
///
/// They are recorded as their twins without underscore are: this, its base where it is a view, and
/// everything else that shares its memory become results of the operation. Only where backward
/// needs the old values is memory allocated, for a copy of them. A leaf that requires a gradient,
/// and a view of one, cannot be changed unless [NoGrad] is open: that is an
/// [IllegalStateException], and so is a backward over a tensor that was changed since it was saved.
public sealed interface InPlaceOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this = -this`.
  ///
  /// @return this
  default Tensor neg_() {
    DType dtype = InPlace.number("neg_", self(), self());
    return InPlace.unary("neg_", new Pointwise.Neg(), UnaryKernels.neg(dtype), self());
  }

  /// `this = √this`; floating dtypes.
  ///
  /// @return this
  default Tensor sqrt_() {
    DType dtype = Arithmetic.floating("sqrt_", self(), self());
    return InPlace.unary("sqrt_", new Pointwise.Sqrt(), UnaryKernels.sqrt(dtype), self());
  }

  /// `this = max(this, 0)`.
  ///
  /// @return this
  default Tensor relu_() {
    DType dtype = InPlace.number("relu_", self(), self());
    return InPlace.unary("relu_", new Pointwise.Relu(), UnaryKernels.relu(dtype), self());
  }

  /// Every element to 0; any dtype.
  ///
  /// @return this
  default Tensor zero_() {
    return fill_(0);
  }

  /// Every element to one value; any dtype.
  ///
  /// @param value converted to the dtype
  /// @return this
  default Tensor fill_(double value) {
    return InPlace.fill("fill_", self(), value);
  }

  /// Every element from `source`, converted to the dtype of this.
  ///
  /// @param source any dtype
  /// @return this
  default Tensor copy_(Tensor source) {
    Tensor y = self();
    InPlace.requireFits("copy_", y, source);
    return InPlace.apply(
        "copy_",
        new InPlaceRecords.CopyFrom(source.dtype),
        () -> Raw.copy(InPlace.apart(y, source), y),
        y,
        source);
  }

  /// Every element from the uniform distribution on `[low, high)`; F32 or F64.
  ///
  /// @param generator advanced by the draw
  /// @param low included
  /// @param high excluded
  /// @return this
  default Tensor uniform_(Generator generator, double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "uniform_: low must not exceed high: %s and %s".formatted(low, high));
    }
    return generator.fill(
        "uniform_",
        self(),
        (y, to, seed, counter) ->
            RandomKernels.uniform(y.dtype, to, y.offset, y.numel, low, high, seed, counter));
  }

  /// Every element from the normal distribution; F32 or F64.
  ///
  /// @param generator advanced by the draw
  /// @param mean of the distribution
  /// @param std standard deviation, not negative
  /// @return this
  default Tensor normal_(Generator generator, double mean, double std) {
    if (!(std >= 0)) {
      throw new IllegalArgumentException("normal_: std must not be negative: " + std);
    }
    return generator.fill(
        "normal_",
        self(),
        (y, to, seed, counter) ->
            RandomKernels.normal(y.dtype, to, y.offset, y.numel, mean, std, seed, counter));
  }
}
