package dev.gatun.demo.compare;

import java.util.ArrayList;
import java.util.List;

/// Times a piece of work: warm up, then take samples until the time is up, then take the median.
final class Stopwatch {
  private static final int FEWEST_SAMPLES = 3;

  /// A sample is at least this long, so that reading the clock does not show in it.
  private static final long SAMPLE_NANOS = 1_000_000;

  private final long warmupNanos;
  private final long measureNanos;

  Stopwatch(long warmupNanos, long measureNanos) {
    this.warmupNanos = warmupNanos;
    this.measureNanos = measureNanos;
  }

  /// @return the median time of one repetition in nanoseconds
  double median(Runnable work) {
    long repetitions = warmUp(work);
    List<Double> samples = new ArrayList<>();
    long end = System.nanoTime() + measureNanos;
    while (samples.size() < FEWEST_SAMPLES || System.nanoTime() < end) {
      samples.add(repeat(work, repetitions) / (double) repetitions);
    }
    samples.sort(null);
    return samples.get(samples.size() / 2);
  }

  /// Repeats the work until it is compiled.
  ///
  /// @return how many repetitions fill a sample
  private long warmUp(Runnable work) {
    long repetitions = 1;
    long end = System.nanoTime() + warmupNanos;
    long nanos;
    do {
      nanos = Math.max(1, repeat(work, repetitions));
      repetitions = Math.clamp(repetitions * SAMPLE_NANOS / nanos, 1, 1_000_000);
    } while (System.nanoTime() < end);
    return repetitions;
  }

  private static long repeat(Runnable work, long repetitions) {
    long start = System.nanoTime();
    for (long i = 0; i < repetitions; i++) {
      work.run();
    }
    return System.nanoTime() - start;
  }
}
