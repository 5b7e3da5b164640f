package dev.gatun.memory;

import static dev.gatun.memory.Lifetimes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Lifetimes.class)
final class OwnershipTest {
  private static final int BYTES = 4096;

  private static Storage filled(Storage storage, int value) {
    storage.segment(TENSOR).fill((byte) value);
    return storage;
  }

  private static void assertHolds(int value, Storage storage) {
    MemorySegment memory = storage.segment(TENSOR);
    assertEquals(value, memory.get(ValueLayout.JAVA_BYTE, 0));
    assertEquals(value, memory.get(ValueLayout.JAVA_BYTE, memory.byteSize() - 1));
  }

  @Test
  void keptMemoryMovesOutThroughEveryScope() {
    Storage storage;
    try (Scope a = Scope.open("a")) {
      try (Scope b = Scope.open("b")) {
        try (Scope c = Scope.open("c")) {
          storage = filled(Storage.allocate(BYTES), 9);
          storage.keep();
          assertEquals(0, c.bytes());
        }
        assertEquals("scope 'b' of thread 'main'", storage.ownerName());
        filled(Storage.allocate(BYTES), 1);
        storage.keep();
        assertEquals(BYTES, b.bytes());
      }
      filled(Storage.allocate(BYTES), 2);
      assertHolds(9, storage);
      storage.keep();
      assertEquals("the garbage collector", storage.ownerName());
      assertEquals(BYTES, a.bytes());
    }
    assertHolds(9, storage);
    storage.keep();
    assertHolds(9, storage);
  }

  @Test
  void keepingAnyOfManyLeavesTheOthersInOrder() {
    try (Scope outer = Scope.open("outer")) {
      Storage[] all = new Storage[6];
      try (Scope inner = Scope.open("inner")) {
        for (int i = 0; i < all.length; i++) {
          all[i] = filled(Storage.allocate(BYTES), i);
        }
        all[0].keep(); // the last of the list
        all[3].keep(); // in the middle
        all[5].keep(); // the first
        all[4].free();
        assertEquals(2 * BYTES, inner.bytes());
      }
      assertEquals(3 * BYTES, outer.bytes());
      for (int i : new int[] {0, 3, 5}) {
        assertHolds(i, all[i]);
      }
      for (int i : new int[] {1, 2, 4}) {
        assertThrows(IllegalStateException.class, () -> all[i].segment(TENSOR));
      }
    }
  }

  @Test
  void segmentsDieWhenTheCollectorTakesOver() {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(BYTES);
      MemorySegment before = storage.segment(TENSOR);
      storage.keep();
      assertFalse(before.scope().isAlive());
      assertTrue(storage.segment(TENSOR).scope().isAlive());
      assertEquals(0, scope.bytes());
    }
  }

  @Test
  void handsOverBetweenThreadsWithoutCopying() throws Exception {
    try (Scope scope = Scope.open("loader")) {
      Storage storage = filled(Storage.allocate(BYTES), 3);
      MemorySegment before = storage.segment(TENSOR);
      storage.detach();
      assertEquals(0, scope.bytes());
      assertThrows(IllegalStateException.class, () -> before.fill((byte) 0));
      assertEquals(
          "tensor [64,10] was handed over and is nobody's now;"
              + " accept it on the thread that goes on",
          assertThrows(IllegalStateException.class, () -> storage.segment(TENSOR)).getMessage());
      Lifetimes.elsewhere(
          "trainer",
          () -> {
            try (Scope step = Scope.open("step")) {
              storage.attach();
              assertHolds(3, storage);
              assertEquals(before.address(), storage.segment(TENSOR).address());
              assertEquals(BYTES, step.bytes());
              assertThrows(IllegalStateException.class, storage::attach);
            }
            return true;
          });
      assertThrows(IllegalStateException.class, () -> storage.segment(TENSOR));
    }
  }

  @Test
  void handsOverToTheCollectorWhereNoScopeIsOpen() throws Exception {
    Storage storage;
    try (Scope scope = Scope.open("loader")) {
      storage = filled(Storage.allocate(BYTES), 3);
      storage.detach();
      assertEquals(0, scope.bytes());
    }
    long collected = MemoryStats.now().gcBytes();
    storage.attach();
    assertEquals("the garbage collector", storage.ownerName());
    assertEquals(collected + BYTES, MemoryStats.now().gcBytes());
    assertHolds(3, storage);
    storage.detach();
    Lifetimes.elsewhere(
        "worker-1",
        () -> {
          storage.attach();
          assertHolds(3, storage);
          return true;
        });
  }

  @Test
  void aHandOverThatNobodyAcceptsComesBack() throws Exception {
    long before = MemoryStats.now().liveBytes();
    try (Scope scope = Scope.open("loader")) {
      Storage.allocate(1 << 20).detach();
      assertEquals(0, scope.bytes());
    }
    Lifetimes.collectUntil(
        "the block is live still", () -> MemoryStats.now().liveBytes() <= before);
  }

  @Test
  void whatIsBeingHandedOverCanBeFreed() {
    long before = MemoryStats.now().scopedBytes();
    try (Scope scope = Scope.open("loader")) {
      Storage storage = Storage.allocate(BYTES);
      storage.detach();
      assertThrows(IllegalStateException.class, storage::keep);
      storage.free();
      assertEquals(before, MemoryStats.now().scopedBytes());
      assertThrows(IllegalStateException.class, storage::attach);
      assertEquals(1, scope.allocations());
    }
  }

  @Test
  void sharedMemoryOutlivesScopesAndServesEveryThread() throws Exception {
    long before = MemoryStats.now().sharedBytes();
    Storage storage;
    try (Scope scope = Scope.open("step")) {
      storage = filled(Storage.allocateShared(BYTES), 5);
      storage.keep();
      storage.detach();
      storage.attach();
      assertEquals(0, scope.bytes());
    }
    assertTrue(storage.isShared());
    assertEquals("a shared lifetime", storage.ownerName());
    assertEquals(before + BYTES, MemoryStats.now().sharedBytes());
    Lifetimes.elsewhere(
        "worker-1",
        () -> {
          assertHolds(5, storage);
          storage.free();
          return true;
        });
    assertEquals(before, MemoryStats.now().sharedBytes());
    assertEquals(
        "tensor [64,10] was freed and can no longer be read",
        assertThrows(IllegalStateException.class, () -> storage.segment(TENSOR)).getMessage());
    storage.free();
    assertEquals(before, MemoryStats.now().sharedBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {BYTES, 1 << 20})
  void unreachableSharedMemoryComesBackButNotWhileASegmentIsHeld(int bytes) throws Exception {
    long before = MemoryStats.now().sharedBytes();
    MemorySegment[] held = {filled(Storage.allocateShared(bytes), 6).segment(TENSOR).asSlice(8)};
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertEquals(before + bytes, MemoryStats.now().sharedBytes());
    assertEquals(6, held[0].get(ValueLayout.JAVA_BYTE, 0));
    held[0] = MemorySegment.NULL;
    Lifetimes.collectUntil("still live", () -> MemoryStats.now().sharedBytes() == before);
  }

  @Test
  void refusesToFreeWhatACallOfAnotherThreadIsUsing() throws Exception {
    Storage storage = Storage.allocateShared(1 << 20);
    ByteBuffer buffer = storage.segment(TENSOR).asByteBuffer();
    Pipe pipe = Pipe.open();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try (Pipe.SinkChannel sink = pipe.sink()) {
                sink.write(buffer); // blocks: a pipe holds far less
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    ByteBuffer got = ByteBuffer.allocate(1 << 20);
    pipe.source().read(got.limit(1));
    IllegalStateException refused = assertThrows(IllegalStateException.class, storage::free);
    assertEquals(
        "free: storage of 1048576 bytes is in use by a call that has not returned; wait for it",
        refused.getMessage());
    assertEquals(1 << 20, storage.segment(TENSOR).byteSize());
    got.limit(got.capacity());
    while (pipe.source().read(got) > 0) {}
    pipe.source().close();
    writer.join();
    storage.free();
    assertThrows(IllegalStateException.class, () -> buffer.get(0));
  }
}
