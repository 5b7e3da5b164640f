package dev.gatun.demo.serve;

import java.nio.file.Path;
import java.time.Duration;

/// What a server serves, where, and within what bounds.
///
/// @param model the model's file
/// @param name what clients call it: letters, digits, `.`, `_`, `-`
/// @param host the address to bind to
/// @param port 0 for any that is free
/// @param batching how rows of several requests are computed together
/// @param bounds what a client may ask for
/// @param watch how often the file is looked at for a new model; zero for never
/// @param notice how long the server goes on as ever, but for saying that it is not ready, before
///   it stops: a balancer has to see it
/// @param grace how long requests under way may take after that
public record ServerOptions(
    Path model,
    String name,
    String host,
    int port,
    Batching batching,
    Bounds bounds,
    Duration watch,
    Duration notice,
    Duration grace) {

  /// Checks the name.
  public ServerOptions {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "model name must be letters, digits, '.', '_' and '-', got '%s'".formatted(name));
    }
  }

  /// How rows become batches.
  ///
  /// @param rows of a batch at most; 0 to compute each request by itself, as many at once as there
  ///   are processors
  /// @param delay that a row waits for others at most
  /// @param queue rows that wait at most; a request with more rows is refused
  /// @param deadline how long a row may wait for its answer
  public record Batching(int rows, Duration delay, int queue, Duration deadline) {
    /// 64 rows, 200 µs, 4,096 that wait, 10 s.
    public static final Batching DEFAULT =
        new Batching(64, Duration.ofNanos(200_000), 4096, Duration.ofSeconds(10));
  }

  /// What a client may ask for.
  ///
  /// @param body bytes of a request's body
  /// @param head bytes of its first line and header fields
  /// @param requests for inference at once; memory for bodies is bounded by them
  /// @param connections at once; more wait to be accepted
  /// @param time that a request's head may take, and then its body
  /// @param idle how long a connection without a request is kept
  public record Bounds(
      int body, int head, int requests, int connections, Duration time, Duration idle) {
    /// 4 MiB, 8 KiB, 1,024 and 4,096 at once, 10 s, 60 s.
    public static final Bounds DEFAULT =
        new Bounds(4 << 20, 8 << 10, 1024, 4096, Duration.ofSeconds(10), Duration.ofSeconds(60));
  }
}
