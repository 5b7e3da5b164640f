package dev.gatun.bench.compare;

/// A library that is compared, on as many threads as [#threads()]. Has a constructor without
/// parameters, which loads the library and sets its threads.
public interface Peer {
  /// How many threads this process may use.
  ///
  /// @return what the launching process chose
  static int threads() {
    return Integer.getInteger("gatun.threads", 1);
  }

  /// The version that runs.
  ///
  /// @return as its makers write it
  String version();

  /// Whether the library can do this work without code that its user would not write.
  ///
  /// @param workload any
  /// @return whether [#prepare(Workload)] returns
  boolean supports(Workload workload);

  /// Makes operands, models and memory.
  ///
  /// @param workload one that is supported
  /// @return the work; belongs to the calling thread
  /// @throws Exception if the library fails
  Task prepare(Workload workload) throws Exception;
}
