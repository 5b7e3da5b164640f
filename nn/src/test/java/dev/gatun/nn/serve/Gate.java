package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A function that doubles, batch by batch, when the test lets it.
final class Gate implements BatchFunction {
  private final Semaphore open = new Semaphore(0);
  private final BlockingQueue<List<Integer>> entered = new LinkedBlockingQueue<>();

  @Override
  public void run(Tensor input, Tensor output) {
    List<Integer> firsts = new ArrayList<>();
    for (long row = 0; row < input.size(0); row++) {
      firsts.add((int) input.get(row, 0));
    }
    entered.add(firsts);
    open.acquireUninterruptibly();
    Tensor _ = output.copy_(input.mul(2));
  }

  /// The first elements of the rows of the next batch that came here.
  List<Integer> next() throws InterruptedException {
    return Objects.requireNonNull(entered.poll(20, TimeUnit.SECONDS), "no batch came");
  }

  boolean isQuiet() {
    return entered.isEmpty();
  }

  void pass(int batches) {
    open.release(batches);
  }

  /// From now on everything passes.
  void open() {
    open.release(1_000_000);
  }

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000);
    }
    assertTrue(condition.getAsBoolean(), "did not come true in 20 s");
  }
}
