package dev.gatun.demo.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/// Keeps a number of connections busy: each sends its next request when it has the answer to the
/// last one, as `wrk` does. So at N connections N requests are under way at any time, and a slow
/// server is asked less often: what a person would have waited at a fixed rate may be longer.
public final class LoadGenerator {
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int DIGITS = 3;

  private final Workload workload;
  private final InetSocketAddress address;
  private final byte[] request;

  /// Asks the server for the model and prepares the request.
  ///
  /// @param workload what to send
  /// @throws IOException if the server has no such model
  /// @throws InterruptedException if this thread is interrupted meanwhile
  public LoadGenerator(Workload workload) throws IOException, InterruptedException {
    this.workload = workload;
    URI server = workload.server();
    this.request = workload.request(features());
    this.address =
        new InetSocketAddress(server.getHost(), server.getPort() < 0 ? 80 : server.getPort());
    if (address.isUnresolved()) {
      throw new IOException("load: no such host: " + server.getHost());
    }
  }

  /// Runs for a while.
  ///
  /// @param connections how many at once
  /// @param warmup seconds that are not counted
  /// @param seconds that are counted
  /// @return what came of it
  /// @throws IOException if a connection broke
  /// @throws InterruptedException if this thread is interrupted meanwhile
  public LoadResult run(int connections, double warmup, double seconds)
      throws IOException, InterruptedException {
    Tally tally = new Tally();
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        wires.add(new Wire(address));
      }
      long start = System.nanoTime();
      Interval interval =
          new Interval(start + (long) (warmup * 1e9), start + (long) ((warmup + seconds) * 1e9));
      List<Thread> threads = new ArrayList<>();
      for (Wire wire : wires) {
        threads.add(Thread.startVirtualThread(() -> drive(wire, interval, tally)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
    IOException failure = tally.failure.get();
    if (failure != null) {
      throw new IOException("load: a connection broke: " + failure.getMessage(), failure);
    }
    return LoadResult.of(connections, seconds, tally.times, tally.refused.sum());
  }

  /// When requests count, in [System#nanoTime()].
  private record Interval(long from, long to) {}

  /// What all connections add up to.
  private static final class Tally {
    private final AtomicHistogram times = new AtomicHistogram(LONGEST_NANOS, DIGITS);
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  }

  private void drive(Wire wire, Interval interval, Tally tally) {
    try {
      long begin = System.nanoTime();
      while (begin - interval.to < 0 && tally.failure.get() == null) {
        int status = wire.exchange(request);
        long end = System.nanoTime();
        if (begin - interval.from >= 0) {
          if (status == 200) {
            tally.times.recordValue(Math.min(end - begin, LONGEST_NANOS));
          } else {
            tally.refused.increment();
          }
        }
        begin = end;
      }
    } catch (IOException e) {
      tally.failure.compareAndSet(null, e);
    }
  }

  private int features() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(workload.modelUri()).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "load: %s answers %d: %s"
                .formatted(workload.modelUri(), answer.statusCode(), answer.body().strip()));
      }
      return lastSize(answer.body());
    }
  }

  /// The last size of the first shape in a model's metadata.
  private int lastSize(String metadata) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(metadata)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("shape")) {
          int last = 0;
          json.nextToken();
          while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            last = json.getIntValue();
          }
          if (last > 0) {
            return last;
          }
        }
      }
    }
    throw new IOException("load: %s tells no shape".formatted(workload.modelUri()));
  }
}
