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

  @BeforeEach
  void lowerTheLimit() throws InterruptedException {
    Lifetimes.collectUntil("garbage", () -> MemoryStats.now().liveBytes() == 0);
    MemoryStats.trim();
    usual = Limit.PROCESS.bytes();
    Limit.PROCESS.set(40 * MIB);
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
    assertEquals(32 * MIB, MemoryStats.now().pooledBytes());
  }

  @Test
  void garbageIsCollectedBeforeAnythingIsRefused() {
    for (int i = 0; i < 10; i++) {
      assertEquals(32 * MIB, Storage.allocate(32 * MIB).byteSize());
    }
  }

  @Test
  void saysWhoAskedForHowMuchAndWhatIsLive() {
    long before = MemoryStats.now().allocations();
    try (Scope scope = Scope.open("step")) {
      Storage held = Storage.allocate(16 * MIB);
      String refused =
          " (live: 16777216 scoped, 0 managed by the garbage collector, 0 shared; pooled: 0;"
              + " limit: 41943040); close scopes sooner or raise -Dgatun.memory.limit";
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
    assertEquals(before + 2, MemoryStats.now().allocations());
    assertEquals(0, MemoryStats.now().liveBytes());
    assertEquals(0, MemoryStats.now().gcBytes());
  }

  private static String messageOf(Runnable body) {
    return String.valueOf(assertThrows(OutOfMemoryError.class, body::run).getMessage());
  }
}
