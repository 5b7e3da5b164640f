package dev.gatun.nn.serve;

import dev.gatun.nn.serve.Request.Phase;
import dev.gatun.tensor.NoGrad;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A thread that computes batches, one after the other. Nothing that a function does ends it.
final class Runner extends Thread {
  private final Collector collector;
  private final Counters counters;
  private final BatchFunction function;
  private final BatchMemory memory;
  private final @Nullable Request[] batch;

  /// Written after the batch was, for [#abandon].
  private volatile int rows;

  Runner(
      String name,
      Collector collector,
      Counters counters,
      BatchFunction function,
      BatchMemory memory,
      int maxBatch) {
    super(name);
    setDaemon(true);
    this.collector = collector;
    this.counters = counters;
    this.function = function;
    this.memory = memory;
    this.batch = new Request[maxBatch];
  }

  @Override
  public void run() {
    try (memory) {
      while (step()) {
        Arrays.fill(batch, 0, rows, null);
        rows = 0;
      }
    }
  }

  /// Whoever is in the batch has an outcome afterwards.
  @SuppressWarnings("CatchingUnchecked")
  private boolean step() {
    try (var _ = NoGrad.open()) {
      int taken = collector.collect(batch);
      if (taken < 0) {
        return false;
      }
      rows = taken;
      if (collector.isClosed()) {
        closeAll(); // after whoever closed looked at this batch
      } else {
        compute();
      }
    } catch (Throwable e) {
      failAll(e);
    }
    return true;
  }

  private void compute() {
    int read = 0;
    for (int i = 0; i < rows; i++) {
      Request request = batch[i];
      if (request != null && read(request, read)) {
        batch[read++] = request;
      }
    }
    Arrays.fill(batch, read, rows, null);
    rows = read;
    if (read == 0) {
      return;
    }
    Throwable failure = run(read);
    if (failure == null) {
      for (int i = 0; i < read; i++) {
        answer(batch[i], i);
      }
    } else if (read == 1) {
      failAll(failure);
    } else {
      oneByOne(); // whose fault was it?
    }
  }

  /// Has the function compute, and returns what it threw.
  @SuppressWarnings("CatchingUnchecked")
  private @Nullable Throwable run(int count) {
    long start = System.nanoTime();
    try {
      memory.run(function, count);
      return null;
    } catch (Throwable e) {
      return e;
    } finally {
      counters.batch(count, System.nanoTime() - start);
    }
  }

  private void oneByOne() {
    int count = rows;
    for (int i = 0; i < count; i++) {
      Request request = batch[i];
      if (request != null && !isLate(request) && read(request, 0)) {
        Throwable failure = run(1);
        if (failure == null) {
          answer(request, 0);
        } else {
          fail(request, Phase.TAKEN, failure);
        }
      }
    }
  }

  private boolean isLate(Request request) {
    boolean late = request.left(System.nanoTime()) <= 0 && request.end(Phase.TAKEN, Phase.LATE);
    if (late) {
      counters.late.increment();
    }
    return late;
  }

  /// Copies a row in, unless its caller has left.
  @SuppressWarnings("CatchingUnchecked")
  private boolean read(Request request, int at) {
    if (!request.move(Phase.TAKEN, Phase.READING)) {
      return false;
    }
    try {
      memory.read(request.row, at);
    } catch (Throwable e) {
      fail(request, Phase.READING, e);
      return false;
    }
    return request.move(Phase.READING, Phase.TAKEN);
  }

  /// Copies a reply out, unless its caller has left.
  @SuppressWarnings("CatchingUnchecked")
  private void answer(@Nullable Request request, int at) {
    if (request == null || !request.move(Phase.TAKEN, Phase.WRITING)) {
      return;
    }
    try {
      memory.write(at, request.reply);
    } catch (Throwable e) {
      fail(request, Phase.WRITING, e);
      return;
    }
    counters.answered.increment();
    boolean _ = request.end(Phase.WRITING, Phase.ANSWERED);
  }

  private void failAll(Throwable why) {
    for (int i = 0; i < rows; i++) {
      Request request = batch[i];
      if (request != null) {
        fail(request, Phase.TAKEN, why);
      }
    }
  }

  private void fail(Request request, Phase from, Throwable why) {
    if (from == Phase.WRITING || request.move(from, Phase.WRITING)) {
      counters.failed.increment();
      request.fail(why);
    }
  }

  /// Frees the memory of one that was not started.
  void discard() {
    if (getState() == State.NEW) {
      memory.close();
    }
  }

  /// Ends what this runner is computing, from the thread that closes the batcher.
  void abandon() {
    closeAll();
    interrupt();
  }

  private void closeAll() {
    int count = rows;
    for (int i = 0; i < count; i++) {
      Request request = batch[i];
      if (request != null && request.leave(Phase.CLOSED) != null) {
        request.wake();
      }
    }
  }
}
