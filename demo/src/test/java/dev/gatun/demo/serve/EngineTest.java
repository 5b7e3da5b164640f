package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.demo.oip.Refusal;
import dev.gatun.demo.oip.Signature;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of answers when the engine has none.
class EngineTest {
  private static final Logger SERVER = Logger.getLogger(HttpFront.class.getName());
  private static final String BODY = Served.row("1,2,3,4,5,6");

  @TempDir private Path folder;

  /// Computes what the test says.
  private static class Fake implements Engine {
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public Signature signature() {
      return new Signature(6, 3);
    }

    @Override
    public String description() {
      return "fake";
    }

    @Override
    public String platform() {
      return "fake_engine";
    }

    @Override
    public void run(MemorySegment rows, int count, MemorySegment scores) {
      scores.fill((byte) 0);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  /// What the server logs of its own failures is wanted here.
  @BeforeEach
  void quiet() {
    SERVER.setLevel(Level.OFF);
  }

  @AfterEach
  void loud() {
    SERVER.setLevel(null);
  }

  @Test
  void tellsFailuresApart() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Fake engine =
        new Fake() {
          @Override
          public void run(MemorySegment rows, int count, MemorySegment scores) {
            switch (calls.getAndIncrement()) {
              case 0 -> throw new Refusal(503, "the queue is full");
              case 1 -> throw new Refusal(504, "too late");
              case 2 -> throw new IllegalStateException("broken");
              default -> throw new OutOfMemoryError("heap");
            }
          }
        };
    try (Served served = Served.start(folder, Served.BOUNDS, engine)) {
      HttpResponse<String> full = served.infer(BODY);
      assertEquals(503, full.statusCode());
      assertEquals("{\"error\":\"the queue is full\"}", full.body());
      assertEquals("1", full.headers().firstValue("Retry-After").orElse(""));
      assertEquals(504, served.infer(BODY).statusCode());
      HttpResponse<String> broken = served.infer(BODY);
      assertEquals(500, broken.statusCode());
      assertEquals("{\"error\":\"request failed in the server; its log says why\"}", broken.body());
      assertEquals(500, served.infer(BODY).statusCode());
      assertTrue(served.get("/v2/models/small").body().contains("\"platform\":\"fake_engine\""));
      assertEquals(0, engine.closed.get());
    }
    assertEquals(1, engine.closed.get());
  }

  /// Computes as long as it likes.
  private static final class Slow extends Fake {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public void run(MemorySegment rows, int count, MemorySegment scores) {
      calls.incrementAndGet();
      try {
        Thread.sleep(600);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      super.run(rows, count, scores);
    }
  }

  /// The time that a connection may be idle does not bound a computation, nor does the end of the
  /// server.
  @Test
  void waitsForAnEngineThatTakesLong() throws Exception {
    Slow engine = new Slow();
    ServerOptions.Bounds bounds =
        new ServerOptions.Bounds(
            20_000, 2048, 4, 16, Duration.ofSeconds(10), Duration.ofMillis(150));
    try (Served served = Served.start(folder, bounds, engine);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertEquals(200, patiently(served, engine).statusCode());
      int before = engine.calls.get();
      Future<HttpResponse<String>> answer = threads.submit(() -> patiently(served, engine));
      while (engine.calls.get() == before) {
        Thread.onSpinWait();
      }
      served.server.close();
      assertEquals(200, answer.get().statusCode());
      assertEquals(1, engine.closed.get());
    }
  }

  /// On a busy machine a connection may be idle for too long before its request comes.
  private static HttpResponse<String> patiently(Served served, Slow engine) throws Exception {
    while (true) {
      int before = engine.calls.get();
      try {
        return served.infer(BODY);
      } catch (IOException e) {
        assertEquals(before, engine.calls.get(), "computed, and not answered");
      }
    }
  }
}
