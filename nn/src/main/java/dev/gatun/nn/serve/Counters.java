package dev.gatun.nn.serve;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/// What a batcher counts. A request that is answered is counted by its runner, so that callers
/// share nothing here.
final class Counters {
  /// Buckets of waiting times: the last takes all from 2³⁰ µs on.
  private static final int WAITS = 32;

  final LongAdder answered = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  final LongAdder rejected = new LongAdder();
  private final LongAdder waitNanos = new LongAdder();
  private final LongAdder computeNanos = new LongAdder();
  private final AtomicLongArray batches;
  private final AtomicLongArray waits = new AtomicLongArray(WAITS);

  Counters(int maxBatch) {
    batches = new AtomicLongArray(maxBatch + 1);
  }

  void waited(long nanos) {
    waitNanos.add(nanos);
    int bucket = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, nanos) / 1_000);
    waits.getAndIncrement(Math.min(bucket, WAITS - 1));
  }

  void batch(int rows, long nanos) {
    batches.getAndIncrement(rows);
    computeNanos.add(nanos);
  }

  BatcherStats read(int queueDepth) {
    return new BatcherStats(
        answered.sum(),
        failed.sum(),
        late.sum(),
        cancelled.sum(),
        rejected.sum(),
        queueDepth,
        list(batches),
        waitNanos.sum(),
        computeNanos.sum(),
        list(waits));
  }

  private static List<Long> list(AtomicLongArray counts) {
    return LongStream.range(0, counts.length()).mapToObj(i -> counts.get((int) i)).toList();
  }
}
