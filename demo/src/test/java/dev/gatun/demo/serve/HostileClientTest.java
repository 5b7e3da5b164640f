package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final String BODY = Served.row("1,2,3,4,5,6");

  @TempDir private static Path folder;

  private Served served;

  @BeforeAll
  void start() throws IOException {
    served =
        Served.start(
            folder,
            new ServerOptions.Bounds(20_000, 2048, 2, 64, PATIENCE, Duration.ofSeconds(20)));
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private static void assertRefused(String status, String line, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.endsWith("\r\n\r\n{\"error\":\"" + line + "\"}"), answer);
    assertTrue(answer.contains("Content-Type: application/json\r\n"), answer);
  }

  private String ask(String request) throws IOException {
    try (Socket socket = served.connect()) {
      Served.write(socket, request);
      return Served.readAll(socket);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET / HTTP/1.1~~ | 400 | request cannot be read: No Host
          G\u0001T / HTTP/1.1~Host: x~~ | 400 | request cannot be read: Illegal character CNTL=0x1
          GET / HTTP/1.1~Host: x~Content-Length: x~~ | 400 | request cannot be read: Invalid Content-Length Value
          POST / HTTP/1.1~Host: x~Content-Length: 1~Content-Length: 2~~ | 400 | request cannot be read: Multiple Content-Lengths
          GET /../../etc/passwd HTTP/1.1~Host: x~~ | 400 | request cannot be read
          GET / HTTP/9.9~Host: x~~ | 505 | request cannot be read: Unknown Version
          """)
  void refusesWhatIsNoHttp(String request, String status, String line) throws IOException {
    assertRefused(status, line, ask(request.replace("~", "\r\n")));
  }

  @Test
  void boundsTheHead() throws IOException {
    assertRefused(
        "431",
        "header fields are too large: at most 2048 bytes",
        ask("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(4000) + "\r\n\r\n"));
    assertRefused(
        "414",
        "address is too long: at most 2048 bytes",
        ask("GET /" + "x".repeat(4000) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void boundsTheBody() throws IOException {
    String line = "infer: body is too large: at most 20000 bytes";
    assertRefused("413", line, ask(Served.head(20_001)));
    assertRefused("413", line, ask(Served.head(Integer.MAX_VALUE)));
    String chunked =
        "POST /v2/models/small/infer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + ("1000\r\n" + " ".repeat(4096) + "\r\n").repeat(6);
    assertRefused("413", line, ask(chunked));
  }

  @Test
  void endsAHeadThatDrips() throws Exception {
    try (Socket socket = served.connect()) {
      String answer = drip(socket, "GET / HTTP/1.1\r\nHost: x\r\nX: ", "x");
      assertRefused("408", "request came too slowly", answer);
    }
    assertTrue(served.get("/metrics").body().contains("status=\"408\",uri=\"UNKNOWN\""));
  }

  @Test
  void endsASecondHeadThatDrips() throws Exception {
    try (Socket socket = served.connect()) {
      Served.write(socket, Served.head(BODY.length()) + BODY);
      assertTrue(Served.readAnswer(socket).startsWith("HTTP/1.1 200 "));
      assertRefused("408", "request came too slowly", drip(socket, "G", "E"));
    }
  }

  @Test
  void endsABodyThatDrips() throws Exception {
    try (Socket socket = served.connect()) {
      assertRefused("408", "infer: body came too slowly", drip(socket, Served.head(20_000), " "));
    }
  }

  @Test
  void endsABodyThatNeverComes() throws Exception {
    try (Socket socket = served.connect()) {
      Served.write(socket, Served.head(100));
      assertRefused("408", "infer: body came too slowly", Served.readAll(socket));
    }
  }

  /// Sends a little now and then, never idle for long, until there is an answer.
  private static String drip(Socket socket, String start, String drop) throws Exception {
    long begin = System.nanoTime();
    Served.write(socket, start);
    while (socket.getInputStream().available() == 0) {
      Served.write(socket, drop);
      Thread.sleep(20);
      assertTrue(System.nanoTime() - begin < 5e9, "still open");
    }
    assertTrue(System.nanoTime() - begin > PATIENCE.toNanos() / 2, "ended early");
    return Served.readAll(socket);
  }

  @Test
  void boundsRequestsAtOnce() throws Exception {
    try (Served two = Served.start(folder, bounds(2, 64));
        Socket first = two.connect();
        Socket second = two.connect()) {
      List<Socket> slow = List.of(first, second);
      for (Socket socket : slow) {
        Served.write(socket, Served.head(BODY.length()));
      }
      while (!two.get("/metrics").body().contains("gatun_requests_running 2.0")) {
        Thread.onSpinWait();
      }
      var refused = two.infer(BODY);
      assertEquals("{\"error\":\"infer: too many requests at once: at most 2\"}", refused.body());
      assertEquals(503, refused.statusCode());
      assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
      // Others are answered meanwhile, and those under way too.
      assertEquals(200, two.get("/v2/health/ready").statusCode());
      for (Socket socket : slow) {
        Served.write(socket, BODY);
        assertTrue(Served.readAnswer(socket).startsWith("HTTP/1.1 200 "));
      }
      assertEquals(200, two.infer(BODY).statusCode());
    }
  }

  /// With so much time that no busy machine makes an honest client late.
  private static ServerOptions.Bounds bounds(int requests, int connections) {
    return new ServerOptions.Bounds(
        20_000, 2048, requests, connections, Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  @Test
  void boundsConnections() throws Exception {
    try (Served two = Served.start(folder, bounds(2, 2));
        Socket first = two.connect();
        Socket second = two.connect()) {
      String get = "GET /v2/health/live HTTP/1.1\r\nHost: x\r\n\r\n";
      for (Socket taken : List.of(first, second)) {
        Served.write(taken, get);
        assertTrue(Served.readAnswer(taken).startsWith("HTTP/1.1 200 "));
      }
      try (Socket third = two.connect()) {
        Served.write(third, get);
        third.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> Served.readAnswer(third));
        first.shutdownOutput();
        third.setSoTimeout(10_000);
        assertTrue(Served.readAnswer(third).startsWith("HTTP/1.1 200 "));
      }
    }
  }

  @Test
  void outlivesClientsThatGo() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = served.connect()) {
        socket.setSoLinger(true, 0);
        Served.write(socket, Served.head(BODY.length()) + BODY.substring(0, i));
      }
    }
    while (!served.get("/metrics").body().contains("gatun_requests_running 0.0")) {
      Thread.onSpinWait();
    }
    assertEquals(200, served.infer(BODY).statusCode());
  }
}
