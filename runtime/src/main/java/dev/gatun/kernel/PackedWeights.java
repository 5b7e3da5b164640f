package dev.gatun.kernel;

import dev.gatun.backend.Backends;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A matrix W `[n,k]` of F32 by whose transpose rows are multiplied again and again, packed once
/// into the order in which the vector product reads it. Else that happens in every call.
///
/// The panels lie on the heap, as all of that kernel's do, and take as many bytes as W.
public final class PackedWeights {
  /// Multiplications above which a second thread pays.
  private static final double WORTH = 4e6;

  private final long n;
  private final long k;
  private final F32Panels panels;

  private PackedWeights(long n, long k, F32Panels panels) {
    this.n = n;
    this.k = k;
    this.panels = panels;
  }

  /// Packs a matrix.
  ///
  /// @param weight its memory
  /// @param offset its first element
  /// @param byColumns whether its columns lie one after the other, not its rows
  /// @param n rows of W
  /// @param k columns of W
  /// @return null where vectors are missing or not wanted
  public static @Nullable PackedWeights of(
      MemorySegment weight, long offset, boolean byColumns, long n, long k) {
    if (!Dispatch.vector() || n == 0 || k == 0) {
      return null;
    }
    Product x =
        new Product(
            false,
            !byColumns,
            0,
            n,
            k,
            1,
            weight,
            0,
            k,
            weight,
            offset,
            byColumns ? n : k,
            0,
            weight,
            0,
            n,
            Epilogue.NONE);
    return new PackedWeights(n, k, new F32Panels(x));
  }

  /// The product `C = act(A Wᵀ + bias)` of matrices that stay where they are. It makes nothing on
  /// the heap while one thread computes it.
  ///
  /// @param m rows of A and of C
  /// @param a plain memory
  /// @param aOffset its first element
  /// @param c plain memory, row-major
  /// @param cOffset its first element
  /// @param epilogue bias and activation
  /// @return computes it, as often as it is called
  public Runnable product(
      long m, MemorySegment a, long aOffset, MemorySegment c, long cOffset, Epilogue epilogue) {
    Product x =
        new Product(false, true, m, n, k, 1, a, aOffset, k, a, 0, k, 0, c, cOffset, n, epilogue);
    int threads = (double) m * n * k < WORTH ? 1 : Backends.threads();
    int parts = (int) Math.max(1, Math.min(threads, m / F32Tile.MR));
    return parts == 1
        ? () -> rows(x, 0, m)
        : () -> Workers.run(parts, part -> rows(x, edge(m, part, parts), edge(m, part + 1, parts)));
  }

  private void rows(Product x, long from, long to) {
    F32Gemm.block(x, panels, from, to, 0, n);
    EpiloguePass.apply(DType.F32, x, from, to, 0, n);
  }

  private static long edge(long m, int part, int parts) {
    return part == parts ? m : m * part / parts / F32Tile.MR * F32Tile.MR;
  }
}
