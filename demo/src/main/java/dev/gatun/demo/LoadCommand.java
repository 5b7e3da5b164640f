package dev.gatun.demo;

import dev.gatun.demo.load.LoadGenerator;
import dev.gatun.demo.load.LoadResult;
import dev.gatun.demo.load.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatun load`: how fast a server answers.
@Command(
    name = "load",
    description = {
      "Load a server of the Open Inference Protocol, such as gatun serve, and time its answers.",
      "Each connection sends its next request when it has the answer to the last one."
    })
final class LoadCommand implements Callable<Integer> {
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int MAX_ROWS = 1024;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server; ${DEFAULT-VALUE} unless given.")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "The model's name, as the server tells it at its start.")
  private String model = "";

  @Option(
      names = "--connections",
      paramLabel = "N",
      split = ",",
      description = "Connections at once, one run for each number; 1,8,64,512 unless given.")
  private List<Integer> connections = List.of(1, 8, 64, 512);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds of each run; ${DEFAULT-VALUE} unless given.")
  private double seconds = 10;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      description = "Seconds before that, not counted; ${DEFAULT-VALUE} unless given.")
  private double warmup = 5;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of each request; ${DEFAULT-VALUE} unless given.")
  private int rows = 1;

  @Option(names = "--json", description = "Send and get numbers as JSON, not in binary.")
  private boolean json;

  LoadCommand() {}

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    try {
      LoadGenerator generator = new LoadGenerator(new Workload(url, model, rows, json));
      out.println(LoadResult.HEADER);
      for (int count : connections) {
        out.println(generator.run(count, warmup, seconds).row());
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("load: interrupted", e);
    }
    return 0;
  }

  private void check() {
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("--url must begin with http:// and a host, got " + url);
    }
    for (int count : connections) {
      inRange("--connections", count, 1, MAX_CONNECTIONS);
    }
    inRange("--rows", rows, 1, MAX_ROWS);
    inRange("--seconds", seconds, 0.01, 86_400);
    inRange("--warmup", warmup, 0, 86_400);
  }

  private static void inRange(String option, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, got %s".formatted(option, plain(from), plain(to), plain(value)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
