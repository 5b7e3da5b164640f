package dev.gatun.bench.peers.ojalgo;

import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Jars;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.Workload;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.PrimitiveFactory;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.structure.Factory2D;

/// ojAlgo: products of primitive stores.
public final class OjAlgoPeer implements Peer {
  /// Limits the library's threads.
  public OjAlgoPeer() {
    OjAlgoUtils.limitThreadsTo(Peer.threads());
  }

  @Override
  public String version() {
    return Jars.name(OjAlgoUtils.class);
  }

  @Override
  public boolean supports(Workload workload) {
    return workload instanceof Gemm gemm && gemm.isModest();
  }

  @Override
  public Task prepare(Workload workload) {
    Gemm gemm = (Gemm) workload;
    return gemm.doubles() ? product(gemm, R064Store.FACTORY) : product(gemm, R032Store.FACTORY);
  }

  private static <S extends PhysicalStore<Double> & Factory2D.Builder<S>> Task product(
      Gemm gemm, PrimitiveFactory<S> factory) {
    S a = store(factory, gemm.m(), gemm.k(), gemm.a());
    S b = store(factory, gemm.k(), gemm.n(), gemm.b());
    S c = factory.make(gemm.m(), gemm.n());
    return Task.of(
        () -> {
          c.fillByMultiplying(a, b);
          return c;
        },
        OjAlgoPeer::values);
  }

  private static <S extends PhysicalStore<Double> & Factory2D.Builder<S>> S store(
      PrimitiveFactory<S> factory, int rows, int cols, float[] values) {
    S store = factory.make(rows, cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        store.set(i, j, values[i * cols + j]);
      }
    }
    return store;
  }

  private static double[] values(MatrixStore<Double> store) {
    int cols = store.getColDim();
    double[] values = new double[store.getRowDim() * cols];
    for (int i = 0; i < values.length; i++) {
      values[i] = store.doubleValue(i / cols, i % cols);
    }
    return values;
  }
}
