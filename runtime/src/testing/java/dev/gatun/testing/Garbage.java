package dev.gatun.testing;

import dev.gatun.memory.MemoryStats;

/// What other tests have left to the garbage collector.
public final class Garbage {
  private Garbage() {}

  /// Collects it, so that it does not change the sums of [MemoryStats] while a test compares them.
  public static void collect() {
    long live = -1;
    for (int i = 0; i < 20 && MemoryStats.now().liveBytes() != live; i++) {
      live = MemoryStats.now().liveBytes();
      System.gc();
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
