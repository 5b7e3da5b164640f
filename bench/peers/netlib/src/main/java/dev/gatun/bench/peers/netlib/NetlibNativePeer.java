package dev.gatun.bench.peers.netlib;

import dev.ludovic.netlib.blas.NativeBLAS;

/// netlib on the system's BLAS, by JNI.
public final class NetlibNativePeer extends NetlibPeer {
  /// Is found by its name.
  public NetlibNativePeer() {
    super(NativeBLAS.getInstance());
  }
}
