package dev.gatun.kernel;

import dev.gatun.memory.DType;

/// Which small products Java code multiplies faster than a call of OpenBLAS does, as
/// `CrossoverBenchmark` measures. Decided by the sizes alone.
///
/// | product        | Java up to         | there, Java against the library             |
/// |----------------|--------------------|---------------------------------------------|
/// | any            | 48 multiplications | see [TinyGemm]                              |
/// | one row of F32 | 512 elements of B  | 106 against 156 ns at 16 × 16, B transposed |
final class Crossover {
  /// Elements of B up to which one row is multiplied by vector code.
  private static final long ROW = 512;

  private Crossover() {}

  /// Whether the vector kernels take it; [TinyGemm] is asked before.
  static boolean isVector(DType dtype, long m, long n, long k) {
    return m == 1 && n * k <= ROW && n >= 16 && k >= 16 && dtype == DType.F32;
  }
}
