package dev.gatun.demo;

import dev.gatun.demo.serve.Engine;
import dev.gatun.demo.serve.GatunEngine;
import dev.gatun.demo.serve.InferenceServer;
import dev.gatun.demo.serve.ServerOptions;
import dev.gatun.demo.serve.ServerOptions.Batching;
import dev.gatun.demo.serve.ServerOptions.Bounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatun serve`: a saved network answers over HTTP, until the process is told to end.
@Command(
    name = "serve",
    description = {
      "Serve a network that gatun train saved: the Open Inference Protocol below /v2, a page to"
          + " draw digits on at /, metrics for Prometheus at /metrics.",
      "The file is watched: a new network in it is served from the next request on. SIGTERM ends"
          + " the server when what is under way is answered."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "What gatun train --out wrote.")
  private Path model = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What clients call it; the file's name without its ending unless given.")
  private @Nullable String name;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Where to listen; ${DEFAULT-VALUE}, this machine alone, unless given. 0.0.0.0 is everywhere.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "0 for any that is free; ${DEFAULT-VALUE} unless given.")
  private int port = 8080;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Rows that are computed together at most; 64 unless given. 0: each request by itself.")
  private int batch = Batching.DEFAULT.rows();

  @Option(
      names = "--delay",
      paramLabel = "US",
      description = "Microseconds that a row waits for others at most; 200 unless given.")
  private long delay = Batching.DEFAULT.delay().toNanos() / 1000;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "Rows that wait at most, more are answered 503; 4096 unless given.")
  private int queue = Batching.DEFAULT.queue();

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Requests for inference at once, more are answered 503; 1024 unless given.")
  private int requests = Bounds.DEFAULT.requests();

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Connections at once, more wait; 4096 unless given.")
  private int connections = Bounds.DEFAULT.connections();

  @Option(
      names = "--max-body",
      paramLabel = "KIB",
      description = "KiB of a request's body, more are answered 413; 4096 unless given.")
  private int body = Bounds.DEFAULT.body() >> 10;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "Seconds for a request's head, its body, its answer each; 10 unless given.")
  private int timeout = (int) Bounds.DEFAULT.time().toSeconds();

  @Option(
      names = "--watch",
      paramLabel = "S",
      description =
          "Seconds between two looks at the file, 0 for never; ${DEFAULT-VALUE} unless given.")
  private int watch = 1;

  @Option(
      names = "--notice",
      paramLabel = "S",
      description =
          "Seconds between being not ready and stopping, for balancers; ${DEFAULT-VALUE} unless given.")
  private int notice = 0;

  @Option(
      names = "--grace",
      paramLabel = "S",
      description = "Seconds for what is under way at the end; ${DEFAULT-VALUE} unless given.")
  private int grace = 20;

  @Mixin private BackendOptions backend = new BackendOptions();

  private Engine.Loader loader = GatunEngine::load;

  ServeCommand() {}

  /// Serves with another library's engine.
  ///
  /// @param other loads models
  void use(Engine.Loader other) {
    loader = other;
  }

  @Override
  public Integer call() throws IOException {
    ServerOptions options = options();
    backend.choose();
    PrintWriter out = spec.commandLine().getOut();
    InferenceServer server = InferenceServer.start(options, loader, line -> tell(out, line));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  tell(out, "stopped");
                },
                "gatun-stop"));
    tell(out, "serving %s".formatted(server.description()));
    tell(
        out,
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, server.port()));
    server.join();
    return 0;
  }

  private static void tell(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private ServerOptions options() {
    check("--port", port, 0, 65_535);
    check("--batch", batch, 0, 4096);
    check("--delay", delay, 0, 1_000_000);
    check("--queue", queue, 1, 1 << 20);
    check("--max-requests", requests, 1, 100_000);
    check("--max-connections", connections, 1, 100_000);
    check("--max-body", body, 1, 1 << 20);
    check("--timeout", timeout, 1, 3600);
    check("--watch", watch, 0, 86_400);
    check("--notice", notice, 0, 3600);
    check("--grace", grace, 0, 3600);
    Duration time = Duration.ofSeconds(timeout);
    return new ServerOptions(
        model,
        name == null ? nameOf(model) : name,
        host,
        port,
        new Batching(batch, Duration.ofNanos(delay * 1000), queue, time),
        new Bounds(
            body << 10, Bounds.DEFAULT.head(), requests, connections, time, Bounds.DEFAULT.idle()),
        Duration.ofSeconds(watch),
        Duration.ofSeconds(notice),
        Duration.ofSeconds(grace));
  }

  private static void check(String option, long value, long from, long to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, got %d".formatted(option, from, to, value));
    }
  }

  /// The file's name without its ending, in the letters that an address takes.
  private static String nameOf(Path file) {
    Path last = file.getFileName();
    String text = last == null ? "" : last.toString();
    int dot = text.lastIndexOf('.');
    String bare = (dot > 0 ? text.substring(0, dot) : text).replaceAll("[^A-Za-z0-9._-]", "_");
    return bare.isEmpty() ? "model" : bare;
  }
}
