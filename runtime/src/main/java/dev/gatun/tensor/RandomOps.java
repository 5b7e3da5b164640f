package dev.gatun.tensor;

/// Random draws by the numbers of this tensor, and random numbers in place. Results belong to the
/// current scope; they have no gradient. A draw depends on the generator's seed and on how much was
/// drawn before, never on the number of threads; where no generator is given it is
/// [Generator#shared()].
public sealed interface RandomOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// 0 or 1 for each element, 1 with the probability that the element is; F32 or F64.
  ///
  /// @return a new tensor of this shape and dtype
  /// @throws IllegalArgumentException if an element is not from 0 to 1
  default Tensor bernoulli() {
    return bernoulli(Generator.shared());
  }

  /// As [#bernoulli()].
  ///
  /// @param generator advanced by the draw
  /// @return a new tensor of this shape and dtype
  /// @throws IllegalArgumentException if an element is not from 0 to 1
  default Tensor bernoulli(Generator generator) {
    return Sampling.bernoulli(generator, self());
  }

  /// Every element becomes 1 with probability `p`, else 0; any dtype.
  ///
  /// @param p from 0 to 1
  /// @return this
  default Tensor bernoulli_(double p) {
    return bernoulli_(Generator.shared(), p);
  }

  /// As [#bernoulli_(double)].
  ///
  /// @param generator advanced by the draw
  /// @param p from 0 to 1
  /// @return this
  default Tensor bernoulli_(Generator generator, double p) {
    return Sampling.bernoulli_(generator, self(), p);
  }

  /// Every element becomes 1 with the probability in `p`, else 0; any dtype.
  ///
  /// @param p F32 or F64, from 0 to 1; broadcasts to the shape of this
  /// @return this
  default Tensor bernoulli_(Tensor p) {
    return bernoulli_(Generator.shared(), p);
  }

  /// As [#bernoulli_(Tensor)].
  ///
  /// @param generator advanced by the draw
  /// @param p F32 or F64, from 0 to 1; broadcasts to the shape of this
  /// @return this
  default Tensor bernoulli_(Generator generator, Tensor p) {
    return Sampling.bernoulli_(generator, self(), p);
  }

  /// Every element from the exponential distribution of rate 1; F32 or F64.
  ///
  /// @return this
  default Tensor exponential_() {
    return exponential_(Generator.shared(), 1);
  }

  /// Every element from the exponential distribution; F32 or F64.
  ///
  /// @param generator advanced by the draw
  /// @param rate one over the mean, positive: PyTorch's `lambd`
  /// @return this
  default Tensor exponential_(Generator generator, double rate) {
    return Sampling.exponential_(generator, self(), rate);
  }

  /// As [InPlaceOps#uniform_(Generator, double, double)].
  ///
  /// @param low included
  /// @param high excluded
  /// @return this
  default Tensor uniform_(double low, double high) {
    return self().uniform_(Generator.shared(), low, high);
  }

  /// As [InPlaceOps#normal_(Generator, double, double)].
  ///
  /// @param mean of the distribution
  /// @param std standard deviation, not negative
  /// @return this
  default Tensor normal_(double mean, double std) {
    return self().normal_(Generator.shared(), mean, std);
  }

  /// Categories without replacement, by the weights of this; see [#multinomial(Generator, long,
  /// boolean)].
  ///
  /// @param samples draws per row
  /// @return a new tensor of I64
  default Tensor multinomial(long samples) {
    return multinomial(Generator.shared(), samples, false);
  }

  /// As [#multinomial(Generator, long, boolean)].
  ///
  /// @param samples draws per row
  /// @param replacement whether a category may be drawn again
  /// @return a new tensor of I64
  default Tensor multinomial(long samples, boolean replacement) {
    return multinomial(Generator.shared(), samples, replacement);
  }

  /// Categories drawn by the weights in each row of this, which need not sum to 1.
  ///
  /// | operand | shape |
  /// |---------|-------|
  /// | this    | `[n]` or `[rows, n]`, F32 or F64 |
  /// | result  | `[samples]` or `[rows, samples]`, I64 |
  ///
  /// Without replacement those of weight 0 come only when no other is left.
  ///
  /// @param generator advanced by the draw
  /// @param samples draws per row
  /// @param replacement whether a category may be drawn again
  /// @return a new tensor of I64
  /// @throws IllegalArgumentException if a weight is negative or not finite, if all of a row are 0,
  ///   or if there are fewer categories than draws without replacement
  default Tensor multinomial(Generator generator, long samples, boolean replacement) {
    return Sampling.multinomial(generator, self(), samples, replacement);
  }
}
