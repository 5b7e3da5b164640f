package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.testing.Garbage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private static final Duration OFTEN = Duration.ofMillis(10);
  private static final int VERSIONS = 6;
  private static final float[] ROW = {1, 2, 3, 4, 5, 6};

  @TempDir private Path folder;

  private static void await(BooleanSupplier condition, String what) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < 20e9, what);
      Thread.sleep(2);
    }
  }

  private Served start() throws IOException {
    return Served.start(folder, Served.BOUNDS, OFTEN, Served.NEVER);
  }

  private static String version(String answer) {
    return Served.between(answer, "\"model_version\":\"", "\"");
  }

  @Test
  void dropsNoRequestAndMixesNoVersions() throws Exception {
    ConcurrentMap<String, float[]> expected = new ConcurrentHashMap<>();
    try (Served served = start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      expected.put("1", Served.predicted(served.file, ROW));
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(threads.submit(() -> ask(served, expected, stop)));
      }
      for (int version = 2; version <= VERSIONS; version++) {
        // What the file will hold is known before somebody can be answered with it.
        Path next = folder.resolve("next");
        Served.save(next, version, Served.FEATURES);
        expected.put("" + version, Served.predicted(next, ROW));
        Served.save(served.file, version, Served.FEATURES);
        int number = version;
        await(() -> served.log.size() == number - 1, "version " + number);
      }
      stop.set(true);
      int answers = 0;
      for (Future<Integer> client : clients) {
        answers += client.get();
      }
      assertTrue(answers > 4, "answers: " + answers);
      assertEquals("version 2 is served: " + served.file, served.log.peek());
      String metrics = served.get("/metrics").body();
      assertTrue(metrics.contains("gatun_model_reloads_total{result=\"loaded\"} 5.0"), metrics);
    }
  }

  /// Asks until it is told to stop and has seen the last version; returns the number of answers.
  private static int ask(Served served, ConcurrentMap<String, float[]> expected, AtomicBoolean stop)
      throws Exception {
    int answers = 0;
    String version = "";
    while (!stop.get() || !version.equals("" + VERSIONS)) {
      HttpResponse<String> answer = served.infer(Served.row("1,2,3,4,5,6"));
      assertEquals(200, answer.statusCode(), answer.body());
      version = version(answer.body());
      float[] scores = Served.data(answer.body());
      assertArrayEquals(expected.get(version), scores, 1e-4f, "version " + version);
      answers++;
    }
    return answers;
  }

  @Test
  void givesTheOldMemoryBack() throws Exception {
    Garbage.collect();
    long before = MemoryStats.now().sharedBytes();
    try (Served served = start()) {
      assertEquals(200, served.infer(Served.row("1,2,3,4,5,6")).statusCode());
      long one = MemoryStats.now().sharedBytes();
      assertTrue(one > before, one + " bytes");
      for (int version = 2; version <= 4; version++) {
        Served.save(served.file, version, Served.FEATURES);
        int number = version;
        await(() -> served.log.size() == number - 1, "version " + number);
        assertEquals(200, served.infer(Served.row("1,2,3,4,5,6")).statusCode());
        await(
            () -> MemoryStats.now().sharedBytes() == one,
            "bytes of one version: " + one + ", now " + MemoryStats.now());
      }
    }
    await(() -> MemoryStats.now().sharedBytes() == before, "all is given back");
  }

  @Test
  void staysWithTheOldModelWhereTheFileIsNone() throws Exception {
    try (Served served = start()) {
      byte[] whole = Files.readAllBytes(served.file);
      Files.writeString(served.file, "this is no model file");
      await(() -> served.log.size() == 1, "a complaint");
      assertTrue(served.log.peek().startsWith("version 1 stays: "), served.log.peek());
      assertEquals(200, served.infer(Served.row("1,2,3,4,5,6")).statusCode());
      Files.delete(served.file);
      await(() -> served.log.size() == 2, "a complaint");
      Thread.sleep(5 * OFTEN.toMillis());
      // A file that is missing is told once.
      assertEquals(2, served.log.size(), served.log.toString());
      Files.write(served.file, whole);
      await(() -> served.log.size() == 3, "a model again");
      String answer = served.infer(Served.row("1,2,3,4,5,6")).body();
      assertEquals("2", version(answer));
      String metrics = served.get("/metrics").body();
      assertTrue(metrics.contains("gatun_model_reloads_total{result=\"refused\"} 2.0"), metrics);
    }
  }

  @Test
  void servesANetworkOfAnotherShape() throws Exception {
    try (Served served = start()) {
      Served.save(served.file, 2, 4);
      await(() -> served.log.size() == 1, "version 2");
      String answer = served.infer(Served.row("1,2,3,4,5,6")).body();
      assertEquals(
          "{\"error\":\"infer: input does not fit the model: [1,6]; it takes [N,4]\"}", answer);
      assertTrue(served.get("/v2/models/small").body().contains("\"shape\":[-1,4]"));
    }
  }
}
