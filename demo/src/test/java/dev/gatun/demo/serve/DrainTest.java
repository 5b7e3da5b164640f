package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
  private static final String BODY = Served.row("1,2,3,4,5,6");

  @TempDir private Path folder;

  private static void awaitRunning(Served served, int count) throws Exception {
    String line = "gatun_requests_running " + count + ".0";
    while (!served.get("/metrics").body().contains(line)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void saysSoAndAnswersWhatIsUnderWay() throws Exception {
    Served served = Served.start(folder, Served.BOUNDS, Served.NEVER, Duration.ofMillis(300));
    try (Socket slow = served.connect()) {
      Served.write(slow, Served.head(BODY.length()) + BODY.substring(0, 10));
      awaitRunning(served, 1);
      Thread closing = Thread.ofPlatform().start(served.server::close);
      HttpResponse<String> ready = served.get("/v2/health/ready");
      while (ready.statusCode() == 200) {
        ready = served.get("/v2/health/ready");
      }
      assertEquals(503, ready.statusCode());
      assertEquals("{\"error\":\"server is stopping\"}", ready.body());
      assertEquals(503, served.get("/v2/models/small/ready").statusCode());
      assertEquals(200, served.get("/v2/health/live").statusCode());
      // New ones are answered as long as a balancer may not know yet; their connections end.
      HttpResponse<String> late = served.infer(BODY);
      assertEquals(200, late.statusCode());
      assertEquals("close", late.headers().firstValue("Connection").orElse(""));
      awaitRefusal(served);
      assertTrue(closing.isAlive(), "stopped with a request under way");
      Served.write(slow, BODY.substring(10));
      String answer = Served.readAll(slow);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.contains("\"model_version\":\"1\""), answer);
      closing.join(Duration.ofSeconds(10));
      assertTrue(!closing.isAlive(), "still stopping");
    } finally {
      served.close();
    }
  }

  /// Waits until nobody can connect any more.
  private static void awaitRefusal(Served served) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try (Socket _ = served.connect()) {
        assertTrue(System.nanoTime() - start < 10e9, "still listening");
        Thread.sleep(5);
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void stopsTwiceAndBesideKeptConnections() throws Exception {
    Served served = Served.start(folder);
    try (Socket kept = served.connect()) {
      Served.write(kept, Served.head(BODY.length()) + BODY);
      assertTrue(Served.readAnswer(kept).startsWith("HTTP/1.1 200 "));
      long start = System.nanoTime();
      served.close();
      served.close();
      assertTrue(System.nanoTime() - start < 5e9, "waited for a connection without a request");
      assertEquals(-1, kept.getInputStream().read());
      assertThrows(IOException.class, () -> served.connect().close());
    }
  }

  @Test
  void saysWhoHasThePort() throws Exception {
    try (Served served = Served.start(folder)) {
      ServerOptions options =
          new ServerOptions(
              served.file,
              "small",
              "127.0.0.1",
              served.port,
              ServerOptions.Batching.DEFAULT,
              Served.BOUNDS,
              Served.NEVER,
              Served.NEVER,
              Served.NEVER);
      IOException e =
          assertThrows(
              IOException.class, () -> InferenceServer.start(options, GatunEngine::load, _ -> {}));
      assertEquals(
          "cannot listen on 127.0.0.1:%d: Address already in use".formatted(served.port),
          e.getMessage());
    }
  }
}
