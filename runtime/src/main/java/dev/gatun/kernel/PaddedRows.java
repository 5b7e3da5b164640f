package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// Row kernels out of one loop over whole vectors. The elements that do not fill another vector are
/// moved to where there is room for one, so that every lane is computed by the same code; that
/// costs some tens of nanoseconds a row, which functions of many instructions can bear.
final class PaddedRows {
  private static final int F32_LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int F64_LANES = DoubleVector.SPECIES_PREFERRED.length();

  private PaddedRows() {}

  static UnaryRow ofF32(VectorRows.Loop whole) {
    return VectorRows.ofF32(whole, rest(whole, 4, F32_LANES));
  }

  static UnaryRow ofF64(VectorRows.Loop whole) {
    return VectorRows.ofF64(whole, rest(whole, 8, F64_LANES));
  }

  static BinaryRow ofF32(VectorRows.Loop2 whole) {
    return VectorRows.ofF32(whole, rest(whole, 4, F32_LANES));
  }

  static BinaryRow ofF64(VectorRows.Loop2 whole) {
    return VectorRows.ofF64(whole, rest(whole, 8, F64_LANES));
  }

  static TernaryRow ofF32(VectorRows.Loop3 whole) {
    return VectorRows.ofF32(whole, rest(whole, 4, F32_LANES));
  }

  static TernaryRow ofF64(VectorRows.Loop3 whole) {
    return VectorRows.ofF64(whole, rest(whole, 8, F64_LANES));
  }

  private static VectorRows.Loop rest(VectorRows.Loop whole, int bytes, int lanes) {
    return (x, y, n) -> {
      RowBuffer buffer = RowBuffer.take();
      try {
        whole.run(buffer.load(0, 1, bytes, ALL, x, bytes, n), buffer.address(0), lanes);
        buffer.store(bytes, ALL, y, bytes, n);
      } finally {
        buffer.release();
      }
    };
  }

  private static VectorRows.Loop2 rest(VectorRows.Loop2 whole, int bytes, int lanes) {
    return (a, b, y, n) -> {
      RowBuffer buffer = RowBuffer.take();
      try {
        long pa = buffer.load(0, 1, bytes, ALL, a, bytes, n);
        long pb = buffer.load(0, 2, bytes, ALL, b, bytes, n);
        whole.run(pa, pb, buffer.address(0), lanes);
        buffer.store(bytes, ALL, y, bytes, n);
      } finally {
        buffer.release();
      }
    };
  }

  private static VectorRows.Loop3 rest(VectorRows.Loop3 whole, int bytes, int lanes) {
    return (a, b, c, y, n) -> {
      RowBuffer buffer = RowBuffer.take();
      try {
        long pa = buffer.load(0, 1, bytes, ALL, a, bytes, n);
        long pb = buffer.load(0, 2, bytes, ALL, b, bytes, n);
        long pc = buffer.load(0, 3, bytes, ALL, c, bytes, n);
        whole.run(pa, pb, pc, buffer.address(0), lanes);
        buffer.store(bytes, ALL, y, bytes, n);
      } finally {
        buffer.release();
      }
    };
  }
}
