package dev.gatun.memory;

import static dev.gatun.memory.Lifetimes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.internal.KernelMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Lifetimes.class)
final class StorageTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 1000, 65536, 65537, 3_000_000})
  void hasTheSizeAskedForAndIsAligned(long bytes) {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(bytes);
      MemorySegment memory = storage.segment(TENSOR);
      assertEquals(bytes, storage.byteSize());
      assertEquals(bytes, memory.byteSize());
      assertEquals(0, memory.address() % 64);
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> memory.set(ValueLayout.JAVA_BYTE, bytes, (byte) 1));
      assertEquals(1, scope.allocations());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 1000, 70_000})
  void isZeroedWhenAskedFor(int bytes) {
    for (int round = 0; round < 3; round++) {
      try (Scope scope = Scope.open("step")) {
        MemorySegment memory = Storage.allocateZeroed(bytes).segment(TENSOR);
        assertEquals(-1, memory.mismatch(MemorySegment.ofArray(new byte[bytes])));
        memory.fill((byte) 7);
        assertEquals(1, scope.allocations());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 70_000})
  void isRecycledWithoutClearing(int bytes) {
    MemorySegment old;
    try (Scope scope = Scope.open("first")) {
      old = Storage.allocate(bytes).segment(TENSOR);
      old.fill((byte) 42);
      assertEquals(1, scope.allocations());
    }
    try (Scope scope = Scope.open("second")) {
      MemorySegment recycled = Storage.allocate(bytes).segment(TENSOR);
      assertEquals(old.address(), recycled.address());
      assertEquals(42, recycled.get(ValueLayout.JAVA_BYTE, bytes - 1));
      assertFalse(old.scope().isAlive());
      assertThrows(IllegalStateException.class, () -> old.get(ValueLayout.JAVA_BYTE, 0));
      assertThrows(IllegalStateException.class, () -> old.asSlice(8, 8).fill((byte) 0));
      assertEquals(1, scope.allocations());
    }
  }

  @Test
  void countsChanges() {
    Storage storage = Storage.wrap(Arena.global().allocate(8));
    assertEquals(0, storage.version());
    storage.markModified();
    storage.markModified();
    assertEquals(2, storage.version());
  }

  @Test
  void namesTheClosedScope() {
    Storage storage;
    try (Scope scope = Scope.open("step")) {
      storage = Storage.allocate(2560);
      assertEquals("scope 'step' of thread 'main'", storage.ownerName());
      assertEquals("scope 'step'", scope.toString());
    }
    assertEquals(
        "scope 'step' is closed: tensor [64,10] was allocated there and can no longer be read",
        illegal(() -> storage.segment(TENSOR)));
    assertEquals(
        "scope 'step' is closed: storage of 2560 bytes was allocated there"
            + " and can no longer be read",
        illegal(storage::keep));
    assertEquals(
        "attach: storage of 2560 bytes is not being handed over:"
            + " it belongs to scope 'step' of thread 'main'",
        illegal(storage::attach));
    storage.free();
    illegal(storage::detach);
  }

  @Test
  void namesTheThreadsWhenUsedFromTheWrongOne() throws Exception {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(8);
      MemorySegment view = storage.segment(TENSOR);
      String complaint =
          " belongs to scope 'step' of thread 'main' and was used by thread 'worker-1';"
              + " hand it over with handOver() or keep it in a shared lifetime";
      Lifetimes.elsewhere(
          "worker-1",
          () -> {
            assertEquals("tensor [64,10]" + complaint, wrong(() -> storage.segment(TENSOR)));
            assertEquals("storage of 8 bytes" + complaint, wrong(storage::keep));
            assertEquals("storage of 8 bytes" + complaint, wrong(storage::detach));
            assertEquals("storage of 8 bytes" + complaint, wrong(storage::free));
            assertThrows(
                WrongThreadException.class, () -> view.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
            return true;
          });
      assertEquals(8, storage.segment(TENSOR).byteSize());
      assertEquals(1, scope.allocations());
    }
  }

  @Test
  void namesVirtualThreadsByTheirNumber() throws Exception {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(8);
      Thread[] user = {Thread.currentThread()};
      String[] message = {""};
      user[0] = Thread.startVirtualThread(() -> message[0] = wrong(() -> storage.segment(TENSOR)));
      user[0].join();
      assertTrue(message[0].contains("used by thread '#" + user[0].threadId() + "'"), message[0]);
      assertEquals(1, scope.allocations());
    }
  }

  @Test
  void freedMemoryCannotBeRead() {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(8);
      MemorySegment view = storage.segment(TENSOR);
      storage.free();
      storage.free();
      assertEquals(
          "tensor [64,10] was freed and can no longer be read",
          illegal(() -> storage.segment(TENSOR)));
      assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
      assertEquals(0, scope.bytes());
    }
  }

  @Test
  void wrapsTheCallersMemoryWithoutCopying() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(40);
      Storage storage = Storage.wrap(memory);
      storage.segment(TENSOR).set(ValueLayout.JAVA_INT, 0, 5);
      assertEquals(5, memory.get(ValueLayout.JAVA_INT, 0));
      storage.keep();
      storage.detach();
      storage.attach();
      assertEquals("the caller who wrapped it", storage.ownerName());
      assertFalse(storage.isShared());
      storage.free();
      illegal(() -> storage.segment(TENSOR));
      assertEquals(5, memory.get(ValueLayout.JAVA_INT, 0));
    }
  }

  @Test
  void namesWhatWrappedAClosedArena() {
    Storage storage;
    try (Arena arena = Arena.ofConfined()) {
      storage = Storage.wrap(arena.allocate(40));
    }
    assertEquals(
        "the arena of wrapped memory is closed:"
            + " tensor [64,10] was wrapped around it and can no longer be read",
        illegal(() -> storage.segment(TENSOR)));
  }

  @Test
  void wrappedMemoryIsUsedByTheThreadsItsArenaAllows() throws Exception {
    try (Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      Storage mine = Storage.wrap(confined.allocate(8));
      Storage ours = Storage.wrap(shared.allocate(8));
      assertTrue(ours.isShared());
      assertEquals(
          "tensor [64,10] wraps memory of a confined arena and was used by thread 'worker-1';"
              + " wrap memory of a shared arena to use it from several threads",
          Lifetimes.elsewhere("worker-1", () -> wrong(() -> mine.segment(TENSOR))));
      assertEquals(8, Lifetimes.elsewhere("worker-1", () -> ours.segment(TENSOR)).byteSize());
    }
  }

  @Test
  void refusesToWrapTheHeapAndToWriteReadOnlyMemory() {
    assertEquals(
        "wrap: memory is on the heap: segment of 12 bytes;"
            + " allocate it with an Arena, or copy the array into a tensor",
        assertThrows(
                IllegalArgumentException.class,
                () -> Storage.wrap(MemorySegment.ofArray(new float[3])))
            .getMessage());
    Storage constant = Storage.wrap(Arena.global().allocate(8).asReadOnly());
    assertEquals(8, constant.segment(TENSOR).byteSize());
    assertEquals(
        "tensor [64,10] is read-only memory; copy it and write to the copy",
        assertThrows(
                UnsupportedOperationException.class, () -> KernelMemory.writable(constant, TENSOR))
            .getMessage());
  }

  private static String illegal(Runnable use) {
    return String.valueOf(assertThrows(IllegalStateException.class, use::run).getMessage());
  }

  private static String wrong(Runnable use) {
    return String.valueOf(assertThrows(WrongThreadException.class, use::run).getMessage());
  }
}
