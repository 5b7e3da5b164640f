package dev.gatun.bindings;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.bindings.openblas.Cblas;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsOpenBlas.class)
class BlasThreadsTest {
  private static final int SIZE = 110;
  private static final int ROUNDS = 20;

  /// Every element of the product of a matrix of ones with one of `value` is `SIZE * value`.
  private static float product(int value) {
    Blas blas = Blas.load();
    float result = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = arena.allocate(4L * SIZE * SIZE, 64);
      MemorySegment b = arena.allocate(4L * SIZE * SIZE, 64);
      MemorySegment c = arena.allocate(4L * SIZE * SIZE, 64);
      for (int i = 0; i < SIZE * SIZE; i++) {
        a.setAtIndex(JAVA_FLOAT, i, 1);
        b.setAtIndex(JAVA_FLOAT, i, value);
      }
      for (int i = 0; i < 10; i++) {
        blas.sgemm(false, true, SIZE, SIZE, SIZE, 1, a, 0, SIZE, b, 0, SIZE, 0, c, 0, SIZE);
      }
      for (int i = 0; i < SIZE * SIZE; i++) {
        result = Math.max(result, c.getAtIndex(JAVA_FLOAT, i));
      }
    }
    return result;
  }

  private static void manyAtOnce(ExecutorService executor, int count) throws Exception {
    List<Callable<Float>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int value = i;
      tasks.add(() -> product(value));
    }
    List<Future<Float>> results = executor.invokeAll(tasks);
    for (int i = 0; i < count; i++) {
      assertEquals((float) SIZE * i, results.get(i).get());
    }
  }

  @Test
  void manyPlatformThreadsMayCallAtOnce() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(100)) {
      manyAtOnce(executor, 100);
    }
  }

  @Test
  void manyVirtualThreadsMayCallAtOnce() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      manyAtOnce(executor, 500);
    }
  }

  @Test
  void resetsTheNumberOfThreadsThatOtherCodeSet() {
    assertEquals((float) SIZE, product(1));
    Cblas.openblas_set_num_threads(2);
    assertEquals((float) SIZE * 3, product(3));
    assertEquals(1, Cblas.openblas_get_num_threads());
  }

  /// Other code sets the library to two threads, at any moment, while many multiply.
  @Test
  void manyMayCallWhileOtherCodeSetsThreads() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              while (!stop.get()) {
                Cblas.openblas_set_num_threads(2);
                LockSupport.parkNanos(50_000);
              }
            });
    try (ExecutorService executor = Executors.newFixedThreadPool(100)) {
      manyAtOnce(executor, 100);
    } finally {
      stop.set(true);
      other.join();
    }
    assertEquals((float) SIZE, product(1));
    assertEquals(1, Cblas.openblas_get_num_threads());
  }

  /// A product that held up collections, as a critical downcall does, would end before the first.
  @Test
  void collectionsDoNotWaitForAProduct() throws Exception {
    int size = 1500;
    Blas blas = Blas.load();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment a = arena.allocate(8L * size * size, 64);
      MemorySegment c = arena.allocate(8L * size * size, 64);
      CountDownLatch begun = new CountDownLatch(1);
      AtomicInteger done = new AtomicInteger();
      Thread product =
          Thread.ofPlatform()
              .start(() -> {
                begun.countDown();
                for (int i = 0; i < ROUNDS; i++) {
                  blas.dgemm(
                      false, false, size, size, size, 1, a, 0, size, a, 0, size, 0, c, 0, size);
                  done.incrementAndGet();
                }
              });
      begun.await();
      int within = 0;
      while (product.isAlive() && within == 0) {
        int before = done.get();
        System.gc();
        within += done.get() == before && before < ROUNDS ? 1 : 0;
      }
      product.join();
      assertTrue(within > 0, "no collection began and ended during a product");
    }
  }

  @Test
  void leavesABufferForEachThreadOfTheLibrary() {
    assertEquals(48, Gate.callers("OpenBLAS 0.3.31 DYNAMIC_ARCH SkylakeX MAX_THREADS=64"));
    assertEquals(30, Gate.callers("OpenBLAS 0.3.21 Haswell MAX_THREADS=32"));
    assertEquals(23, Gate.callers("OpenBLAS 0.3.21 Haswell MAX_THREADS=25"));
    assertEquals(40, Gate.callers("OpenBLAS 0.3.21 Haswell MAX_THREADS=8"));
    assertEquals(48, Gate.callers("OpenBLAS 0.3.21 Haswell MAX_THREADS=128"));
    assertEquals(23, Gate.callers("OpenBLAS 0.3.5 "));
  }
}
