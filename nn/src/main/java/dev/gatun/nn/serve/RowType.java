package dev.gatun.nn.serve;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// What one row of a batch is: dtype and shape, without the dimension of the batch.
///
/// @param dtype of the elements
/// @param shape sizes, each at least 1; empty for one number
public record RowType(DType dtype, List<Long> shape) {

  /// Checks the sizes.
  ///
  /// @throws IllegalArgumentException if a size is not positive, or a row is larger than an array
  public RowType {
    shape = List.copyOf(shape);
    long bytes = dtype.byteSize();
    for (long size : shape) {
      if (size < 1) {
        throw new IllegalArgumentException("row: sizes must be positive: " + text(shape));
      }
      if (size > Integer.MAX_VALUE / bytes) {
        throw new IllegalArgumentException("row: more than 2^31 bytes: " + dtype + text(shape));
      }
      bytes *= size;
    }
  }

  /// A row.
  ///
  /// @param dtype of the elements
  /// @param shape sizes, each at least 1
  /// @return the type
  public static RowType of(DType dtype, long... shape) {
    List<Long> sizes = new ArrayList<>();
    for (long size : shape) {
      sizes.add(size);
    }
    return new RowType(dtype, sizes);
  }

  /// A row of F32.
  ///
  /// @param shape sizes, each at least 1
  /// @return the type
  public static RowType f32(long... shape) {
    return of(DType.F32, shape);
  }

  /// {@return the number of elements of a row}
  public int numel() {
    return byteSize() / dtype.byteSize();
  }

  /// {@return the bytes of a row}
  public int byteSize() {
    int bytes = dtype.byteSize();
    for (long size : shape) {
      bytes = Math.multiplyExact(bytes, Math.toIntExact(size));
    }
    return bytes;
  }

  /// Memory for rows, readable by every thread until it is freed.
  Tensor batch(int rows) {
    return Tensor.empty(dtype, batchShape(rows)).shared();
  }

  private long[] batchShape(int rows) {
    long[] sizes = new long[shape.size() + 1];
    sizes[0] = rows;
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = shape.get(i - 1);
    }
    return sizes;
  }

  long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /// `F32 [3,224,224]`.
  @Override
  public String toString() {
    return dtype + " " + text(shape);
  }

  private static String text(List<Long> shape) {
    return shape.toString().replace(" ", "");
  }
}
