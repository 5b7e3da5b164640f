package dev.gatun.memory;

import static dev.gatun.memory.Lifetimes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class CollectedTest {
  private static final long LIMIT = 8 << 20;
  private static final int BYTES = 256 << 10;

  private long usual;
  private long before;

  @BeforeEach
  void lowerTheLimit() throws InterruptedException {
    Lifetimes.settle();
    before = MemoryStats.now().gcBytes();
    usual = MemoryBudget.COLLECTED.limitBytes();
    MemoryBudget.COLLECTED.setLimitBytes(before + LIMIT);
  }

  @AfterEach
  void restoreTheLimit() {
    MemoryBudget.COLLECTED.setLimitBytes(usual);
  }

  @Test
  void serveEveryThreadWithoutAScope() throws Exception {
    Storage storage = Storage.allocate(100);
    assertEquals(before + 128, MemoryStats.now().gcBytes());
    Lifetimes.elsewhere("worker-1", () -> storage.segment(TENSOR).fill((byte) 3));
    assertEquals(3, storage.segment(TENSOR).get(ValueLayout.JAVA_BYTE, 99));
    storage.free();
    assertThrows(IllegalStateException.class, () -> storage.segment(TENSOR));
  }

  @Test
  void aLoopThatDropsItsResultsGoesOnPastTheLimit() {
    for (int i = 0; i < 20 * LIMIT / BYTES; i++) {
      Storage.allocate(BYTES).segment(TENSOR).set(ValueLayout.JAVA_INT, 0, i);
      assertTrue(MemoryStats.now().gcBytes() <= before + LIMIT);
    }
  }

  @Test
  void holdingOnToEverythingEndsInAnExceptionThatSaysWhatToDo() {
    List<Storage> held = new ArrayList<>();
    for (int i = 0; i < LIMIT / BYTES; i++) {
      held.add(Storage.allocate(BYTES));
    }
    String refused =
        ("allocate: no room without an open scope: 262144 bytes (%d are in use by the garbage"
                + " collector, limit %d); open a scope: try (var scope = Scope.open()),"
                + " or raise -Dgatun.gc.limit")
            .formatted(before + LIMIT, before + LIMIT);
    assertEquals(
        refused,
        assertThrows(IllegalStateException.class, () -> Storage.allocate(BYTES)).getMessage());
    try (Scope scope = Scope.open("step")) {
      Storage inScope = Storage.allocate(BYTES);
      assertEquals(refused, assertThrows(IllegalStateException.class, inScope::keep).getMessage());
      assertEquals(BYTES, inScope.segment(TENSOR).byteSize());
      assertEquals(BYTES, scope.bytes());
    }
    held.forEach(storage -> assertEquals(BYTES, storage.segment(TENSOR).byteSize()));
  }
}
