package dev.gatun.bench.peers.netlib;

import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Workload;
import dev.ludovic.netlib.blas.JavaBLAS;

/// netlib on the Vector API.
public final class NetlibVectorPeer extends NetlibPeer {
  /// Is found by its name.
  public NetlibVectorPeer() {
    super(JavaBLAS.getInstance());
  }

  /// Where the product of the sizes leaves the range of `int`, it takes the code for small sizes,
  /// and seconds.
  @Override
  public boolean supports(Workload workload) {
    return workload instanceof Gemm gemm ? gemm.isModest() : super.supports(workload);
  }
}
