package dev.gatun.stress;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Requests on platform and virtual threads, without end; prints what memory the process has.
public final class FlatMemoryProgram {
  private static final int PLATFORM = 16;
  private static final int VIRTUAL = 200;
  private static final int SAMPLES = 40;

  private static final AtomicLong ANSWERS = new AtomicLong();

  private static volatile boolean stopped;

  private FlatMemoryProgram() {}

  /// Prints, some forty times under load, `sample` with seconds, resident, live and pooled bytes,
  /// open scopes and answers so far; the same as `rest` when the load is over, and as `trimmed`
  /// when the pool has been told to give back what it has.
  ///
  /// @param args seconds
  public static void main(String[] args) throws Exception {
    double seconds = Double.parseDouble(args[0]);
    long start = System.nanoTime();
    List<Thread> servers = new ArrayList<>();
    for (int t = 0; t < PLATFORM; t++) {
      int seed = t;
      servers.add(Thread.ofPlatform().daemon().start(() -> serve(seed, Integer.MAX_VALUE)));
    }
    for (int sample = 0; sample < SAMPLES; sample++) {
      List<Thread> requests = new ArrayList<>();
      for (int i = 0; i < VIRTUAL; i++) {
        int seed = i;
        requests.add(Thread.ofVirtual().start(() -> serve(seed, 1)));
      }
      for (Thread request : requests) {
        request.join();
      }
      Thread.sleep((long) (seconds * 1000 / SAMPLES));
      print("sample", start);
    }
    stopped = true;
    for (Thread server : servers) {
      server.join();
    }
    print("rest", start);
    MemoryStats.trim();
    print("trimmed", start);
  }

  private static void print(String what, long start) throws IOException {
    MemoryStats stats = MemoryStats.now();
    String line =
        "%s %.2f %d %d %d %d %d"
            .formatted(
                what,
                (System.nanoTime() - start) * 1e-9,
                resident(),
                stats.liveBytes(),
                stats.pooledBytes(),
                stats.openScopes(),
                ANSWERS.get());
    // At once, so that no line of a log comes in between.
    System.out.println(line);
  }

  private static void serve(int seed, int rounds) {
    Generator generator = Generator.seeded(seed);
    for (int round = 0; round < rounds && !stopped; round++) {
      try (Scope _ = Scope.open("request")) {
        int rows = 1 << (round % 8);
        Tensor x = Tensor.randn(generator, rows, 200);
        Tensor y = x.matmul(Tensor.ones(200, 150)).tanh().softmax(1);
        if (Math.abs(y.sum().item() - rows) > 1e-3 * rows) {
          System.out.println("wrong sum: " + y.sum().item());
          System.exit(1);
        }
      }
      ANSWERS.incrementAndGet();
    }
  }

  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }
}
