package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// More ways to make one tensor of several, grids, and the places of triangles: static methods of
/// [Tensor].
abstract sealed class JoiningFactories extends LinearAlgebraFactories permits LikeFactories {
  JoiningFactories() {}

  /// Joins tensors side by side: vectors one after the other, others along dim 1.
  ///
  /// @param tensors at least one; a scalar counts as a vector
  /// @return a new tensor
  public static Tensor hstack(Tensor... tensors) {
    Tensor[] rows = Joining.atLeast("hstack", 1, tensors);
    return Tensor.cat(rows[0].shape.length == 1 ? 0 : 1, rows);
  }

  /// Joins tensors one below the other, along dim 0.
  ///
  /// @param tensors at least one; a vector counts as a row
  /// @return a new tensor
  public static Tensor vstack(Tensor... tensors) {
    return Tensor.cat(0, Joining.atLeast("vstack", 2, tensors));
  }

  /// Joins tensors one behind the other, along dim 2.
  ///
  /// @param tensors at least one; a vector counts as `[1,n,1]`, a matrix as `[m,n,1]`
  /// @return a new tensor
  public static Tensor dstack(Tensor... tensors) {
    return Tensor.cat(2, Joining.atLeast("dstack", 3, tensors));
  }

  /// Joins tensors along dim 1.
  ///
  /// @param tensors at least one; a vector counts as a column
  /// @return a new tensor
  public static Tensor columnStack(Tensor... tensors) {
    return Tensor.cat(1, Joining.columns(tensors));
  }

  /// Tensors of one shape, by NumPy's broadcasting rule.
  ///
  /// @param tensors any number
  /// @return views, in order
  /// @throws ShapeException if the shapes do not broadcast
  public static Tensor[] broadcastTensors(Tensor... tensors) {
    return Joining.broadcast("broadcastTensors", tensors);
  }

  /// As [#meshgrid(boolean, Tensor...)] with dim `i` for vector `i`: PyTorch's `indexing="ij"`.
  ///
  /// @param vectors the coordinates
  /// @return views, one for each vector
  public static Tensor[] meshgrid(Tensor... vectors) {
    return meshgrid(false, vectors);
  }

  /// The coordinates of all points of a grid.
  ///
  /// @param xy whether the first two dimensions are the other way round: PyTorch's `indexing="xy"`
  /// @param vectors the coordinates along each dim, of one dtype; a scalar counts as a vector
  /// @return views, one for each vector, in which it runs along its dim and repeats along others
  /// @throws ShapeException if one has more than one dimension
  public static Tensor[] meshgrid(boolean xy, Tensor... vectors) {
    return Joining.meshgrid(xy, vectors);
  }

  /// Every combination of one element of each vector, the last one running fastest.
  ///
  /// @param vectors at least one, of one dtype
  /// @return shape `[n1 n2 …, vectors]`, or that of a single vector
  /// @throws ShapeException if one is not a vector
  public static Tensor cartesianProd(Tensor... vectors) {
    return Joining.cartesianProd(vectors);
  }

  /// Every choice of `r` elements of a vector, in order, none twice.
  ///
  /// @param vector any dtype
  /// @param r how many, 0 or more
  /// @return shape `[n over r, r]`
  /// @throws ShapeException if this is not a vector
  public static Tensor combinations(Tensor vector, int r) {
    return Joining.combinations(vector, r);
  }

  /// The places of the lower triangle of a matrix, row by row.
  ///
  /// @param rows of the matrix
  /// @param columns of the matrix
  /// @param shift the diagonal that belongs to it, above the main one when positive
  /// @return I64 `[2,n]`: rows, then columns
  public static Tensor trilIndices(long rows, long columns, long shift) {
    return Tensor.ones(DType.BOOL, rows, columns).tril(shift).nonzero().t().contiguous();
  }

  /// The places of the upper triangle of a matrix, row by row.
  ///
  /// @param rows of the matrix
  /// @param columns of the matrix
  /// @param shift the diagonal that belongs to it, above the main one when positive
  /// @return I64 `[2,n]`: rows, then columns
  public static Tensor triuIndices(long rows, long columns, long shift) {
    return Tensor.ones(DType.BOOL, rows, columns).triu(shift).nonzero().t().contiguous();
  }
}
