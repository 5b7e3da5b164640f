package dev.gatun.memory;

import static dev.gatun.memory.Lifetimes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.internal.KernelMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class KernelMemoryTest {
  @Test
  void isTheMemoryThatSegmentsShow() {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(1000);
      MemorySegment memory = KernelMemory.writable(storage, TENSOR);
      MemorySegment segment = storage.segment(TENSOR);
      assertEquals(segment.address(), memory.address());
      assertEquals(1000, segment.byteSize());
      assertTrue(memory.byteSize() >= 1000);
      memory.set(ValueLayout.JAVA_BYTE, 999, (byte) 9);
      assertEquals(9, segment.get(ValueLayout.JAVA_BYTE, 999));
      assertSame(memory, KernelMemory.of(storage, TENSOR));
      assertEquals(1, scope.allocations());
    }
  }

  @Test
  void isRefusedWhenTheOwnerIsGone() {
    Storage closed;
    MemorySegment segment;
    try (Scope scope = Scope.open("step")) {
      closed = Storage.allocate(8);
      segment = closed.segment(TENSOR);
      assertEquals(segment.scope(), closed.segment(TENSOR).scope());
      Storage freed = Storage.allocate(8);
      freed.free();
      assertThrows(IllegalStateException.class, () -> KernelMemory.of(freed, TENSOR));
      assertEquals(2, scope.allocations());
    }
    assertFalse(segment.scope().isAlive());
    assertEquals(
        "scope 'step' is closed: tensor [64,10] was allocated there and can no longer be read",
        assertThrows(IllegalStateException.class, () -> KernelMemory.writable(closed, TENSOR))
            .getMessage());
  }

  @Test
  void isRefusedToOtherThreads() throws Exception {
    try (Scope scope = Scope.open("step")) {
      Storage mine = Storage.allocate(8);
      Lifetimes.elsewhere(
          "worker-1",
          () -> assertThrows(WrongThreadException.class, () -> KernelMemory.of(mine, TENSOR)));
      assertEquals(1, scope.allocations());
    }
  }

  @Test
  void endsWithTheArenaWhereOthersMayEndIt() {
    Storage shared = Storage.allocateShared(8);
    MemorySegment memory = KernelMemory.of(shared, TENSOR);
    shared.free();
    assertThrows(IllegalStateException.class, () -> memory.get(ValueLayout.JAVA_BYTE, 0));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = arena.allocate(8);
      assertSame(own, KernelMemory.of(Storage.wrap(own), TENSOR));
    }
  }
}
