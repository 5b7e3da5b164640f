package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// How tensors are made: the static methods of [Tensor], kept apart from what a tensor does.
///
/// The result belongs to the innermost open scope of the calling thread, or to the garbage
/// collector when none is open. Where no dtype is given it is F32.
abstract sealed class TensorFactories extends ChoiceFactories permits Tensor {
  TensorFactories() {}

  /// A vector of F32.
  ///
  /// @param values copied
  /// @return shape `[values.length]`
  public static Tensor of(float... values) {
    return of(values, values.length);
  }

  /// A matrix of F32.
  ///
  /// @param rows of one length
  /// @return shape `[rows.length, rows[0].length]`
  public static Tensor of(float[][] rows) {
    return Creation.ofRows(rows);
  }

  /// Values in row-major order as F32.
  ///
  /// @param values copied
  /// @param shape sizes whose product is `values.length`
  /// @return a new tensor
  public static Tensor of(float[] values, long... shape) {
    return Creation.of(MemorySegment.ofArray(values), DType.F32, values.length, shape);
  }

  /// Values in row-major order as F64.
  ///
  /// @param values copied
  /// @param shape sizes whose product is `values.length`
  /// @return a new tensor
  public static Tensor of(double[] values, long... shape) {
    return Creation.of(MemorySegment.ofArray(values), DType.F64, values.length, shape);
  }

  /// Values in row-major order as I32.
  ///
  /// @param values copied
  /// @param shape sizes whose product is `values.length`
  /// @return a new tensor
  public static Tensor of(int[] values, long... shape) {
    return Creation.of(MemorySegment.ofArray(values), DType.I32, values.length, shape);
  }

  /// Values in row-major order as I64.
  ///
  /// @param values copied
  /// @param shape sizes whose product is `values.length`
  /// @return a new tensor
  public static Tensor of(long[] values, long... shape) {
    return Creation.of(MemorySegment.ofArray(values), DType.I64, values.length, shape);
  }

  /// Values in row-major order as U8.
  ///
  /// @param values copied; read as 0 to 255
  /// @param shape sizes whose product is `values.length`
  /// @return a new tensor
  public static Tensor of(byte[] values, long... shape) {
    return Creation.of(MemorySegment.ofArray(values), DType.U8, values.length, shape);
  }

  /// Values in row-major order as BOOL.
  ///
  /// @param values copied
  /// @param shape sizes whose product is `values.length`
  /// @return a new tensor
  public static Tensor of(boolean[] values, long... shape) {
    return Creation.ofBooleans(values, shape);
  }

  /// A scalar of F32.
  ///
  /// @param value rounded to F32
  /// @return shape `[]`
  public static Tensor scalar(double value) {
    return scalar(DType.F32, value);
  }

  /// A scalar.
  ///
  /// @param dtype of the result
  /// @param value converted to it
  /// @return shape `[]`
  public static Tensor scalar(DType dtype, double value) {
    return Creation.full(dtype, value, Shapes.SCALAR);
  }

  /// Zeros of F32.
  ///
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor zeros(long... shape) {
    return zeros(DType.F32, shape);
  }

  /// Zeros.
  ///
  /// @param dtype of the result
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor zeros(DType dtype, long... shape) {
    return Creation.zeros(dtype, shape);
  }

  /// Ones of F32.
  ///
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor ones(long... shape) {
    return ones(DType.F32, shape);
  }

  /// Ones.
  ///
  /// @param dtype of the result
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor ones(DType dtype, long... shape) {
    return Creation.full(dtype, 1, shape);
  }

  /// One value everywhere, as F32.
  ///
  /// @param value of every element
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor full(double value, long... shape) {
    return full(DType.F32, value, shape);
  }

  /// One value everywhere.
  ///
  /// @param dtype of the result
  /// @param value of every element, converted to the dtype
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor full(DType dtype, double value, long... shape) {
    return Creation.full(dtype, value, shape);
  }

  /// Memory as it comes: the elements are whatever was there. To be filled by the caller.
  ///
  /// @param dtype of the result
  /// @param shape sizes
  /// @return a new tensor
  public static Tensor empty(DType dtype, long... shape) {
    return Raw.empty("empty", dtype, shape.clone());
  }

  /// The identity matrix of F32.
  ///
  /// @param n rows and columns
  /// @return shape `[n,n]`
  public static Tensor eye(long n) {
    return eye(DType.F32, n);
  }

  /// The identity matrix.
  ///
  /// @param dtype of the result
  /// @param n rows and columns
  /// @return shape `[n,n]`
  public static Tensor eye(DType dtype, long n) {
    return Creation.eye(dtype, n);
  }

  /// `0, 1, …, end - 1` as I64.
  ///
  /// @param end excluded
  /// @return shape `[end]`
  public static Tensor arange(long end) {
    return arange(DType.I64, 0, (double) end, 1);
  }

  /// `start, start + step, …` up to and without `end`.
  ///
  /// @param dtype of the result
  /// @param start first value
  /// @param end excluded
  /// @param step not 0
  /// @return shape `[ceil((end - start) / step)]`
  public static Tensor arange(DType dtype, double start, double end, double step) {
    return Sequences.arange(dtype, start, end, step);
  }

  /// `steps` values evenly spaced from `start` to `end`, both included, as F32.
  ///
  /// @param start first value
  /// @param end last value
  /// @param steps how many
  /// @return shape `[steps]`
  public static Tensor linspace(double start, double end, long steps) {
    return linspace(DType.F32, start, end, steps);
  }

  /// `steps` values evenly spaced from `start` to `end`, both included.
  ///
  /// @param dtype a floating one
  /// @param start first value
  /// @param end last value
  /// @param steps how many
  /// @return shape `[steps]`
  public static Tensor linspace(DType dtype, double start, double end, long steps) {
    return Creation.linspace(dtype, start, end, steps);
  }

  /// Memory of the caller as a tensor, without a copy, for as long as its own arena lives.
  ///
  /// @param segment native memory of exactly the size that dtype and shape ask for, or more
  /// @param dtype of the elements, in native byte order
  /// @param shape sizes, row-major
  /// @return a view of the segment
  /// @throws IllegalArgumentException if the segment is on the heap
  /// @throws ShapeException if it is too small
  public static Tensor wrap(MemorySegment segment, DType dtype, long... shape) {
    return Creation.wrap(segment, dtype, shape);
  }

  /// Joins tensors along an existing dimension; all others must agree. A tensor of shape `[0]` may
  /// be among tensors of any rank and adds nothing.
  ///
  /// @param dim to join along
  /// @param tensors at least one; dtypes are promoted as arithmetic does
  /// @return a new tensor
  public static Tensor cat(int dim, Tensor... tensors) {
    Tensor[] some = Joining.withoutNothing(tensors);
    return new Joining.Cat(Joining.dim("cat", dim, 0, some)).apply(Joining.alike(some));
  }

  /// As [#cat(int, Tensor...)].
  ///
  /// @param tensors at least one; dtypes are promoted as arithmetic does
  /// @param dim to join along
  /// @return a new tensor
  public static Tensor cat(List<Tensor> tensors, int dim) {
    return cat(dim, tensors.toArray(Tensor[]::new));
  }

  /// Joins tensors of one shape along a new dimension.
  ///
  /// @param dim where the new dimension stands in the result
  /// @param tensors at least one, of one shape; dtypes are promoted as arithmetic does
  /// @return a new tensor
  public static Tensor stack(int dim, Tensor... tensors) {
    return Joining.stack(Joining.dim("stack", dim, 1, tensors), tensors);
  }

  /// As [#stack(int, Tensor...)].
  ///
  /// @param tensors at least one, of one shape; dtypes are promoted as arithmetic does
  /// @param dim where the new dimension stands in the result
  /// @return a new tensor
  public static Tensor stack(List<Tensor> tensors, int dim) {
    return stack(dim, tensors.toArray(Tensor[]::new));
  }
}
