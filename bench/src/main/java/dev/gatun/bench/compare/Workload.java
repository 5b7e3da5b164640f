package dev.gatun.bench.compare;

import java.util.ArrayList;
import java.util.List;

/// What every library does alike. Its inputs are the same in every process.
public sealed interface Workload
    permits Gemm, Pointwise, TinyAdd, Family, Layer, Inference, Training {
  /// What is measured close in time, in one process of each library.
  enum Group {
    /// Products.
    GEMM,
    /// Elementwise operations and reductions.
    POINTWISE,
    /// Strided, broadcast, indexed, sorted and contracted operands.
    FAMILIES,
    /// Inference and training.
    NETWORK
  }

  /// What it is called in results.
  ///
  /// @return unique
  String name();

  /// Where it belongs.
  ///
  /// @return the group
  Group group();

  /// Checks a result against doubles.
  ///
  /// @param got from [Task#result()]
  /// @throws IllegalStateException if it is wrong
  void check(double[] got);

  /// How often [Task#run()] does it: more than once where a call is too short.
  ///
  /// @return 1, but for tiny work
  default int repeats() {
    return 1;
  }

  /// Every workload, in the order of the report.
  ///
  /// @return products, elementwise operations, families, networks
  static List<Workload> all() {
    List<Workload> all = new ArrayList<>();
    for (int n : new int[] {8, 16, 32, 64, 97, 128, 256, 509, 512, 1024, 1536, 2048}) {
      all.add(new Gemm(n, n, n, false));
    }
    all.add(new Gemm(2, 20, 256, false));
    all.add(new Gemm(1, 784, 256, false));
    all.add(new Gemm(64, 784, 256, false));
    all.add(new Gemm(256, 1024, 1024, false));
    all.add(new Gemm(64, 64, 64, true));
    all.add(new Gemm(512, 512, 512, true));
    for (Pointwise.Operation operation : Pointwise.Operation.values()) {
      all.add(new Pointwise(operation));
    }
    all.add(new TinyAdd(false));
    all.add(new TinyAdd(true));
    for (Family.Operation operation : Family.Operation.values()) {
      all.add(new Family(operation));
    }
    all.add(new Inference(Network.SMALL, 2));
    for (int batch : new int[] {1, 64, 1024}) {
      all.add(new Inference(Network.DIGITS, batch));
    }
    for (boolean adam : new boolean[] {false, true}) {
      all.add(new Training(adam, 64));
      all.add(new Training(adam, 512));
    }
    for (boolean training : new boolean[] {false, true}) {
      all.add(new Recurrence(training));
      all.add(new Lookup(training));
    }
    all.add(new Correlation(64, 3, 32));
    all.add(new Correlation(32, 64, 28));
    all.add(new LeNet());
    for (Encoding.Part part : Encoding.Part.values()) {
      all.add(new Encoding(part));
    }
    return List.copyOf(all);
  }

  /// The workload with a name.
  ///
  /// @param name as in [#name()]
  /// @return the workload
  /// @throws IllegalArgumentException if there is none
  static Workload named(String name) {
    return all().stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("compare: no such workload: " + name));
  }
}
