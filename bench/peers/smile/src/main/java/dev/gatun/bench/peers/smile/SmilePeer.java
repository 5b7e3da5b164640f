package dev.gatun.bench.peers.smile;

import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Jars;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.Workload;
import smile.linalg.Transpose;
import smile.tensor.DenseMatrix;
import smile.tensor.ScalarType;

/// Smile: products of dense matrices, on the system's OpenBLAS.
public final class SmilePeer implements Peer {
  /// Is found by its name.
  public SmilePeer() {}

  @Override
  public String version() {
    return Jars.name(DenseMatrix.class);
  }

  @Override
  public boolean supports(Workload workload) {
    return workload instanceof Gemm;
  }

  @Override
  public Task prepare(Workload workload) {
    Gemm gemm = (Gemm) workload;
    ScalarType type = gemm.doubles() ? ScalarType.Float64 : ScalarType.Float32;
    DenseMatrix a = matrix(type, gemm.m(), gemm.k(), gemm.a());
    DenseMatrix b = matrix(type, gemm.k(), gemm.n(), gemm.b());
    DenseMatrix c = DenseMatrix.zeros(type, gemm.m(), gemm.n());
    return Task.of(
        () -> {
          DenseMatrix.mm(1, Transpose.NO_TRANSPOSE, a, Transpose.NO_TRANSPOSE, b, 0, c);
          return c;
        },
        SmilePeer::values);
  }

  private static DenseMatrix matrix(ScalarType type, int rows, int cols, float[] values) {
    DenseMatrix matrix = DenseMatrix.zeros(type, rows, cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        matrix.set(i, j, values[i * cols + j]);
      }
    }
    return matrix;
  }

  private static double[] values(DenseMatrix matrix) {
    int cols = matrix.ncol();
    double[] values = new double[matrix.nrow() * cols];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix.get(i / cols, i % cols);
    }
    return values;
  }
}
