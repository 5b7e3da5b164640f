package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class ScopeTest {
  @Test
  void theInnermostOpenScopeIsCurrent() {
    assertNull(Scope.current());
    try (Scope outer = Scope.open("outer")) {
      assertSame(outer, Scope.current());
      try (Scope inner = Scope.open()) {
        assertSame(inner, Scope.current());
        assertEquals("unnamed 2, outer 1", nameAndDepth(inner) + ", " + nameAndDepth(outer));
      }
      assertSame(outer, Scope.current());
    }
    assertNull(Scope.current());
  }

  private static String nameAndDepth(Scope scope) {
    return scope.name() + " " + scope.depth();
  }

  @Test
  void countsWhatItOwns() {
    try (Scope outer = Scope.open("outer")) {
      Storage mine = Storage.allocate(1000);
      try (Scope inner = Scope.open("inner")) {
        Storage kept = Storage.allocate(100);
        Storage freed = Storage.allocate(64);
        assertEquals(2, inner.allocations());
        assertEquals(128 + 64, inner.bytes());
        freed.free();
        kept.keep();
        assertEquals(2, inner.allocations());
        assertEquals(0, inner.bytes());
      }
      assertEquals(1, outer.allocations());
      assertEquals(1024 + 128, outer.bytes());
      mine.free();
      assertEquals(128, outer.bytes());
    }
  }

  @Test
  void countsInTheStatistics() {
    MemoryStats before = MemoryStats.now();
    try (Scope scope = Scope.open("step")) {
      Storage small = Storage.allocate(1000);
      Storage large = Storage.allocate(1 << 20);
      MemoryStats within = MemoryStats.now();
      assertEquals(before.openScopes() + 1, within.openScopes());
      assertEquals(before.allocations() + 2, within.allocations());
      assertEquals(before.scopedBytes() + scope.bytes(), within.scopedBytes());
      assertEquals(before.liveBytes() + 1024 + (1 << 20), within.liveBytes());
      small.free();
      large.free();
      assertEquals(before.liveBytes(), MemoryStats.now().liveBytes());
    }
  }

  @Test
  void remembersThePeak() {
    MemoryStats.resetPeak();
    long base = MemoryStats.now().peakBytes();
    for (int i = 0; i < 3; i++) {
      try (Scope scope = Scope.open("step")) {
        Storage.allocate(4096).markModified();
        Storage.allocate(i == 1 ? 1 << 20 : 100).markModified();
        assertEquals(2, scope.allocations());
      }
    }
    assertEquals(base + 4096 + (1 << 20), MemoryStats.now().peakBytes());
    MemoryStats.resetPeak();
    assertEquals(base, MemoryStats.now().peakBytes());
  }

  @Test
  void closingReturnsEverythingAtOnce() {
    long live = MemoryStats.now().liveBytes();
    try (Scope scope = Scope.open("step")) {
      for (int i = 0; i < 5000; i++) {
        Storage.allocate(i * 37L).markModified();
      }
      assertEquals(5000, scope.allocations());
    }
    assertEquals(live, MemoryStats.now().liveBytes());
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // the order is what is tested
  void refusesToCloseTwice() {
    Scope scope = Scope.open("step");
    scope.close();
    assertEquals("close: scope 'step' is already closed", messageOf(scope::close));
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // the order is what is tested
  void closesWhatIsOpenInsideAndSaysSo() {
    long live = MemoryStats.now().liveBytes();
    Scope outer = Scope.open("outer");
    Storage mine = Storage.allocate(8);
    Scope inner = Scope.open("inner");
    Storage.allocate(8).markModified();
    assertEquals(
        "close: scope 'outer' was closed while scope 'inner' inside it was open;"
            + " both are closed now; close the inner one first",
        messageOf(outer::close));
    assertEquals(live, MemoryStats.now().liveBytes());
    assertNull(Scope.current());
    assertEquals("close: scope 'inner' is already closed", messageOf(inner::close));
    assertThrows(IllegalStateException.class, () -> mine.segment(Lifetimes.TENSOR));
  }

  @Test
  void refusesToCloseFromAnotherThreadAndLosesNothing() throws Exception {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(8);
      assertEquals(
          "close: scope 'step' belongs to thread 'main' and was closed by thread 'worker-1';"
              + " close it where it was opened",
          Lifetimes.elsewhere("worker-1", () -> messageOf(scope::close)));
      assertEquals(8, storage.segment(Lifetimes.TENSOR).byteSize());
      assertSame(scope, Scope.current());
    }
  }

  private static String messageOf(Runnable close) {
    return String.valueOf(assertThrows(IllegalStateException.class, close::run).getMessage());
  }

  @Test
  void otherThreadsHaveTheirOwn() throws Exception {
    try (Scope scope = Scope.open("main")) {
      assertNull(Lifetimes.elsewhere("worker-1", Scope::current));
      assertSame(scope, Scope.current());
    }
  }
}
