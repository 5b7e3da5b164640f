package dev.gatun.tensor;

import java.util.List;

/// Products of several tensors: static methods of [Tensor]. Results belong to the current scope.
abstract sealed class LinearAlgebraFactories permits JoiningFactories {
  LinearAlgebraFactories() {}

  /// Sums of products over labeled dimensions, by Einstein's convention.
  ///
  /// Each operand's dimensions are named by letters, `ij,jk->ik`; a label that is not in the result
  /// is summed over, one that repeats within an operand takes its diagonal. `...` stands for the
  /// dimensions without a letter, which broadcast. Without `->`, the result has the ellipsis, then
  /// every label that occurs once, in alphabetical order (upper case first). Spaces are ignored.
  ///
  /// Operands are multiplied from left to right, each two by one batched product, without a copy
  /// where their strides allow it. The result may be a permuted view of a new tensor.
  ///
  /// @param equation such as `bhqd,bhkd->bhqk`
  /// @param tensors of one dtype
  /// @return the result
  /// @throws IllegalArgumentException if the equation is malformed
  /// @throws ShapeException if it does not fit the shapes
  /// @throws DTypeException if the dtypes differ
  public static Tensor einsum(String equation, Tensor... tensors) {
    return Einsum.apply(equation, tensors);
  }

  /// As [#einsum(String, Tensor...)].
  ///
  /// @param equation such as `ij,jk->ik`
  /// @param tensors of one dtype
  /// @return the result
  public static Tensor einsum(String equation, List<Tensor> tensors) {
    return Einsum.apply(equation, tensors.toArray(Tensor[]::new));
  }

  /// Product of matrices in the order that takes the fewest multiplications.
  ///
  /// @param matrices at least two; the first may be a vector taken as a row, the last one taken as
  ///   a column
  /// @return a new tensor
  /// @throws ShapeException if one has another rank, or inner sizes differ
  public static Tensor multiDot(Tensor... matrices) {
    return Contraction.chain("multiDot", matrices);
  }

  /// Product of matrices in the order that takes the fewest multiplications.
  ///
  /// @param matrices at least two
  /// @return a new tensor
  /// @throws ShapeException if one is not a matrix, or inner sizes differ
  public static Tensor chainMatmul(Tensor... matrices) {
    for (Tensor x : matrices) {
      if (x.shape.length != 2) {
        throw new ShapeException(
            "chainMatmul: needs matrices, got %s".formatted(Shapes.format(x.shape)));
      }
    }
    return matrices.length == 1 ? matrices[0] : Contraction.chain("chainMatmul", matrices);
  }
}
