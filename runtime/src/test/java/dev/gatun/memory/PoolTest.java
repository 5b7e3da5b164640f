package dev.gatun.memory;

import static dev.gatun.memory.Lifetimes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class PoolTest {
  private static final long MIB = 1 << 20;

  private long now;

  @Test
  void trimmingGivesEverythingBack() throws Exception {
    Lifetimes.settle();
    long before = MemoryStats.now().pooledBytes();
    try (Scope scope = Scope.open("peak")) {
      for (int i = 0; i < 200; i++) {
        Storage.allocate(i * 1000L).markModified();
      }
      assertEquals(200, scope.allocations());
    }
    assertTrue(MemoryStats.now().pooledBytes() > before + 10 * MIB);
    MemoryStats.trim();
    assertEquals(before, MemoryStats.now().pooledBytes());
  }

  @Test
  void trimmingLeavesWhatIsInUse() {
    try (Scope outer = Scope.open("outer")) {
      Storage used = Storage.allocate(1000);
      used.segment(TENSOR).fill((byte) 4);
      try (Scope inner = Scope.open("inner")) {
        Storage.allocate(1000).markModified();
        assertEquals(1, inner.allocations());
      }
      MemoryStats.trim();
      assertTrue(MemoryStats.now().pooledBytes() > 0, "its slab cannot go");
      Storage recycled = Storage.allocate(1000);
      recycled.segment(TENSOR).fill((byte) 5);
      assertEquals(4, used.segment(TENSOR).get(ValueLayout.JAVA_BYTE, 0));
      assertEquals(2, outer.allocations());
    }
  }

  @Test
  void whatIsFreedOnOneThreadServesTheOthers() throws Exception {
    MemoryStats.trim();
    long before = MemoryStats.now().pooledBytes();
    for (int i = 0; i < 2000; i++) {
      Storage storage;
      try (Scope scope = Scope.open("loader")) {
        storage = Storage.allocate(32 << 10);
        storage.detach();
        assertEquals(1, scope.allocations());
      }
      Thread.startVirtualThread(storage::free).join();
    }
    long grown = MemoryStats.now().pooledBytes() - before;
    assertTrue(grown <= 2 * MIB, grown + " bytes more");
  }

  private Block take(LargePool pool, long bytes) {
    return Objects.requireNonNull(pool.take(SizeClasses.of(bytes)));
  }

  @Test
  void freeLargeBytesNeverExceedTheRecentPeak() {
    LargePool pool = new LargePool(() -> now);
    for (long mib : new long[] {1, 2, 3, 4, 5, 6, 7, 8, 10}) { // one shape after the other
      pool.give(take(pool, mib * MIB));
      assertTrue(pool.freeBytes() <= mib * MIB, pool.freeBytes() + " after " + mib);
    }
    assertEquals(10 * MIB, pool.freeBytes(), "what was freed last is kept");
    Block again = take(pool, 10 * MIB);
    assertEquals(0, pool.freeBytes());
    pool.give(again);
    assertSame(again, take(pool, 10 * MIB));
    pool.give(again);
    pool.trim();
    assertEquals(0, pool.freeBytes());
  }

  @Test
  void keepsWhatASteadyStepNeeds() {
    LargePool pool = new LargePool(() -> now);
    Deque<Block> first = takeAll(pool, 4);
    List<Block> blocks = List.copyOf(first);
    first.forEach(pool::give);
    for (int step = 0; step < 10; step++) {
      now += LargePool.WINDOW_NANOS + 1; // however far apart the steps are
      Deque<Block> taken = takeAll(pool, 4);
      assertTrue(blocks.containsAll(taken), "step " + step + " took new memory");
      taken.forEach(pool::give);
    }
    pool.trim();
  }

  @Test
  void givesBackAfterAPeak() {
    LargePool pool = new LargePool(() -> now);
    takeAll(pool, 16).forEach(pool::give);
    assertEquals(16 * MIB, pool.freeBytes());
    for (int window = 0; window < 3; window++) {
      now += LargePool.WINDOW_NANOS + 1;
      takeAll(pool, 2).forEach(pool::give);
    }
    assertEquals(2 * MIB, pool.freeBytes());
    now += LargePool.WINDOW_NANOS + 1;
    pool.trimSurplus();
    now += LargePool.WINDOW_NANOS + 1;
    pool.trimSurplus();
    assertEquals(0, pool.freeBytes());
  }

  private Deque<Block> takeAll(LargePool pool, int count) {
    Deque<Block> blocks = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      blocks.add(take(pool, MIB));
    }
    return blocks;
  }

  @Test
  void smallBlocksThatStayIdleGoBack() {
    long reserved = Ledger.RESERVED.get();
    SmallPool pool = new SmallPool();
    Stripe stripe = pool.stripe(0);
    int sizeClass = SizeClasses.of(64 << 10);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      blocks.add(Objects.requireNonNull(pool.take(stripe, sizeClass)));
    }
    blocks.forEach(block -> giveAlone(pool, stripe, block));
    assertEquals(reserved + 4 * MIB, Ledger.RESERVED.get());
    pool.trimSurplus(); // the peak was in the window that ends here
    assertEquals(reserved + 4 * MIB, Ledger.RESERVED.get());
    Block needed = Objects.requireNonNull(pool.take(stripe, sizeClass));
    giveAlone(pool, stripe, needed);
    pool.trimSurplus();
    assertEquals(reserved + MIB, Ledger.RESERVED.get());
    pool.trim(Long.MAX_VALUE);
    assertEquals(reserved, Ledger.RESERVED.get());
  }

  private static void giveAlone(SmallPool pool, Stripe stripe, Block block) {
    block.next = null;
    pool.give(stripe, block);
  }
}
