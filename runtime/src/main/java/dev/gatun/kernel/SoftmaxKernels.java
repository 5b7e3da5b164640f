package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Softmax of contiguous rows. The largest element of a row is subtracted first, so that nothing
/// overflows; sums are in double. `y` may be `x`. Offsets are elements.
public final class SoftmaxKernels {
  /// One row; offsets are bytes.
  @FunctionalInterface
  interface Row {
    void apply(MemorySegment x, long xo, MemorySegment y, long yo, long columns);
  }

  private static final long CHUNK = 16_384;

  private SoftmaxKernels() {}

  /// `y[r,c] = exp(x[r,c]) / sum over d of exp(x[r,d])`.
  ///
  /// @param dtype F32 or F64
  /// @param x operand `[rows, cols]`
  /// @param xOffset its first element
  /// @param y result of the same shape
  /// @param yOffset its first element
  /// @param rows number of rows
  /// @param cols elements per row
  public static void softmax(
      DType dtype,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long rows,
      long cols) {
    Row row =
        switch (dtype) {
          case F32 -> Dispatch.vector() ? VectorF32Softmax::softmax : SoftmaxLoops::softmaxF32;
          case F64 -> Dispatch.vector() ? VectorF64Softmax::softmax : SoftmaxLoops::softmaxF64;
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("softmax", dtype);
        };
    int bytes = dtype.byteSize();
    run(row, x, xOffset * bytes, y, yOffset * bytes, rows, cols, bytes);
  }

  /// The logarithm of [#softmax], computed as `x - max - log(sum)`.
  ///
  /// @param dtype F32 or F64
  /// @param x operand `[rows, cols]`
  /// @param xOffset its first element
  /// @param y result of the same shape
  /// @param yOffset its first element
  /// @param rows number of rows
  /// @param cols elements per row
  public static void logSoftmax(
      DType dtype,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long rows,
      long cols) {
    Row row =
        switch (dtype) {
          case F32 ->
              Dispatch.vector() ? VectorF32Softmax::logSoftmax : SoftmaxLoops::logSoftmaxF32;
          case F64 ->
              Dispatch.vector() ? VectorF64Softmax::logSoftmax : SoftmaxLoops::logSoftmaxF64;
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("logSoftmax", dtype);
        };
    int bytes = dtype.byteSize();
    run(row, x, xOffset * bytes, y, yOffset * bytes, rows, cols, bytes);
  }

  private static void run(
      Row row,
      MemorySegment x,
      long xo,
      MemorySegment y,
      long yo,
      long rows,
      long cols,
      int bytes) {
    if (rows == 0 || cols == 0) {
      return;
    }
    if (Dispatch.vector() && !(Memory.isPlain(x) && Memory.isPlain(y))) {
      inPlainMemory(row, x, xo, y, yo, rows, cols * bytes, cols);
      return;
    }
    long pitch = cols * bytes;
    long perTask = Math.max(1, CHUNK / cols);
    if (rows <= perTask) {
      for (long r = 0; r < rows; r++) {
        row.apply(x, xo + r * pitch, y, yo + r * pitch, cols);
      }
      return;
    }
    MemorySegment xa = Workers.alias(x);
    MemorySegment ya = Workers.alias(y);
    Workers.run(
        Math.toIntExact(Math.ceilDiv(rows, perTask)),
        t -> {
          long last = Math.min(rows, (t + 1) * perTask);
          for (long r = t * perTask; r < last; r++) {
            row.apply(xa, xo + r * pitch, ya, yo + r * pitch, cols);
          }
        });
  }

  /// Row by row through memory that nobody can close, which the vector loops need.
  private static void inPlainMemory(
      Row row,
      MemorySegment x,
      long xo,
      MemorySegment y,
      long yo,
      long rows,
      long pitch,
      long cols) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = arena.allocate(pitch, 64);
      MemorySegment plain = Workers.alias(own);
      for (long r = 0; r < rows; r++) {
        MemorySegment.copy(x, xo + r * pitch, own, 0, pitch);
        row.apply(plain, 0, plain, 0, cols);
        MemorySegment.copy(own, 0, y, yo + r * pitch, pitch);
      }
    }
  }
}
