package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Cblas;
import java.lang.foreign.MemorySegment;

/// Operations of OpenBLAS on vectors alone; conventions and exceptions are those of [Blas].
///
/// Vectors are given as a segment, an offset in **bytes** and the distance between elements in
/// **elements**, at least 1.
public final class BlasVectors {
  static final BlasVectors INSTANCE = new BlasVectors();

  private BlasVectors() {}

  /// `y = alpha x + y` over `n` elements in 32-bit floats.
  public void saxpy(
      long n,
      float alpha,
      MemorySegment x,
      long xOffset,
      long incx,
      MemorySegment y,
      long yOffset,
      long incy) {
    Operands.size("saxpy", "n", n);
    Operands.vector("saxpy", "x", x, xOffset, n, incx, Float.BYTES);
    Operands.vector("saxpy", "y", y, yOffset, n, incy, Float.BYTES);
    Operands.writable("saxpy", "y", y);
    if (n == 0) {
      return;
    }
    Gate.OPEN.enter(n);
    try {
      Cblas.cblas_saxpy(
          (int) n, alpha, x.asSlice(xOffset), (int) incx, y.asSlice(yOffset), (int) incy);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// `y = alpha x + y` over `n` elements in 64-bit floats.
  public void daxpy(
      long n,
      double alpha,
      MemorySegment x,
      long xOffset,
      long incx,
      MemorySegment y,
      long yOffset,
      long incy) {
    Operands.size("daxpy", "n", n);
    Operands.vector("daxpy", "x", x, xOffset, n, incx, Double.BYTES);
    Operands.vector("daxpy", "y", y, yOffset, n, incy, Double.BYTES);
    Operands.writable("daxpy", "y", y);
    if (n == 0) {
      return;
    }
    Gate.OPEN.enter(n);
    try {
      Cblas.cblas_daxpy(
          (int) n, alpha, x.asSlice(xOffset), (int) incx, y.asSlice(yOffset), (int) incy);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// The inner product of `x` and `y` over `n` elements in 32-bit floats.
  public float sdot(
      long n, MemorySegment x, long xOffset, long incx, MemorySegment y, long yOffset, long incy) {
    Operands.size("sdot", "n", n);
    Operands.vector("sdot", "x", x, xOffset, n, incx, Float.BYTES);
    Operands.vector("sdot", "y", y, yOffset, n, incy, Float.BYTES);
    if (n == 0) {
      return 0;
    }
    Gate.OPEN.enter(n);
    try {
      return Cblas.cblas_sdot(
          (int) n, x.asSlice(xOffset), (int) incx, y.asSlice(yOffset), (int) incy);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// The inner product of `x` and `y` over `n` elements in 64-bit floats.
  public double ddot(
      long n, MemorySegment x, long xOffset, long incx, MemorySegment y, long yOffset, long incy) {
    Operands.size("ddot", "n", n);
    Operands.vector("ddot", "x", x, xOffset, n, incx, Double.BYTES);
    Operands.vector("ddot", "y", y, yOffset, n, incy, Double.BYTES);
    if (n == 0) {
      return 0;
    }
    Gate.OPEN.enter(n);
    try {
      return Cblas.cblas_ddot(
          (int) n, x.asSlice(xOffset), (int) incx, y.asSlice(yOffset), (int) incy);
    } finally {
      Gate.OPEN.leave();
    }
  }
}
