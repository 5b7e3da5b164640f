package dev.gatun.tensor;

/// Tensors in the shape of another, and normal numbers whose parameters are tensors: static methods
/// of [Tensor].
abstract sealed class LikeFactories extends JoiningFactories permits RandomFactories {
  LikeFactories() {}

  /// Memory as it comes, to be filled by the caller.
  ///
  /// @param x gives shape and dtype
  /// @return a new tensor
  public static Tensor emptyLike(Tensor x) {
    return Raw.emptyLike(x);
  }

  /// Zeros.
  ///
  /// @param x gives shape and dtype
  /// @return a new tensor
  public static Tensor zerosLike(Tensor x) {
    return Creation.zeros(x.dtype, x.shape);
  }

  /// Ones.
  ///
  /// @param x gives shape and dtype
  /// @return a new tensor
  public static Tensor onesLike(Tensor x) {
    return Creation.full(x.dtype, 1, x.shape);
  }

  /// One value everywhere.
  ///
  /// @param x gives shape and dtype
  /// @param value of every element, converted to the dtype
  /// @return a new tensor
  public static Tensor fullLike(Tensor x, double value) {
    return Creation.full(x.dtype, value, x.shape);
  }

  /// Uniform on `[0, 1)`, from the process's generator; F32 or F64.
  ///
  /// @param x gives shape and dtype
  /// @return a new tensor
  public static Tensor randLike(Tensor x) {
    return randLike(Generator.shared(), x);
  }

  /// Uniform on `[0, 1)`; F32 or F64.
  ///
  /// @param generator advanced by the draw
  /// @param x gives shape and dtype
  /// @return a new tensor
  public static Tensor randLike(Generator generator, Tensor x) {
    return Tensor.rand(generator, x.dtype, x.shape);
  }

  /// Standard normal, from the process's generator; F32 or F64.
  ///
  /// @param x gives shape and dtype
  /// @return a new tensor
  public static Tensor randnLike(Tensor x) {
    return randnLike(Generator.shared(), x);
  }

  /// Standard normal; F32 or F64.
  ///
  /// @param generator advanced by the draw
  /// @param x gives shape and dtype
  /// @return a new tensor
  public static Tensor randnLike(Generator generator, Tensor x) {
    return Tensor.randn(generator, x.dtype, x.shape);
  }

  /// Integers uniform on `[low, high)`, from the process's generator.
  ///
  /// @param x gives shape and dtype
  /// @param low included
  /// @param high excluded
  /// @return a new tensor
  public static Tensor randintLike(Tensor x, long low, long high) {
    return randintLike(Generator.shared(), x, low, high);
  }

  /// Integers uniform on `[low, high)`, in the dtype of `x`.
  ///
  /// @param generator advanced by the draw
  /// @param x gives shape and dtype
  /// @param low included
  /// @param high excluded
  /// @return a new tensor
  public static Tensor randintLike(Generator generator, Tensor x, long low, long high) {
    return Tensor.randint(generator, low, high, x.shape).to(x.dtype);
  }

  /// Normal numbers, from the process's generator.
  ///
  /// @param mean of each element
  /// @param std standard deviation of each element, not negative
  /// @return a new tensor
  public static Tensor normal(Tensor mean, Tensor std) {
    return normal(Generator.shared(), mean, std);
  }

  /// Normal numbers of different means and deviations, which broadcast; F32 or F64. No gradient.
  ///
  /// @param generator advanced by the draw
  /// @param mean of each element
  /// @param std standard deviation of each element, not negative
  /// @return a new tensor
  public static Tensor normal(Generator generator, Tensor mean, Tensor std) {
    return Sampling.normal(generator, mean, std);
  }

  /// Normal numbers, from the process's generator.
  ///
  /// @param mean of each element
  /// @param std standard deviation of each element, not negative; one for all
  /// @return a new tensor
  public static Tensor normal(Tensor mean, double std) {
    return normal(Generator.shared(), mean, std);
  }

  /// Normal numbers of different means and deviations, which broadcast; F32 or F64. No gradient.
  ///
  /// @param generator advanced by the draw
  /// @param mean of each element
  /// @param std standard deviation of each element, not negative; one for all
  /// @return a new tensor
  public static Tensor normal(Generator generator, Tensor mean, double std) {
    return Sampling.normal(generator, mean, Tensor.scalar(mean.dtype, std));
  }

  /// Normal numbers, from the process's generator.
  ///
  /// @param mean of each element; one for all
  /// @param std standard deviation of each element, not negative
  /// @return a new tensor
  public static Tensor normal(double mean, Tensor std) {
    return normal(Generator.shared(), mean, std);
  }

  /// Normal numbers of different means and deviations, which broadcast; F32 or F64. No gradient.
  ///
  /// @param generator advanced by the draw
  /// @param mean of each element; one for all
  /// @param std standard deviation of each element, not negative
  /// @return a new tensor
  public static Tensor normal(Generator generator, double mean, Tensor std) {
    return Sampling.normal(generator, Tensor.scalar(std.dtype, mean), std);
  }
}
