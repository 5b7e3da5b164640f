package dev.gatun.bench.peers.ejml;

import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Jars;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Pointwise;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.TinyAdd;
import dev.gatun.bench.compare.Workload;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/// EJML: dense float matrices.
public final class EjmlPeer implements Peer {
  /// Is found by its name.
  public EjmlPeer() {}

  @Override
  public String version() {
    return Jars.name(CommonOps_FDRM.class);
  }

  @Override
  public boolean supports(Workload workload) {
    return switch (workload) {
      case Gemm gemm -> !gemm.doubles() && gemm.isModest();
      case Pointwise pointwise ->
          switch (pointwise.operation()) {
            case ADD, ADD_INTO, EXP, SUM -> true;
            case RELU, TANH, SIGMOID, SOFTMAX -> false;
          };
      case TinyAdd tiny -> !tiny.recorded();
      default -> false;
    };
  }

  @Override
  public Task prepare(Workload workload) {
    return switch (workload) {
      case Gemm gemm -> {
        FMatrixRMaj a = matrix(gemm.m(), gemm.k(), gemm.a());
        FMatrixRMaj b = matrix(gemm.k(), gemm.n(), gemm.b());
        FMatrixRMaj c = new FMatrixRMaj(gemm.m(), gemm.n());
        yield Task.of(() -> CommonOps_FDRM.mult(a, b, c), EjmlPeer::values);
      }
      case Pointwise pointwise -> pointwise(pointwise);
      case TinyAdd tiny -> {
        FMatrixRMaj a = matrix(2, 2, tiny.a());
        FMatrixRMaj b = matrix(2, 2, tiny.b());
        yield Task.of(
            () -> {
              FMatrixRMaj sum = a;
              for (int i = 0; i < tiny.repeats(); i++) {
                sum = CommonOps_FDRM.add(sum, b, new FMatrixRMaj(2, 2));
              }
              return sum;
            },
            EjmlPeer::values);
      }
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private static Task pointwise(Pointwise workload) {
    int side = Pointwise.SIDE;
    FMatrixRMaj a = matrix(side, side, workload.a());
    FMatrixRMaj b = matrix(side, side, workload.b());
    FMatrixRMaj c = new FMatrixRMaj(side, side);
    return switch (workload.operation()) {
      case ADD ->
          Task.of(() -> CommonOps_FDRM.add(a, b, new FMatrixRMaj(side, side)), EjmlPeer::values);
      case ADD_INTO -> Task.of(() -> CommonOps_FDRM.add(a, b, c), EjmlPeer::values);
      case EXP -> Task.of(() -> CommonOps_FDRM.elementExp(a, c), EjmlPeer::values);
      case SUM -> Task.of(() -> CommonOps_FDRM.elementSum(a), sum -> new double[] {sum});
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private static FMatrixRMaj matrix(int rows, int cols, float[] values) {
    FMatrixRMaj matrix = new FMatrixRMaj(rows, cols);
    matrix.setData(values);
    return matrix;
  }

  private static double[] values(FMatrixRMaj matrix) {
    return Inputs.doubles(matrix.getData());
  }
}
