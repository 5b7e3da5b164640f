package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir private Path folder;

  private static double value(String metrics, String name) {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(name) + " (.*)$", Pattern.MULTILINE).matcher(metrics);
    assertTrue(line.find(), name + " in\n" + metrics);
    return Double.parseDouble(line.group(1));
  }

  @Test
  void countsRequestsBatchesAndMemory() throws Exception {
    try (Served served = Served.start(folder)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(200, served.infer(Served.row("1,2,3,4,5,6")).statusCode());
      }
      assertEquals(400, served.infer("{").statusCode());
      assertEquals(404, served.get("/nothing").statusCode());
      String infer = "http_server_requests_seconds_count{method=\"POST\",status=\"%d\",uri=\"%s\"}";
      String uri = "/v2/models/{name}/infer";
      // An answer is counted when it is sent, a moment after it is read here.
      HttpResponse<String> answer = served.get("/metrics");
      while (!answer.body().contains(infer.formatted(400, uri))) {
        answer = served.get("/metrics");
      }
      assertEquals(
          "text/plain; version=0.0.4; charset=utf-8",
          answer.headers().firstValue("Content-Type").orElse(""));
      String metrics = answer.body();
      assertEquals(3, value(metrics, infer.formatted(200, uri)));
      assertEquals(1, value(metrics, infer.formatted(400, uri)));
      assertEquals(
          1,
          value(
              metrics,
              "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"UNKNOWN\"}"));
      assertEquals(
          3,
          value(
              metrics,
              "http_server_requests_seconds_bucket{method=\"POST\",status=\"200\","
                  + "uri=\"/v2/models/{name}/infer\",le=\"+Inf\"}"));
      assertEquals(3, value(metrics, "gatun_batch_rows_count"));
      assertEquals(3, value(metrics, "gatun_batch_rows_sum"));
      assertEquals(0, value(metrics, "gatun_queue_rows"));
      assertEquals(0, value(metrics, "gatun_requests_running"));
      assertTrue(value(metrics, "gatun_memory_shared_bytes") > 0);
      assertTrue(
          value(metrics, "gatun_memory_live_bytes") <= value(metrics, "gatun_memory_peak_bytes"));
      assertTrue(value(metrics, "gatun_memory_pooled_bytes") >= 0);
      assertTrue(metrics.contains("jvm_memory_used_bytes{area=\"heap\""), metrics);
      assertTrue(metrics.contains("jvm_gc_"), metrics);
    }
  }

  @Test
  void keepsTheNumberOfSeriesBounded() throws Exception {
    try (Served served = Served.start(folder)) {
      for (String method : new String[] {"BREW", "WHEN", "X"}) {
        assertEquals(405, served.send(method, "/", "").statusCode());
        assertEquals(404, served.send(method, "/" + method, "").statusCode());
      }
      String metrics = served.get("/metrics").body();
      while (!metrics.contains("method=\"OTHER\",status=\"404\"")) {
        metrics = served.get("/metrics").body();
      }
      assertTrue(!metrics.contains("BREW"), metrics);
    }
  }
}
