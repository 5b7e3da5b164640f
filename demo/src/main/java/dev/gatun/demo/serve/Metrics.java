package dev.gatun.demo.serve;

import dev.gatun.memory.MemoryStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/// What the server counts, for Prometheus.
final class Metrics implements AutoCloseable {
  private static final Duration[] LATENCIES = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final ConcurrentMap<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final DistributionSummary batches;
  private final Counter loaded;
  private final Counter refused;

  /// What requests are counted by; the method is a known one, so that there are few kinds.
  private record Kind(Route route, String method, int status) {}

  Metrics() {
    batches =
        DistributionSummary.builder("gatun.batch.rows")
            .description("Rows of each batch that was computed")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(registry);
    loaded = reloads("loaded");
    refused = reloads("refused");
    memory("live", "Native memory that is owned", MemoryStats::liveBytes);
    memory("shared", "Native memory of models and batches", MemoryStats::sharedBytes);
    memory("pooled", "Native memory that is free for reuse", MemoryStats::pooledBytes);
    memory("peak", "The most that was owned at once", MemoryStats::peakBytes);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private Counter reloads(String result) {
    return Counter.builder("gatun.model.reloads")
        .description("Changed model files, by what became of them")
        .tag("result", result)
        .register(registry);
  }

  private void memory(String which, String description, ToDoubleFunction<MemoryStats> read) {
    Gauge _ =
        Gauge.builder("gatun.memory." + which, () -> read.applyAsDouble(MemoryStats.now()))
            .description(description)
            .baseUnit("bytes")
            .register(registry);
  }

  /// Adds what can be read from the server.
  ///
  /// @param queued rows that wait
  /// @param running requests for inference that are under way
  void watch(IntSupplier queued, IntSupplier running) {
    Gauge _ =
        Gauge.builder("gatun.queue.rows", queued::getAsInt)
            .description("Rows that wait for a batch")
            .register(registry);
    Gauge _ =
        Gauge.builder("gatun.requests.running", running::getAsInt)
            .description("Requests for inference under way")
            .register(registry);
  }

  /// Counts a request.
  ///
  /// @param route where it went
  /// @param method how
  /// @param status of the answer
  /// @param nanos from its head to the end of the answer
  void request(Route route, String method, int status, long nanos) {
    String known = Route.METHODS.contains(method) ? method : "OTHER";
    timers
        .computeIfAbsent(new Kind(route, known, status), this::timer)
        .record(Duration.ofNanos(nanos));
  }

  private Timer timer(Kind kind) {
    return Timer.builder("http.server.requests")
        .description("Requests, from the head's arrival to the end of the answer")
        .tag("uri", kind.route.pattern())
        .tag("method", kind.method)
        .tag("status", Integer.toString(kind.status))
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  /// Counts a batch.
  ///
  /// @param rows how many it has
  void batch(int rows) {
    batches.record(rows);
  }

  /// Counts a changed model file.
  ///
  /// @param served whether it is served now
  void reload(boolean served) {
    (served ? loaded : refused).increment();
  }

  /// {@return all of it in Prometheus's text format}
  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
