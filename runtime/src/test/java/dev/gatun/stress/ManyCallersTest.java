package dev.gatun.stress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.io.Safetensors;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Products and reductions of mixed sizes on very many threads at once, while others open and close
/// scopes, take gradients, save and load: the answers are those of one thread alone, to the bit.
@Tag("stress")
@Timeout(1200)
class ManyCallersTest {
  /// Rows, inner size and columns: from less than a microsecond to what is worth handing over.
  private static final int[][] SIZES = {
    {2, 20, 16}, {8, 64, 64}, {64, 96, 48}, {128, 128, 128}, {3, 700, 300}, {300, 320, 310}
  };

  /// One in so many virtual threads has a product that takes milliseconds.
  private static final int SELDOM = 100;

  private static final int[] LONG = {420, 400, 410};

  private static final float[][] EXPECTED = new float[SIZES.length + 1][];

  @TempDir static Path folder;

  private final AtomicLong answers = new AtomicLong();

  @BeforeAll
  static void alone() {
    for (int kind = 0; kind < EXPECTED.length; kind++) {
      EXPECTED[kind] = program(kind);
    }
  }

  /// A product, an elementwise chain and reductions, of inputs that depend on the kind alone.
  private static float[] program(int kind) {
    int[] size = kind < SIZES.length ? SIZES[kind] : LONG;
    try (Scope _ = Scope.open("request")) {
      Generator generator = Generator.seeded(kind);
      Tensor a = Tensor.rand(generator, size[0], size[1]);
      Tensor b = Tensor.rand(generator, size[1], size[2]);
      Tensor y = a.matmul(b).mul(0.01).tanh();
      return Tensor.stack(0, y.sum(), y.max(), y.std(), a.softmax(1).sum()).toFloatArray();
    }
  }

  private void answer(int kind) {
    assertArrayEquals(EXPECTED[kind], program(kind), 0f, () -> "kind " + kind);
    answers.incrementAndGet();
  }

  @Test
  void answersAreRightWhateverElseGoesOn() throws Exception {
    Garbage.collect();
    MemoryStats before = MemoryStats.now();
    long end = Load.end(3);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService platform = Executors.newFixedThreadPool(304);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 300; t++) {
        int seed = t;
        running.add(
            platform.submit(() -> {
              Random random = new Random(seed);
              do {
                answer(random.nextInt(SIZES.length));
              } while (System.nanoTime() < end);
            }));
      }
      running.add(platform.submit(() -> scopes(end)));
      running.add(platform.submit(() -> gradients(end)));
      for (int saver = 0; saver < 2; saver++) {
        Path file = folder.resolve(saver + ".safetensors");
        running.add(platform.submit(() -> saveAndLoad(file, end)));
      }
      for (int t = 0; t < 10_000; t++) {
        int kind = t % SELDOM == 0 ? SIZES.length : t % (SIZES.length - 1);
        running.add(virtual.submit(() -> answer(kind)));
      }
      join(running);
    }
    assertTrue(answers.get() >= 10_300, () -> answers + " answers");
    Garbage.collect();
    MemoryStats after = MemoryStats.now();
    assertEquals(before.openScopes(), after.openScopes());
    assertEquals(before.scopedBytes(), after.scopedBytes());
    assertEquals(before.sharedBytes(), after.sharedBytes());
  }

  private static void join(List<Future<?>> running) throws InterruptedException {
    AssertionError failed = null;
    for (Future<?> task : running) {
      try {
        Object _ = task.get();
      } catch (ExecutionException e) {
        failed = failed == null ? new AssertionError(e.getCause()) : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static void scopes(long end) {
    do {
      try (Scope outer = Scope.open("outer")) {
        Tensor kept;
        try (Scope _ = Scope.open("inner")) {
          kept = Tensor.full(3, 50, 50).keep();
          Tensor _ = Tensor.zeros(1000);
        }
        assertEquals(7500, kept.sum().item());
        assertEquals(1, outer.allocations());
      }
    } while (System.nanoTime() < end);
  }

  /// The gradient of a sum of squares is known.
  private static void gradients(long end) {
    do {
      try (Scope _ = Scope.open("step")) {
        Tensor x = Tensor.full(1.5, 40, 30).requiresGrad_();
        x.matmul(Tensor.ones(30, 20)).sum().backward();
        Tensor gradient = Objects.requireNonNull(x.grad());
        assertEquals(20, gradient.min().item());
        assertEquals(20, gradient.max().item());
      }
    } while (System.nanoTime() < end);
  }

  private static Void saveAndLoad(Path file, long end) throws Exception {
    for (int round = 1; round == 1 || System.nanoTime() < end; round++) {
      try (Scope _ = Scope.open("file")) {
        Tensor weights = Tensor.full(round, 300, 70);
        Safetensors.save(file, Map.of("weights", weights), Map.of());
        Tensor loaded = Objects.requireNonNull(Safetensors.load(file).get("weights"));
        assertEquals(round, loaded.min().item());
        assertEquals(round, loaded.max().item());
      }
    }
    return null;
  }
}
