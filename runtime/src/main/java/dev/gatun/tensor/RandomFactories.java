package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// How random tensors are made: the static methods of [Tensor] that draw from a [Generator].
///
/// The result belongs to the innermost open scope of the calling thread, or to the garbage
/// collector when none is open. A draw depends on the generator's seed and on how much was drawn
/// before, never on the number of threads.
abstract sealed class RandomFactories extends LikeFactories permits ChoiceFactories {
  RandomFactories() {}

  /// Uniform on `[0, 1)`, F32, from the process's generator.
  ///
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor rand(long... shape) {
    return rand(Generator.shared(), DType.F32, shape);
  }

  /// Uniform on `[0, 1)`, F32.
  ///
  /// @param generator advanced by the draw
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor rand(Generator generator, long... shape) {
    return rand(generator, DType.F32, shape);
  }

  /// Uniform on `[0, 1)`.
  ///
  /// @param generator advanced by the draw
  /// @param dtype F32 or F64
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor rand(Generator generator, DType dtype, long... shape) {
    return Raw.empty("rand", dtype, shape.clone()).uniform_(generator, 0, 1);
  }

  /// Standard normal, F32, from the process's generator.
  ///
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor randn(long... shape) {
    return randn(Generator.shared(), DType.F32, shape);
  }

  /// Standard normal, F32.
  ///
  /// @param generator advanced by the draw
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor randn(Generator generator, long... shape) {
    return randn(generator, DType.F32, shape);
  }

  /// Standard normal.
  ///
  /// @param generator advanced by the draw
  /// @param dtype F32 or F64
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor randn(Generator generator, DType dtype, long... shape) {
    return Raw.empty("randn", dtype, shape.clone()).normal_(generator, 0, 1);
  }

  /// Integers uniform on `[low, high)`, I64, from the process's generator.
  ///
  /// @param low included
  /// @param high excluded
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor randint(long low, long high, long... shape) {
    return randint(Generator.shared(), low, high, shape);
  }

  /// Integers uniform on `[low, high)`, I64.
  ///
  /// @param generator advanced by the draw
  /// @param low included
  /// @param high excluded
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor randint(Generator generator, long low, long high, long... shape) {
    return generator.integers(Raw.empty("randint", DType.I64, shape.clone()), low, high);
  }

  /// A random order of `0 … n - 1`, I64, from the process's generator.
  ///
  /// @param n how many
  /// @return shape `[n]`
  public static Tensor randperm(long n) {
    return randperm(Generator.shared(), n);
  }

  /// A random order of `0 … n - 1`, I64.
  ///
  /// @param generator advanced by the draw
  /// @param n how many
  /// @return shape `[n]`
  public static Tensor randperm(Generator generator, long n) {
    return generator.permutation(Raw.empty("randperm", DType.I64, n));
  }
}
