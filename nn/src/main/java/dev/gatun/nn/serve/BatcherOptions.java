package dev.gatun.nn.serve;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a [Batcher] makes batches.
///
/// ```java
/// BatcherOptions.of(64).maxDelay(Duration.ofMillis(1)).deadline(Duration.ofMillis(100))
/// ```
///
/// @param maxBatch rows in a batch at most
/// @param maxDelay how long a row may wait for others at most while a runner is idle; zero for not
///   at all
/// @param capacity requests that wait at most; those that are being computed are not among them
/// @param runners threads that compute batches. One gives the largest batches; more overlap the
///   copying of one batch with the computing of another, and use more cores where batches are too
///   small to be split
/// @param deadline how long a request may take unless it says so itself; null for any time
/// @param waitWhenFull whether [Batcher#infer] waits, in order, for room in a full queue, up to its
///   deadline; else it is refused at once, as [Batcher#submit] always is
/// @param drain how long [Batcher#close()] lets those who wait be answered
public record BatcherOptions(
    int maxBatch,
    Duration maxDelay,
    int capacity,
    int runners,
    @Nullable Duration deadline,
    boolean waitWhenFull,
    Duration drain) {

  /// Checks the numbers.
  public BatcherOptions {
    positive("maxBatch", maxBatch);
    positive("capacity", capacity);
    positive("runners", runners);
    notNegative("maxDelay", maxDelay);
    notNegative("drain", drain);
    if (deadline != null && !deadline.isPositive()) {
      throw new IllegalArgumentException("batcher: deadline must be positive: " + deadline);
    }
  }

  private static void positive(String what, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("batcher: %s must be positive: %d".formatted(what, value));
    }
  }

  private static void notNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "batcher: %s must not be negative: %s".formatted(what, value));
    }
  }

  /// A delay of 500 µs at most, 16 batches that wait (64 requests at least), half as many runners
  /// as processors but at least 2, a deadline of 10 s, refusal when full, 10 s to drain.
  ///
  /// @param maxBatch rows in a batch at most
  /// @return the options
  public static BatcherOptions of(int maxBatch) {
    int waiting = Math.clamp(16L * maxBatch, 64, Integer.MAX_VALUE);
    int runners = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
    Duration time = Duration.ofSeconds(10);
    return new BatcherOptions(
        maxBatch, Duration.ofNanos(500_000), waiting, runners, time, false, time);
  }

  /// {@return these with another delay}
  ///
  /// @param most that a row waits for others
  public BatcherOptions maxDelay(Duration most) {
    return new BatcherOptions(maxBatch, most, capacity, runners, deadline, waitWhenFull, drain);
  }

  /// {@return these with another queue}
  ///
  /// @param requests that wait at most
  public BatcherOptions capacity(int requests) {
    return new BatcherOptions(maxBatch, maxDelay, requests, runners, deadline, waitWhenFull, drain);
  }

  /// {@return these with another number of runners}
  ///
  /// @param threads that compute batches
  public BatcherOptions runners(int threads) {
    return new BatcherOptions(maxBatch, maxDelay, capacity, threads, deadline, waitWhenFull, drain);
  }

  /// {@return these with another deadline}
  ///
  /// @param time that a request may take; null for any
  public BatcherOptions deadline(@Nullable Duration time) {
    return new BatcherOptions(maxBatch, maxDelay, capacity, runners, time, waitWhenFull, drain);
  }

  /// {@return these with or without waiting for room}
  ///
  /// @param wait whether [Batcher#infer] waits while the queue is full
  public BatcherOptions waitWhenFull(boolean wait) {
    return new BatcherOptions(maxBatch, maxDelay, capacity, runners, deadline, wait, drain);
  }

  /// {@return these with another time to drain}
  ///
  /// @param time that [Batcher#close()] waits
  public BatcherOptions drain(Duration time) {
    return new BatcherOptions(maxBatch, maxDelay, capacity, runners, deadline, waitWhenFull, time);
  }
}
