package dev.gatun.kernel;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {
  private static final WorkerPool POOL = new WorkerPool(3, new Budget(4));

  @Test
  void runsEveryTaskOnce() {
    for (int tasks : new int[] {0, 1, 2, 7, 1000}) {
      AtomicIntegerArray seen = new AtomicIntegerArray(tasks);
      Workers.run(tasks, seen::incrementAndGet);
      if (tasks > 0) {
        AtomicIntegerArray pooled = new AtomicIntegerArray(tasks);
        run(tasks, pooled::incrementAndGet);
        assertTrue(IntStream.range(0, tasks).allMatch(i -> pooled.get(i) == 1));
      }
      assertTrue(IntStream.range(0, tasks).allMatch(i -> seen.get(i) == 1));
    }
  }

  @Test
  void usesIdleWorkersBesideTheCaller() {
    awaitIdle(3);
    CountDownLatch all = new CountDownLatch(4);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    run(
        4,
        i -> {
          threads.add(Thread.currentThread());
          all.countDown();
          await(all);
        });
    assertEquals(4, threads.size());
    assertTrue(threads.contains(Thread.currentThread()));
    assertTrue(threads.stream().allMatch(t -> t == Thread.currentThread() || t.isDaemon()));
  }

  @Test
  void callerWorksAloneWhenAllWorkersAreBusy() throws Exception {
    awaitIdle(3);
    CountDownLatch busy = new CountDownLatch(4);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> first =
          other.submit(() ->
              run(
                  4,
                  i -> {
                    busy.countDown();
                    await(end);
                  }));
      busy.await();
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      run(10, i -> threads.add(Thread.currentThread()));
      assertEquals(Set.of(Thread.currentThread()), threads);
      end.countDown();
      first.get();
    }
  }

  @Test
  void nestedCallsStayOnTheirThread() {
    AtomicInteger strangers = new AtomicInteger();
    run(
        4,
        i -> {
          Thread outer = Thread.currentThread();
          Workers.run(
              4,
              j -> {
                if (Thread.currentThread() != outer) {
                  strangers.incrementAndGet();
                }
              });
        });
    assertEquals(0, strangers.get());
  }

  @Test
  void rethrowsTheFirstFailureAndStaysUsable() {
    IllegalStateException boom = new IllegalStateException("boom");
    for (int failing : new int[] {0, 5, 99}) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  run(
                      100,
                      i -> {
                        if (i == failing) {
                          throw boom;
                        }
                      }));
      assertSame(boom, thrown);
    }
    awaitIdle(3);
  }

  @Test
  void interruptionNeitherEndsTheWaitNorIsLost() {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    Thread.currentThread().interrupt();
    try {
      run(
          2,
          i -> {
            both.countDown();
            if (Thread.currentThread() instanceof WorkerPool.Worker) {
              await(both);
              pause(50);
            }
            done.incrementAndGet();
          });
      assertEquals(2, done.get());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void servesManyVirtualThreads() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 1000; t++) {
        Future<?> _ = virtual.submit(() -> run(8, i -> done.incrementAndGet()));
      }
    }
    assertEquals(8000, done.get());
    awaitIdle(3);
  }

  @Test
  void aRegionLimitsItsOperations() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Threads.limit(1)
        .run(() ->
            Workers.run(
                50,
                i -> {
                  threads.add(Thread.currentThread());
                  pause(1);
                }));
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  @Test
  void virtualThreadsLeaveLongProductsToPlatformThreads() throws Exception {
    for (int tasks : new int[] {1, 5}) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      IntConsumer body = i -> threads.add(Thread.currentThread());
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                Workers.run(tasks, 1e9, body);
                Workers.run(tasks, 1e3, i -> threads.add(Thread.currentThread()));
              });
      caller.join();
      // Helpers may have taken all of several tasks.
      Set<Thread> virtual = threads.stream().filter(Thread::isVirtual).collect(toSet());
      assertTrue(virtual.equals(Set.of(caller)) || (tasks > 1 && virtual.isEmpty()));
      assertTrue(
          threads.stream()
              .filter(t -> !t.isVirtual())
              .anyMatch(t -> tasks > 1 || t.getName().equals("gatun-caller")));
    }
  }

  @Test
  void whatIsHandedOverKeepsLimitAndFailure() throws Exception {
    IllegalStateException boom = new IllegalStateException("boom");
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> limited =
          virtual.submit(() ->
              Threads.limit(1)
                  .run(() ->
                      Workers.run(
                          50,
                          1e9,
                          i -> {
                            threads.add(Thread.currentThread());
                            pause(1);
                          })));
      limited.get();
      assertEquals(1, threads.size());
      Future<?> failing =
          virtual.submit(() ->
              Workers.run(
                  5,
                  1e9,
                  i -> {
                    throw boom;
                  }));
      assertSame(boom, assertThrows(ExecutionException.class, failing::get).getCause());
    }
  }

  @Test
  void aVirtualThreadLetsOthersRunBetweenItsTasks() throws Exception {
    // As many as there are carriers compute without end until another one gets its turn.
    int carriers = Runtime.getRuntime().availableProcessors();
    CountDownLatch computing = new CountDownLatch(carriers);
    AtomicInteger turns = new AtomicInteger();
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < carriers; c++) {
        Future<?> _ =
            virtual.submit(() ->
                Workers.run(
                    POOL,
                    1,
                    Integer.MAX_VALUE,
                    i -> {
                      computing.countDown();
                      if (turns.get() > 0) {
                        throw new CancellationException();
                      }
                    }));
      }
      computing.await();
      Future<?> _ = virtual.submit(turns::incrementAndGet);
    }
    assertEquals(1, turns.get());
  }

  @Test
  void aliasLetsWorkersUseConfinedMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment confined = arena.allocate(400, 4);
      MemorySegment alias = Workers.alias(confined);
      run(100, i -> alias.setAtIndex(ValueLayout.JAVA_INT, i, i));
      for (int i = 0; i < 100; i++) {
        assertEquals(i, confined.getAtIndex(ValueLayout.JAVA_INT, i));
      }
      assertTrue(Workers.alias(confined.asReadOnly()).isReadOnly());
      assertEquals(0, Workers.alias(confined.asSlice(400)).byteSize());
    }
  }

  @Test
  void aliasLeavesMemoryOfAllThreadsAsItIs() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment shared = arena.allocate(8);
      MemorySegment collected = Arena.ofAuto().allocate(8);
      assertSame(shared, Workers.alias(shared));
      assertSame(collected, Workers.alias(collected));
    }
  }

  @Test
  void aliasRefusesClosedMemoryAndThatOfOthers() {
    MemorySegment segment;
    try (Arena arena = Arena.ofConfined()) {
      segment = arena.allocate(8);
      try (ExecutorService stranger = Executors.newSingleThreadExecutor()) {
        Future<MemorySegment> alias = stranger.submit(() -> Workers.alias(segment));
        ExecutionException thrown = assertThrows(ExecutionException.class, alias::get);
        assertInstanceOf(WrongThreadException.class, thrown.getCause());
      }
    }
    assertThrows(IllegalStateException.class, () -> Workers.alias(segment));
    assertFalse(segment.scope().isAlive());
  }

  private static void run(int tasks, IntConsumer body) {
    Workers.run(POOL, 4, tasks, body);
  }

  private static void awaitIdle(int workers) {
    while (POOL.idle() < workers || POOL.budget().running() > 0) {
      pause(1);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
