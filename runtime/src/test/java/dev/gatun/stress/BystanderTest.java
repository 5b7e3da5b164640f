package dev.gatun.stress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Threads;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A thread with short work of its own while large products run and collections are forced.
@Tag("stress")
@Timeout(1200)
class BystanderTest {
  /// From here on the product is the large one, the machine should have nothing else to do, and
  /// what the bystander waits is limited closely.
  private static final int LONG = 30;

  private static final long MILLI = 1_000_000;

  @Test
  void waitsForNeitherProductsNorCollections() throws Exception {
    boolean large = Load.SECONDS >= LONG;
    long size = large ? 4096 : 1024;
    long end = Load.end(5);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger products = new AtomicInteger();
    Thread multiplier =
        Thread.ofPlatform()
            .start(() -> {
              try (Scope _ = Scope.open("product")) {
                Tensor a = Tensor.ones(size, size);
                while (!stop.get()) {
                  try (Scope _ = Scope.open("round")) {
                    Tensor _ = Threads.limit(1).call(() -> a.matmul(a));
                    products.incrementAndGet();
                  }
                }
              }
            });
    Thread collector =
        Thread.ofPlatform()
            .start(() -> {
              while (!stop.get()) {
                System.gc();
                LockSupport.parkNanos(100 * MILLI);
              }
            });
    List<Long> waits = new ArrayList<>();
    while (System.nanoTime() < end || products.get() == 0) {
      long begin = System.nanoTime();
      byte[] garbage = new byte[1000];
      garbage[(int) (begin & 511)] = 1;
      LockSupport.parkNanos(MILLI / 2);
      // A collection that comes while the thread is parked keeps it from coming back.
      waits.add(System.nanoTime() - begin - MILLI / 2);
    }
    stop.set(true);
    multiplier.join();
    collector.join();
    Collections.sort(waits);
    long p99 = waits.get((int) (waits.size() * 0.99));
    long limit = large ? 20 * MILLI : 1000 * MILLI;
    assertTrue(p99 < limit, () -> p99 + " ns at p99 of " + waits.size());
  }
}
