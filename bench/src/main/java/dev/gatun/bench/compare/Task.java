package dev.gatun.bench.compare;

/// Work that is ready to be timed. Used by one thread.
public interface Task {
  /// Does it once, or [Workload#repeats()] times.
  ///
  /// @return something that depends on the work, so that it is not optimized away
  /// @throws Exception if the library fails
  Object run() throws Exception;

  /// Does it once and reads the result; of training, the losses before the first three steps.
  /// Called once, before [#run()].
  ///
  /// @return row-major
  /// @throws Exception if the library fails
  double[] result() throws Exception;

  /// Gives everything back.
  ///
  /// @throws Exception if the library fails
  default void close() throws Exception {}
}
