package dev.gatun.memory;

import static dev.gatun.memory.Lifetimes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
@Timeout(120)
final class ConcurrencyTest {
  /// Storages and the value that each was filled with.
  private record Filled(Storage storage, long value) {
    static Filled make(Random random) {
      long bytes = 8L << random.nextInt(random.nextInt(16) == 0 ? 15 : 10);
      Storage storage = Storage.allocate(bytes);
      long value = random.nextLong();
      MemorySegment memory = storage.segment(TENSOR);
      for (long at = 0; at < bytes; at += 8) {
        memory.set(ValueLayout.JAVA_LONG, at, value);
      }
      return new Filled(storage, value);
    }

    void check() {
      MemorySegment memory = storage.segment(TENSOR);
      for (long at = 0; at < memory.byteSize(); at += 8) {
        assertEquals(value, memory.get(ValueLayout.JAVA_LONG, at));
      }
    }
  }

  private static void churn(Random random, int depth) {
    List<Filled> mine = new ArrayList<>();
    try (Scope scope = Scope.open("depth " + depth)) {
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        mine.add(Filled.make(random));
        if (random.nextInt(4) == 0) {
          Filled kept;
          try (Scope inner = Scope.open("inner")) {
            Filled.make(random).check();
            kept = Filled.make(random);
            kept.storage().keep();
            assertEquals(2, inner.allocations());
          }
          mine.add(kept);
        }
        if (random.nextInt(4) == 0) {
          mine.removeFirst().storage().free();
        }
        if (random.nextInt(8) == 0) {
          Thread.onSpinWait();
        }
      }
      if (depth < 3 && random.nextBoolean()) {
        churn(random, depth + 1);
      }
      mine.forEach(Filled::check);
      assertTrue(scope.allocations() >= count);
    }
  }

  private static void inParallel(ExecutorService threads, int tasks, Callable<?> body)
      throws Exception {
    try (threads) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        running.add(threads.submit(body));
      }
      for (Future<?> task : running) {
        task.get();
      }
    }
  }

  @Test
  void platformThreadsNeverShareABlock() throws Exception {
    inParallel(
        Executors.newFixedThreadPool(16),
        64,
        () -> {
          Random random = new Random(Thread.currentThread().threadId());
          for (int i = 0; i < 300; i++) {
            churn(random, 0);
          }
          return null;
        });
  }

  @Test
  void virtualThreadsNeverShareABlock() throws Exception {
    inParallel(
        Executors.newVirtualThreadPerTaskExecutor(),
        5000,
        () -> {
          Random random = new Random(Thread.currentThread().threadId());
          try (Scope scope = Scope.open("request")) {
            Filled filled = Filled.make(random);
            Thread.sleep(random.nextInt(5));
            churn(random, 0);
            filled.check();
            assertEquals(1, scope.allocations());
          }
          return null;
        });
  }

  @Test
  void trimmingMeanwhileTakesNothingThatIsUsed() throws Exception {
    CountDownLatch done = new CountDownLatch(8);
    Thread trimmer =
        Thread.ofPlatform()
            .start(() -> {
              while (done.getCount() > 0) {
                MemoryStats.trim();
              }
            });
    inParallel(
        Executors.newFixedThreadPool(8),
        8,
        () -> {
          Random random = new Random(Thread.currentThread().threadId());
          try {
            for (int i = 0; i < 500; i++) {
              churn(random, 0);
            }
          } finally {
            done.countDown();
          }
          return null;
        });
    trimmer.join();
  }

  @Test
  void handedOverMemoryArrivesWhole() throws Exception {
    BlockingQueue<Filled> queue = new LinkedBlockingQueue<>(16);
    int perProducer = 2000;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        tasks.add(
            threads.submit(() -> {
              Random random = new Random(Thread.currentThread().threadId());
              for (int i = 0; i < perProducer; i++) {
                Filled made;
                try (Scope scope = Scope.open("loader")) {
                  made = Filled.make(random);
                  made.storage().detach();
                  assertEquals(0, scope.bytes());
                }
                queue.put(made);
              }
              return null;
            }));
        tasks.add(
            threads.submit(() -> {
              for (int i = 0; i < perProducer; i++) {
                Filled got = queue.take();
                try (Scope scope = Scope.open("step")) {
                  got.storage().attach();
                  got.check();
                  assertTrue(scope.bytes() > 0);
                }
              }
              return null;
            }));
      }
      for (Future<?> task : tasks) {
        task.get(60, TimeUnit.SECONDS);
      }
    }
  }

  /// Runs the same thing on several threads as simultaneously as can be; counts successes.
  private static int race(Runnable body) throws Exception {
    int racers = 4;
    CountDownLatch ready = new CountDownLatch(racers);
    List<Future<Boolean>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
      for (int i = 0; i < racers; i++) {
        results.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              try {
                body.run();
                return true;
              } catch (IllegalStateException | WrongThreadException _) {
                return false;
              }
            }));
      }
      int successes = 0;
      for (Future<Boolean> result : results) {
        successes += result.get() ? 1 : 0;
      }
      return successes;
    }
  }

  @Test
  void onlyOneThreadAcceptsAHandOver() throws Exception {
    for (int round = 0; round < 100; round++) {
      Storage storage;
      try (Scope scope = Scope.open("loader")) {
        storage = Storage.allocate(4096);
        storage.detach();
        assertEquals(1, scope.allocations());
      }
      int accepted =
          race(() -> {
            try (Scope scope = Scope.open("step")) {
              storage.attach();
              assertTrue(scope.bytes() > 0);
            }
          });
      assertEquals(1, accepted);
    }
  }

  @Test
  void sharedMemoryIsReturnedOnceHoweverManyFreeIt() throws Exception {
    MemoryStats before = MemoryStats.now();
    for (int round = 0; round < 50; round++) {
      Storage storage = Storage.allocateShared(4096);
      assertEquals(4, race(storage::free));
    }
    assertEquals(before.sharedBytes(), MemoryStats.now().sharedBytes());
    assertEquals(before.liveBytes(), MemoryStats.now().liveBytes());
  }

  @Test
  void freeingWhileAnotherThreadReadsIsAnExceptionThere() throws Exception {
    for (int round = 0; round < 20; round++) {
      Storage storage = Storage.allocateShared(4096);
      storage.segment(TENSOR).fill((byte) 1);
      CountDownLatch reading = new CountDownLatch(1);
      Future<Boolean> reader;
      try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
        reader = thread.submit(() -> readUntilItIsGone(storage, reading));
        reading.await();
        storage.free();
        try (Scope scope = Scope.open("next owner")) {
          for (int i = 0; i < 64; i++) {
            Storage.allocate(4096).segment(TENSOR).fill((byte) 2);
          }
          assertEquals(64, scope.allocations());
        }
      }
      assertTrue(reader.get(), "saw the bytes of the next owner");
    }
  }

  private static boolean readUntilItIsGone(Storage storage, CountDownLatch reading) {
    MemorySegment memory = storage.segment(TENSOR);
    try {
      for (long i = 0; ; i++) {
        if (memory.get(ValueLayout.JAVA_BYTE, i & 4095) != 1) {
          return false;
        }
        if (i == 10_000) {
          reading.countDown();
        }
      }
    } catch (IllegalStateException _) {
      return true;
    }
  }
}
