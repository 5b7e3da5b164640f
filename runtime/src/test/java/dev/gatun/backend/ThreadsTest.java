package dev.gatun.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  @Test
  void theSmallestLimitCounts() {
    assertEquals(Backends.threads(), Threads.available());
    Threads two = Threads.limit(2);
    Threads one = Threads.limit(1);
    assertEquals(Math.min(2, Backends.threads()), two.call(Threads::available));
    assertEquals(1, two.<Integer, RuntimeException>call(() -> one.call(Threads::available)));
    assertEquals(1, one.<Integer, RuntimeException>call(() -> two.call(Threads::available)));
    assertEquals(Backends.threads(), Threads.limit(5000).call(Threads::available));
    assertEquals(Backends.threads(), Threads.available());
  }

  @Test
  void aLimitBelongsToTheCodeInside() throws Exception {
    AtomicInteger elsewhere = new AtomicInteger();
    AtomicInteger virtual = new AtomicInteger();
    Threads.limit(1)
        .call(() -> {
          Thread other = Thread.ofPlatform().start(() -> elsewhere.set(Threads.available()));
          other.join();
          return 0;
        });
    Thread.ofVirtual()
        .start(() -> Threads.limit(1).run(() -> virtual.set(Threads.available())))
        .join();
    assertEquals(Backends.threads(), elsewhere.get());
    assertEquals(1, virtual.get());
  }

  @Test
  void whatIsThrownInsideIsThrown() {
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                Threads.limit(1)
                    .call(() -> {
                      throw new IOException("inside");
                    }));
    assertEquals("inside", thrown.getMessage());
    assertEquals(Backends.threads(), Threads.available());
  }

  @Test
  void refusesNoThreads() {
    assertEquals(
        "threads: limit below 1: 0",
        assertThrows(IllegalArgumentException.class, () -> Threads.limit(0)).getMessage());
  }
}
