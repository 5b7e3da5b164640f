package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    usual = Limit.PROCESS.bytes();
    limit = before.liveBytes() + before.pooledBytes() + 40 * MIB;
    Limit.PROCESS.set(limit);
  }

  @AfterEach
  void restoreTheLimit() {
    Limit.PROCESS.set(usual);
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

  private static String messageOf(Runnable body) {
    return String.valueOf(assertThrows(OutOfMemoryError.class, body::run).getMessage());
  }
}
