package dev.gatun.bench.peers.serve;

import dev.gatun.demo.load.LoadGenerator;
import dev.gatun.demo.load.LoadResult;
import dev.gatun.demo.load.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who loads the servers: one row a request, the next when the answer is there.
enum Client {
  /// `gatun load`, in this process.
  BINARY("binary, gatun load"),
  /// `wrk`, in a process of its own.
  JSON("JSON, wrk");

  /// Seconds that do not count: all connections begin at once.
  private static final double WARMUP = 0.3;

  private static final Pattern SUMMARY =
      Pattern.compile(
          "summary: ([\\d.]+) requests/s, p50 ([\\d.]+), p99 ([\\d.]+), p99.9 ([\\d.]+),"
              + " max ([\\d.]+) us, (\\d+) errors");

  private final String title;

  Client(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /// Loads a server.
  ///
  /// @param server is loaded
  /// @param script for wrk
  /// @param connections at once
  /// @param seconds how long
  LoadResult run(ServerProcess server, Path script, int connections, double seconds)
      throws IOException, InterruptedException {
    return switch (this) {
      case BINARY ->
          new LoadGenerator(new Workload(server.address(), ServerProcess.MODEL, 1, false))
              .run(connections, WARMUP, seconds);
      case JSON -> wrk(server, script, connections, seconds);
    };
  }

  /// It counts whole seconds.
  private static LoadResult wrk(ServerProcess server, Path script, int connections, double seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "wrk",
                "-t" + Math.min(2, connections),
                "-c" + connections,
                "-d" + Math.max(1, Math.round(seconds)) + "s",
                "--timeout",
                "30s",
                "-s",
                script.toString(),
                server.infer().toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = SUMMARY.matcher(text);
    if (process.waitFor() != 0 || !matcher.find()) {
      throw new IOException("serve: wrk failed: " + text);
    }
    List<Double> numbers =
        List.of(1, 2, 3, 4, 5).stream().map(i -> Double.valueOf(matcher.group(i))).toList();
    return new LoadResult(
        connections,
        numbers.get(0),
        numbers.get(1),
        numbers.get(2),
        numbers.get(3),
        numbers.get(4),
        Long.parseLong(matcher.group(6)));
  }

  /// Whether it is installed.
  boolean isThere() {
    if (this == BINARY) {
      return true;
    }
    try {
      Process process = new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
      byte[] _ = process.getInputStream().readAllBytes();
      int _ = process.waitFor();
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
