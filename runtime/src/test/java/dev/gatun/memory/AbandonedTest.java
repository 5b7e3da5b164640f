package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Threads that end, or run out of stack, in the middle.
@ExtendWith(Lifetimes.class)
final class AbandonedTest {
  private static final int BYTES = 1000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @SuppressWarnings("MustBeClosedChecker") // that is what is tested
  void whatADeadThreadLeftOpenComesBack(boolean virtual) throws Exception {
    MemoryStats before = MemoryStats.now();
    List<Storage> held = new ArrayList<>();
    Runnable body =
        () -> {
          Scope outer = Scope.open("outer");
          held.add(Storage.allocate(BYTES));
          Scope inner = Scope.open("inner", 4 << 20);
          held.add(Storage.allocate(2 << 20));
          held.getLast().segment(Lifetimes.TENSOR).fill((byte) 1);
          assertEquals(3, outer.depth() + inner.depth());
        };
    Thread thread =
        virtual ? Thread.ofVirtual().name("v").start(body) : Thread.ofPlatform().start(body);
    thread.join();
    Lifetimes.collectUntil(
        "scopes of a dead thread are closed",
        () -> MemoryStats.now().openScopes() == before.openScopes());
    Lifetimes.collectUntil(
        "their memory is back", () -> MemoryStats.now().scopedBytes() == before.scopedBytes());
    for (Storage storage : held) { // still referred to, and nobody's
      assertThrows(IllegalStateException.class, () -> storage.segment(Lifetimes.TENSOR));
      storage.free();
    }
    assertEquals(before.scopedBytes(), MemoryStats.now().scopedBytes());
  }

  /// Each level opens a scope; the stack ends wherever it does, in a `close()` too.
  @Test
  void aStackThatEndsLosesNothing() throws Exception {
    long live = MemoryStats.now().liveBytes();
    Thread thread =
        new Thread(
            null,
            () -> {
              for (int i = 0; i < 300; i++) {
                int padding = i;
                assertThrows(StackOverflowError.class, () -> pad(padding));
                assertEquals(null, Scope.current());
              }
            },
            "deep",
            512 << 10);
    List<Throwable> thrown = new ArrayList<>();
    thread.setUncaughtExceptionHandler((_, e) -> thrown.add(e));
    thread.start();
    thread.join();
    assertEquals(List.of(), thrown);
    assertEquals(live, MemoryStats.now().liveBytes());
    MemoryStats.trim();
    try (Scope scope = Scope.open("after")) {
      for (int i = 0; i < 5000; i++) {
        Storage.allocate(i * 40L).markModified(); // every stripe can still be used
      }
      assertEquals(5000, scope.allocations());
    }
  }

  private static int pad(int frames) {
    return frames == 0 ? deepen(0) : pad(frames - 1) + 1;
  }

  @SuppressWarnings("InfiniteRecursion") // that is what is tested
  private static int deepen(int level) {
    try (Scope scope = Scope.open("level")) {
      Storage small = Storage.allocate(BYTES);
      Storage large = Storage.allocate(70_000);
      if (level % 3 == 0) {
        small.segment(Lifetimes.TENSOR).fill((byte) level);
      }
      if (level % 5 == 0) {
        large.free();
      }
      return deepen(level + 1) + (int) scope.bytes();
    }
  }

  @Test
  void anInterruptChangesNothing() {
    Thread.currentThread().interrupt();
    try (Scope scope = Scope.open("interrupted")) {
      Storage.allocate(BYTES).markModified();
      Storage.allocate(2 << 20).free();
      assertEquals(2, scope.allocations());
      MemoryStats.trim();
    }
    assertTrue(Thread.interrupted());
  }
}
