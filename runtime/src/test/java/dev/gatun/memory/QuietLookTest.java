package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class QuietLookTest {
  private static final int MIB = 1 << 20;

  private final Queue<Runnable> timer = new ArrayDeque<>();
  private long now;

  /// Nobody takes or returns a block after the peak.
  @Test
  void givesBackWhenNobodyElseLooks() {
    LargePool pool = new LargePool(() -> now);
    long reserved = Ledger.RESERVED.get();
    QuietLook quiet =
        new QuietLook(() -> Ledger.RESERVED.get() - reserved, timer::add, pool::trimSurplus);
    for (int i = 1; i <= 3; i++) {
      Block block = Objects.requireNonNull(pool.take(SizeClasses.of(16L * i * MIB)));
      quiet.plan();
      pool.give(block);
    }
    assertEquals(48L * MIB, pool.freeBytes());
    assertEquals(1, timer.size(), "planned once");
    int looks = 0;
    while (!timer.isEmpty()) {
      now += LargePool.WINDOW_NANOS + 1;
      timer.remove().run();
      looks++;
    }
    assertEquals(2, looks);
    assertEquals(0, pool.freeBytes());
    assertEquals(reserved, Ledger.RESERVED.get());
  }

  @Test
  void goesOnLookingWhileMuchIsHeldAndRestsWhileLittleIs() {
    long[] held = {QuietLook.WORTHWHILE};
    int[] looks = new int[1];
    QuietLook quiet = new QuietLook(() -> held[0], timer::add, () -> looks[0]++);
    quiet.plan();
    assertEquals(0, timer.size());
    held[0]++;
    quiet.plan();
    quiet.plan();
    for (int i = 0; i < 5; i++) {
      timer.remove().run();
    }
    held[0]--;
    timer.remove().run();
    assertEquals(0, timer.size());
    assertEquals(6, looks[0]);
  }

  /// What the system says, not what the pool counts.
  @Test
  void trimmingShrinksTheProcess() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    if (!Files.exists(statm)) {
      return; // only Linux tells
    }
    MemoryStats.trim();
    long before = residentPages(statm);
    try (Scope scope = Scope.open("peak")) {
      for (int i = 0; i < 128; i++) {
        Storage.allocate(MIB).segment(Lifetimes.TENSOR).fill((byte) 1);
      }
      assertEquals(128L * MIB, scope.bytes());
    }
    long peak = residentPages(statm);
    MemoryStats.trim();
    long after = residentPages(statm);
    assertTrue(after - before < (peak - before) / 2, before + " " + peak + " " + after);
  }

  private static long residentPages(Path statm) throws IOException {
    return Long.parseLong(Files.readString(statm).split(" ", -1)[1]);
  }
}
