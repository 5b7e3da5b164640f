package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test that leaves a scope open or memory in one; helpers for threads and collections.
final class Lifetimes implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  static final Described TENSOR = () -> "tensor [64,10]";

  private MemoryStats before = MemoryStats.now();

  /// Collects what other tests have dropped, so that it does not change sums meanwhile.
  static void settle() throws InterruptedException {
    long live = -1;
    for (int i = 0; i < 20 && MemoryStats.now().liveBytes() != live; i++) {
      live = MemoryStats.now().liveBytes();
      System.gc();
      Thread.sleep(20);
    }
    MemoryStats.trim();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws InterruptedException {
    settle();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    before = MemoryStats.now();
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    assertEquals(before.openScopes(), MemoryStats.now().openScopes(), "open scopes");
    // A cleaner may stand between leaving one sum and reaching the other.
    for (int i = 0; i < 100 && MemoryStats.now().scopedBytes() != before.scopedBytes(); i++) {
      Thread.sleep(10);
    }
    assertEquals(before.scopedBytes(), MemoryStats.now().scopedBytes(), "bytes in scopes");
  }

  /// Runs on another thread, and waits.
  static <T> T elsewhere(String name, Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    Thread.ofPlatform().name(name).start(task);
    return task.get();
  }

  static void collectUntil(String what, BooleanSupplier reached) throws InterruptedException {
    for (int i = 0; i < 100 && !reached.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertTrue(reached.getAsBoolean(), what);
  }
}
