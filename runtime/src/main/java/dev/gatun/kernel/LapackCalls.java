package dev.gatun.kernel;

import dev.gatun.bindings.Lapack;
import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Factorizations that take LAPACK more than one call, or operands in another order.
final class LapackCalls {
  private LapackCalls() {}

  /// As [Factorizations#cholesky], of one matrix. The library sees the transposed one, and takes
  /// NaN for positive.
  static int cholesky(boolean upper, Block a) {
    long n = a.rows();
    boolean wide = !Elements.isF32(a.dtype());
    long at = a.offset() * a.dtype().byteSize();
    int info = Lapack.load().potrf(wide, !upper, n, a.memory(), at, a.rowStride());
    for (int i = 0; i < n && info == 0; i++) {
      info = Double.isNaN(a.get(i, i)) ? i + 1 : 0;
    }
    return info;
  }

  /// As [Factorizations#qr], of one matrix.
  static void qr(
      DType dtype,
      long m,
      long n,
      long columns,
      MemorySegment a,
      long aOffset,
      MemorySegment q,
      long qOffset) {
    Lapack lapack = Lapack.load();
    boolean wide = !Elements.isF32(dtype);
    int bytes = dtype.byteSize();
    long k = Math.min(m, n);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment tau = arena.allocate(k * bytes, 64);
      int _ = lapack.geqrf(wide, m, n, a, aOffset * bytes, m, tau, 0);
      MemorySegment.copy(a, aOffset * bytes, q, qOffset * bytes, m * k * bytes);
      int _ = lapack.orgqr(wide, m, columns, k, q, qOffset * bytes, m, tau, 0);
    }
  }

  /// As [Factorizations#svd], of one matrix. The library sees the transposed one, so that what it
  /// calls U is V.
  static int svd(boolean vectors, boolean all, Block a, Block u, Block s, Block vt) {
    int bytes = a.dtype().byteSize();
    return Lapack.load()
        .gesdd(
            !Elements.isF32(a.dtype()),
            vectors,
            all,
            a.columns(),
            a.rows(),
            a.memory(),
            a.offset() * bytes,
            a.rowStride(),
            s.memory(),
            s.offset() * bytes,
            vt.memory(),
            vt.offset() * bytes,
            vt.rowStride(),
            u.memory(),
            u.offset() * bytes,
            u.rowStride());
  }
}
