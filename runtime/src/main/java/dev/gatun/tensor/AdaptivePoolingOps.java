package dev.gatun.tensor;

/// Poolings that are told the size of their result, and the way back from the largest elements.
/// Shapes and dtypes are those of [PoolingOps]; window `o` of `n` over `size` elements goes from
/// `⌊o size / n⌋` to before `⌈(o + 1) size / n⌉`. Results belong to the current scope.
public sealed interface AdaptivePoolingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The means of windows that cover one dimension evenly.
  ///
  /// @param outputSize how many windows, one number for all dimensions or one for each; -1 for as
  ///   many as elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor adaptiveAvgPool1d(long... outputSize) {
    String op = "adaptiveAvgPool1d";
    return PoolArguments.adaptiveAverage(op, self(), 1, outputSize);
  }

  /// The means of windows that cover two dimensions evenly.
  ///
  /// @param outputSize how many windows, one number for all dimensions or one for each; -1 for as
  ///   many as elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor adaptiveAvgPool2d(long... outputSize) {
    String op = "adaptiveAvgPool2d";
    return PoolArguments.adaptiveAverage(op, self(), 2, outputSize);
  }

  /// The means of windows that cover three dimensions evenly.
  ///
  /// @param outputSize how many windows, one number for all dimensions or one for each; -1 for as
  ///   many as elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor adaptiveAvgPool3d(long... outputSize) {
    String op = "adaptiveAvgPool3d";
    return PoolArguments.adaptiveAverage(op, self(), 3, outputSize);
  }

  /// The largest elements of windows that cover one dimension evenly.
  ///
  /// @param outputSize how many windows, one number for all dimensions or one for each; -1 for as
  ///   many as elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor adaptiveMaxPool1d(long... outputSize) {
    String op = "adaptiveMaxPool1d";
    return PoolArguments.max(op, self(), PoolArguments.adaptive(op, self(), 1, outputSize));
  }

  /// As [#adaptiveMaxPool1d], and where the elements stand.
  ///
  /// @param outputSize how many windows
  /// @return the elements, and their places in the flattened plane, I64
  /// @throws ShapeException if the shape does not fit
  default ValuesIndices adaptiveMaxPool1dWithIndices(long... outputSize) {
    String op = "adaptiveMaxPool1d";
    return PoolArguments.maxWithIndices(
        op, self(), PoolArguments.adaptive(op, self(), 1, outputSize));
  }

  /// The largest elements of windows that cover two dimensions evenly.
  ///
  /// @param outputSize how many windows, one number for all dimensions or one for each; -1 for as
  ///   many as elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor adaptiveMaxPool2d(long... outputSize) {
    String op = "adaptiveMaxPool2d";
    return PoolArguments.max(op, self(), PoolArguments.adaptive(op, self(), 2, outputSize));
  }

  /// As [#adaptiveMaxPool2d], and where the elements stand.
  ///
  /// @param outputSize how many windows
  /// @return the elements, and their places in the flattened plane, I64
  /// @throws ShapeException if the shape does not fit
  default ValuesIndices adaptiveMaxPool2dWithIndices(long... outputSize) {
    String op = "adaptiveMaxPool2d";
    return PoolArguments.maxWithIndices(
        op, self(), PoolArguments.adaptive(op, self(), 2, outputSize));
  }

  /// The largest elements of windows that cover three dimensions evenly.
  ///
  /// @param outputSize how many windows, one number for all dimensions or one for each; -1 for as
  ///   many as elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor adaptiveMaxPool3d(long... outputSize) {
    String op = "adaptiveMaxPool3d";
    return PoolArguments.max(op, self(), PoolArguments.adaptive(op, self(), 3, outputSize));
  }

  /// As [#adaptiveMaxPool3d], and where the elements stand.
  ///
  /// @param outputSize how many windows
  /// @return the elements, and their places in the flattened plane, I64
  /// @throws ShapeException if the shape does not fit
  default ValuesIndices adaptiveMaxPool3dWithIndices(long... outputSize) {
    String op = "adaptiveMaxPool3d";
    return PoolArguments.maxWithIndices(
        op, self(), PoolArguments.adaptive(op, self(), 3, outputSize));
  }

  /// The elements of this where the indices of a pooling over one dimension say, among zeros. Where
  /// several go to one place the last of them stays.
  ///
  /// @param indices places in the flattened plane of the result, I64, in the shape of this
  /// @param outputSize of a plane of the result
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws IndexOutOfBoundsException if an index is outside of the plane
  default Tensor maxUnpool1d(Tensor indices, long... outputSize) {
    return PoolArguments.unpool("maxUnpool1d", self(), 1, indices, outputSize);
  }

  /// The elements of this where the indices of a pooling over two dimensions say, among zeros.
  /// Where several go to one place the last of them stays.
  ///
  /// @param indices places in the flattened plane of the result, I64, in the shape of this
  /// @param outputSize of a plane of the result
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws IndexOutOfBoundsException if an index is outside of the plane
  default Tensor maxUnpool2d(Tensor indices, long... outputSize) {
    return PoolArguments.unpool("maxUnpool2d", self(), 2, indices, outputSize);
  }

  /// The elements of this where the indices of a pooling over three dimensions say, among zeros.
  /// Where several go to one place the last of them stays.
  ///
  /// @param indices places in the flattened plane of the result, I64, in the shape of this
  /// @param outputSize of a plane of the result
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws IndexOutOfBoundsException if an index is outside of the plane
  default Tensor maxUnpool3d(Tensor indices, long... outputSize) {
    return PoolArguments.unpool("maxUnpool3d", self(), 3, indices, outputSize);
  }
}
