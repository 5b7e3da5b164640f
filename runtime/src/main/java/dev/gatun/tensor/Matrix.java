package dev.gatun.tensor;

/// The last two dimensions of a tensor as a product takes them, the leading ones as a batch.
final class Matrix {
  /// What was asked for, or a copy of it where its rows and columns lie in no order that fits.
  final Tensor tensor;

  /// Whether the memory holds the transpose.
  final boolean transposed;

  /// Elements from one stored row to the next.
  final long ld;

  private final long[] strides;

  private Matrix(Tensor tensor, boolean transposed, long ld, long[] strides) {
    this.tensor = tensor;
    this.transposed = transposed;
    this.ld = ld;
    this.strides = strides;
  }

  /// `x` broadcast over `batch`.
  static Matrix of(Tensor x, long[] batch) {
    Tensor t = isMatrix(x) ? x : Raw.copy(x);
    int r = t.shape.length;
    boolean transposed = !isRowMajor(t) && isColumnMajor(t);
    long columns = transposed ? t.shape[r - 2] : t.shape[r - 1];
    long stride = transposed ? t.strides[r - 1] : t.strides[r - 2];
    long stored = transposed ? t.shape[r - 1] : t.shape[r - 2];
    // With one stored row its stride means nothing, and may be too small for a leading dimension.
    long ld = Math.max(1, stored <= 1 ? columns : stride);
    if (batch.length == 0) {
      return new Matrix(t, transposed, ld, Shapes.SCALAR);
    }
    long[] strides = new long[batch.length];
    int shift = batch.length - (r - 2);
    for (int i = 0; i < r - 2; i++) {
      strides[i + shift] = t.shape[i] == 1 ? 0 : t.strides[i];
    }
    return new Matrix(t, transposed, ld, strides);
  }

  private static boolean isMatrix(Tensor x) {
    return isRowMajor(x) || isColumnMajor(x);
  }

  private static boolean isRowMajor(Tensor x) {
    int r = x.shape.length;
    return isStored(x.shape[r - 2], x.shape[r - 1], x.strides[r - 2], x.strides[r - 1]);
  }

  private static boolean isColumnMajor(Tensor x) {
    int r = x.shape.length;
    return isStored(x.shape[r - 1], x.shape[r - 2], x.strides[r - 1], x.strides[r - 2]);
  }

  private static boolean isStored(long rows, long columns, long rowStride, long columnStride) {
    return (columns <= 1 || columnStride == 1) && (rows <= 1 || rowStride >= Math.max(1, columns));
  }

  /// The first of the batch's dimensions from which on all matrices follow each other at one
  /// stride.
  int firstRegular(long[] batch) {
    int first = batch.length;
    long expected = -1;
    while (first > 0) {
      long size = batch[first - 1];
      long stride = strides[first - 1];
      if (size != 1) {
        if (expected >= 0 && stride != expected) {
          return first;
        }
        expected = stride * size;
      }
      first--;
    }
    return first;
  }

  /// Elements from one matrix to the next, along the dimensions that are regular.
  long stride(long[] batch) {
    for (int i = batch.length - 1; i >= 0; i--) {
      if (batch[i] != 1) {
        return strides[i];
      }
    }
    return 0;
  }

  /// Where the matrix of batch `index`, counted row-major over `batch`, starts.
  long offset(long[] batch, long index) {
    long at = tensor.offset;
    long rest = index;
    for (int i = batch.length - 1; i >= 0; i--) {
      at += rest % batch[i] * strides[i];
      rest /= batch[i];
    }
    return at;
  }
}
