package dev.gatun.bindings;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.bindings.openblas.Cblas;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsOpenBlas.class)
class BlasThreadsTest {
  private static final int SIZE = 96;

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
}
