package dev.gatun.bench.compare;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// How long a workload is measured.
///
/// @param forks JVMs of its own, or 0 to share that of the library
/// @param warmups iterations before
/// @param warmupMillis of each
/// @param iterations that count
/// @param millis of each
record Pace(int forks, int warmups, int warmupMillis, int iterations, int millis) {
  /// Of a whole run.
  enum Speed {
    /// For numbers to show.
    FULL,
    /// For a first look.
    QUICK,
    /// To test the machinery.
    SMOKE
  }

  /// Java has to be compiled while it warms up, and one workload's profile must not spoil the next
  /// one's code; a native library is ready at once.
  static Pace of(Speed speed, boolean java) {
    return switch (speed) {
      case FULL -> java ? new Pace(1, 6, 500, 5, 150) : new Pace(0, 3, 100, 5, 100);
      case QUICK -> java ? new Pace(0, 3, 500, 3, 80) : new Pace(0, 1, 80, 3, 50);
      case SMOKE -> new Pace(0, 1, 5, 2, 5);
    };
  }

  /// Whether a workload is measured at all.
  static boolean takes(Speed speed, Workload workload) {
    return speed != Speed.QUICK || !(workload instanceof Gemm gemm) || gemm.isModest();
  }

  ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
    return options
        .forks(forks)
        .warmupIterations(warmups)
        .warmupTime(TimeValue.milliseconds(warmupMillis))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(millis));
  }

  @Override
  public String toString() {
    return "%d × %d ms after %d × %d ms of warm-up, %s"
        .formatted(
            iterations,
            millis,
            warmups,
            warmupMillis,
            forks == 0 ? "one JVM for a group of rows" : "a JVM for each row");
  }
}
