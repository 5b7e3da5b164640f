package dev.gatun.bench.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A column of the comparison.
///
/// @param title as shown
/// @param kind what it is
/// @param module the folder below `bench/peers` that has its class path; empty for this one
/// @param peer the class that implements [Peer]
/// @param traits what it needs to be measured fairly
record Subject(String title, Kind kind, String module, String peer, Traits traits) {
  /// What a column is.
  enum Kind {
    /// Gatun on one backend.
    GATUN,
    /// What C can do: not something to take instead.
    REFERENCE,
    /// What a user would take instead.
    PEER
  }

  /// How to measure.
  ///
  /// @param java whether the arithmetic is Java, which takes longer to warm up
  /// @param parallel whether it can use more than one thread
  /// @param passive whether its threads must not spin in networks: where two pools of threads take
  ///   turns, one's waiting starves the other's work
  /// @param openblas whether it takes OpenBLAS from the system: it gets the one that Gatun uses
  record Traits(boolean java, boolean parallel, boolean passive, boolean openblas) {
    static final Traits NATIVE = new Traits(false, true, false, false);
    static final Traits JAVA = new Traits(true, false, false, false);
    static final Traits TWO_POOLS = new Traits(false, true, true, false);
    static final Traits OPENBLAS = new Traits(false, true, false, true);
  }

  static final List<Subject> ALL =
      List.of(
          gatun("openblas"),
          gatun("vector"),
          gatun("scalar"),
          new Subject("cblas", Kind.REFERENCE, "", CblasPeer.class.getName(), Traits.NATIVE),
          new Subject("C loop", Kind.REFERENCE, "", CLoopPeer.class.getName(), Traits.NATIVE),
          peer("ONNX Runtime", "onnxruntime", "OnnxRuntimePeer", Traits.NATIVE),
          peer("TensorFlow", "tensorflow", "TensorFlowPeer", Traits.NATIVE),
          peer("PyTorch (JavaCPP)", "javacpp", "TorchPeer", Traits.TWO_POOLS),
          peer("PyTorch (DJL)", "djl", "DjlPeer", Traits.NATIVE),
          peer("netlib native", "netlib", "NetlibNativePeer", Traits.OPENBLAS),
          peer("netlib vector", "netlib", "NetlibVectorPeer", Traits.JAVA),
          peer("ND4J", "nd4j", "Nd4jPeer", Traits.TWO_POOLS),
          peer("EJML", "ejml", "EjmlPeer", Traits.JAVA),
          peer("ojAlgo", "ojalgo", "OjAlgoPeer", new Traits(true, true, false, false)),
          peer("Smile", "smile", "SmilePeer", Traits.OPENBLAS));

  private static Subject gatun(String backend) {
    Traits traits = new Traits(true, true, false, false);
    return new Subject("Gatun " + backend, Kind.GATUN, "", GatunPeer.class.getName(), traits);
  }

  private static Subject peer(String title, String module, String name, Traits traits) {
    return new Subject(
        title, Kind.PEER, module, "dev.gatun.bench.peers.%s.%s".formatted(module, name), traits);
  }

  static Subject titled(String title) {
    return ALL.stream()
        .filter(subject -> subject.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("compare: no such column: " + title));
  }

  /// Arguments of its JVM.
  List<String> properties() {
    return kind == Kind.GATUN
        ? List.of("-Dgatun.backend=" + title.substring(title.indexOf(' ') + 1))
        // What checks results must not load OpenBLAS beside a library's own.
        : List.of("-Dgatun.backend=vector");
  }

  /// Variables of its process.
  Map<String, String> environment(Workload.Group group, int threads, String openblasFolder) {
    Map<String, String> variables = new HashMap<>();
    for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
      variables.put(name, Integer.toString(threads));
    }
    if (traits.passive && threads > 1 && group == Workload.Group.NETWORK) {
      variables.put("OMP_WAIT_POLICY", "passive");
    }
    if (traits.openblas) {
      variables.put("LD_LIBRARY_PATH", openblasFolder);
    }
    return variables;
  }
}
