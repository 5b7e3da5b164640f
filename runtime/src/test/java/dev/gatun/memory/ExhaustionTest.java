package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class ExhaustionTest {
  private static final long MIB = 1 << 20;

  private long usual;
  private long limit;
  private MemoryStats before = MemoryStats.now();

  @BeforeEach
  void lowerTheLimit() throws InterruptedException {
    Lifetimes.settle();
    before = MemoryStats.now();
    usual = MemoryBudget.PROCESS.limitBytes();
    limit = before.liveBytes() + before.pooledBytes() + 40 * MIB;
    MemoryBudget.PROCESS.setLimitBytes(limit);
  }

  @AfterEach
  void restoreTheLimit() {
    MemoryBudget.PROCESS.setLimitBytes(usual);
  }

  @Test
  void pooledMemoryIsGivenBackBeforeAnythingIsRefused() {
    for (long mib = 8; mib <= 32; mib += 4) { // together far more than the limit
      try (Scope scope = Scope.open("shape")) {
        Storage storage = Storage.allocate(mib * MIB);
        assertSame(scope, Scope.current());
        storage.free();
      }
    }
    assertEquals(before.pooledBytes() + 32 * MIB, MemoryStats.now().pooledBytes());
  }

  @Test
  void garbageIsCollectedBeforeAnythingIsRefused() {
    for (int i = 0; i < 10; i++) {
      assertEquals(32 * MIB, Storage.allocate(32 * MIB).byteSize());
    }
  }

  @Test
  void saysWhoAskedForHowMuchAndWhatIsLive() {
    try (Scope scope = Scope.open("step")) {
      Storage held = Storage.allocate(16 * MIB);
      String refused =
          (" (live: %d scoped, %d managed by the garbage collector, %d shared; pooled: %d;"
                  + " limit: %d); close scopes sooner or raise -Dgatun.memory.limit")
              .formatted(
                  before.scopedBytes() + 16 * MIB,
                  before.gcBytes(),
                  before.sharedBytes(),
                  before.pooledBytes(),
                  limit);
      assertEquals(
          "allocate: native memory is exhausted: 33554432 bytes for scope 'step' of thread 'main'"
              + refused,
          messageOf(() -> Storage.allocate(32 * MIB)));
      assertEquals(
          "allocate: native memory is exhausted: 33554432 bytes for a shared lifetime" + refused,
          messageOf(() -> Storage.allocateShared(32 * MIB)));
      assertEquals(held.byteSize(), scope.bytes());
      assertEquals(8 * MIB, Storage.allocate(8 * MIB).byteSize());
    }
    assertEquals(before.allocations() + 2, MemoryStats.now().allocations());
    assertEquals(before.liveBytes(), MemoryStats.now().liveBytes());
    assertEquals(before.gcBytes(), MemoryStats.now().gcBytes());
  }

  /// However many ask at once: the limit is not passed, and nobody is refused for what another
  /// merely asked for.
  @Test
  void holdsUnderConcurrency() throws Exception {
    int threads = 8;
    long room = 40 * MIB / (threads * (64L << 10)); // 80 blocks for each
    CyclicBarrier together = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> most = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        most.add(pool.submit(() -> fill(together, room - 16)));
      }
      for (Future<Long> held : most) {
        long seen = held.get(60, TimeUnit.SECONDS);
        assertTrue(seen <= limit, seen + " were held");
      }
    }
    assertEquals(
        "setLimitBytes: limit is negative: -1 bytes",
        assertThrows(IllegalArgumentException.class, () -> MemoryBudget.PROCESS.setLimitBytes(-1))
            .getMessage());
  }

  private static long fill(CyclicBarrier together, long blocks) throws Exception {
    long most = 0;
    for (int round = 0; round < 5; round++) {
      together.await(20, TimeUnit.SECONDS);
      try (Scope scope = Scope.open("filler")) {
        assertThrows(
            MemoryBudgetException.class,
            () -> Storage.allocate(MemoryBudget.PROCESS.limitBytes() + 1));
        for (int i = 0; i < blocks; i++) {
          Storage.allocate(64 << 10).markModified();
          most = Math.max(most, MemoryBudget.PROCESS.usedBytes());
        }
        assertEquals(blocks, scope.allocations());
      }
    }
    return most;
  }

  /// A limit below what is held takes nothing away, but what lies free.
  @Test
  void canBeLoweredAndRaisedAtRunTime() {
    try (Scope scope = Scope.open("step")) {
      Storage held = Storage.allocate(4 * MIB);
      Storage.allocate(8 * MIB).free();
      MemoryBudget.PROCESS.setLimitBytes(MIB);
      assertTrue(MemoryStats.now().pooledBytes() <= before.pooledBytes());
      assertEquals(
          MIB,
          assertThrows(MemoryBudgetException.class, () -> Storage.allocate(2 * MIB)).limitBytes());
      assertEquals(4 * MIB, held.segment(Lifetimes.TENSOR).byteSize());
      MemoryBudget.PROCESS.setLimitBytes(limit);
      assertEquals(2 * MIB, Storage.allocate(2 * MIB).byteSize());
      assertEquals(6 * MIB, scope.bytes());
    }
  }

  private static String messageOf(Runnable body) {
    return String.valueOf(assertThrows(MemoryBudgetException.class, body::run).getMessage());
  }
}
