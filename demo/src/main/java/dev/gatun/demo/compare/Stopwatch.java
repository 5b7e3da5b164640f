package dev.gatun.demo.compare;

import java.util.ArrayList;
import java.util.List;

/// Times a piece of work: repeats it until it gets no faster, then takes the median of samples.
final class Stopwatch {
  private static final int FEWEST_SAMPLES = 3;

  /// A sample is at least this long, so that reading the clock does not show in it.
  private static final long SAMPLE_NANOS = 1_000_000;

  /// What makes a repetition faster than this share of the fastest before is the compiler.
  private static final double PROGRESS = 0.95;

  private static final long LONGEST_WARMUP = 16;

  private final long nanos;

  /// @param nanos how long to take samples, and how long the work must have got no faster before
  Stopwatch(long nanos) {
    this.nanos = nanos;
  }

  /// Measures.
  ///
  /// @param work one repetition
  /// @param fewest how many repetitions the compiler wants to see, unless they take too long
  /// @return the median time of one repetition in nanoseconds
  double median(Runnable work, long fewest) {
    long repetitions = warmUp(work, fewest);
    List<Double> samples = new ArrayList<>();
    long end = System.nanoTime() + nanos;
    while (samples.size() < FEWEST_SAMPLES || System.nanoTime() < end) {
      samples.add(repeat(work, repetitions) / (double) repetitions);
    }
    samples.sort(null);
    return samples.get(samples.size() / 2);
  }

  /// Repeats the work until it gets no faster for a while: until it is compiled.
  ///
  /// @return how many repetitions fill a sample
  private long warmUp(Runnable work, long fewest) {
    long repetitions = 1;
    long done = 0;
    double best = Double.MAX_VALUE;
    long start = System.nanoTime();
    long progress = start;
    long now;
    do {
      long spent = Math.max(1, repeat(work, repetitions));
      now = System.nanoTime();
      done += repetitions;
      double each = spent / (double) repetitions;
      if (each < PROGRESS * best) {
        best = each;
        progress = now;
      }
      repetitions = Math.clamp(repetitions * SAMPLE_NANOS / spent, 1, 1_000_000);
    } while ((now - progress < nanos || done < fewest) && now - start < LONGEST_WARMUP * nanos);
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
