package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One model, read by very many threads at once.
@Timeout(120)
class SharedModelTest {
  private static final int KINDS = 16;
  private static Sequential model;
  private static float[][] inputs;
  private static float[][] expected;

  @BeforeAll
  static void make() {
    Generator generator = Generator.seeded(3);
    model =
        new Sequential(
            new Linear(64, 128, generator),
            new ReLU(),
            new Dropout(0.5),
            new Linear(128, 64, generator),
            new Tanh(),
            new Linear(64, 10, generator),
            new Softmax(-1));
    model.eval();
    inputs = new float[KINDS][];
    for (int kind = 0; kind < KINDS; kind++) {
      try (var _ = Scope.open()) {
        inputs[kind] = Tensor.randn(generator, 1 + kind, 64).toFloatArray();
      }
    }
    expected = IntStream.range(0, KINDS).mapToObj(SharedModelTest::infer).toArray(float[][]::new);
  }

  @AfterAll
  static void free() {
    model.close();
  }

  private static float[] infer(int kind) {
    try (var _ = NoGrad.open();
        var _ = Scope.open("request")) {
      return model.forward(Tensor.of(inputs[kind], 1 + kind, 64)).toFloatArray();
    }
  }

  /// Starts all tasks at once and checks every answer.
  private static void serve(
      ExecutorService threads, int tasks, int rounds, IntFunction<float[]> request)
      throws ExecutionException, InterruptedException, TimeoutException {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<float[][]>> answers = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      int kind = task % KINDS;
      answers.add(
          threads.submit(() -> {
            start.await();
            float[][] each = new float[rounds][];
            for (int round = 0; round < rounds; round++) {
              each[round] = request.apply(kind);
            }
            return each;
          }));
    }
    start.countDown();
    for (int task = 0; task < tasks; task++) {
      for (float[] answer : answers.get(task).get(100, TimeUnit.SECONDS)) {
        assertArrayEquals(expected[task % KINDS], answer, 1e-6f);
      }
    }
  }

  @Test
  void answers300PlatformThreadsAtOnce()
      throws ExecutionException, InterruptedException, TimeoutException {
    try (ExecutorService threads = Executors.newFixedThreadPool(300)) {
      serve(threads, 300, 5, SharedModelTest::infer);
    }
  }

  @Test
  void answers10000VirtualThreadsAtOnce()
      throws ExecutionException, InterruptedException, TimeoutException {
    long scopes = MemoryStats.now().openScopes();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      serve(threads, 10_000, 2, SharedModelTest::infer);
    }
    assertEquals(scopes, MemoryStats.now().openScopes());
  }

  @Test
  void answersBothWhileLargeProductsRun()
      throws ExecutionException, InterruptedException, TimeoutException {
    Generator generator = Generator.seeded(8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Linear large = new Linear(512, 512, generator);
        var _ = Scope.open()) {
      Tensor x = Tensor.randn(generator, 256, 512);
      float[] product = large.forward(x).detach().toFloatArray();
      var busy =
          threads.submit(() -> {
            try (var _ = NoGrad.open();
                var _ = Scope.open()) {
              Tensor input = Tensor.randn(Generator.seeded(9), 256, 512);
              return large.forward(input).sum().item();
            }
          });
      serve(threads, 1_000, 2, SharedModelTest::infer);
      assertEquals(Double.isFinite(busy.get()), true);
      assertArrayEquals(product, large.forward(x).detach().toFloatArray());
    }
  }
}
