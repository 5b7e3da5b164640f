package dev.gatun.demo.serve;

import dev.gatun.nn.serve.Lease;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// A server that answers the Open Inference Protocol with one model.
///
/// | address | answer |
/// | --- | --- |
/// | `/` | a page to draw digits on |
/// | `/v2`, `/v2/models/{name}` | what server and model are |
/// | `/v2/health/live`, `/v2/health/ready`, `/v2/models/{name}/ready` | 200, or 503 while stopping |
/// | `/v2/models/{name}/infer` | the scores of rows, in JSON or binary |
/// | `/metrics` | counters and gauges for Prometheus |
///
/// What it refuses it answers with `{"error": "…"}`.
public final class InferenceServer implements AutoCloseable {
  /// Accepting, selecting and timers; requests have virtual threads.
  private static final int PLATFORM_THREADS = 16;

  private final ServerOptions options;
  private final Metrics metrics;
  private final ModelSlot slot;
  private final Server server;
  private final TimedConnector connector;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private InferenceServer(ServerOptions options, Metrics metrics, ModelSlot slot)
      throws IOException {
    this.options = options;
    this.metrics = metrics;
    this.slot = slot;
    Inference inference = new Inference(slot, options.name(), options.bounds());
    Endpoints endpoints =
        new Endpoints(options.name(), slot, inference, metrics, Page.read(), stopping::get);
    metrics.watch(this::queued, inference::running);
    server = new Server(threads());
    server.setErrorHandler(new JsonErrors(metrics, options.bounds()));
    server.setHandler(new GracefulHandler(new HttpFront(endpoints, metrics, stopping::get)));
    server.setStopTimeout(options.grace().toMillis());
    connector = new TimedConnector(server, http(), options.bounds(), metrics);
    connector.setHost(options.host());
    connector.setPort(options.port());
    // The system's default lets a burst of connections wait for a second.
    connector.setAcceptQueueSize(options.bounds().connections());
    server.addConnector(connector);
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(options.bounds().connections(), connector);
    // Where all are taken, those that are of no use make room.
    limit.setEndPointIdleTimeout(options.bounds().time().toMillis());
    server.addBean(limit);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
    threads.setName("gatun-http");
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(
        VirtualThreads.getNamedVirtualThreadsExecutor("gatun-request-"));
    return threads;
  }

  private HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(options.bounds().head());
    http.setSendServerVersion(false);
    return http;
  }

  /// Loads the model, starts to listen and to watch the model's file.
  ///
  /// @param options what and where
  /// @param loader loads the model, and its successors
  /// @param log is told what happens to the model, in one line each
  /// @return a server that answers
  /// @throws IOException if the model cannot be loaded, or the port not be taken
  public static InferenceServer start(
      ServerOptions options, Engine.Loader loader, Consumer<String> log) throws IOException {
    Metrics metrics = new Metrics();
    ModelSlot slot = null;
    try {
      slot =
          new ModelSlot(
              options.model(),
              (file, batches) -> Scheduler.load(file, loader, options.batching(), batches),
              metrics::batch,
              (served, line) -> {
                metrics.reload(served);
                log.accept(line);
              });
      InferenceServer server = new InferenceServer(options, metrics, slot);
      server.listen();
      return server;
    } catch (IOException | RuntimeException | Error e) {
      if (slot != null) {
        slot.close();
      }
      metrics.close();
      throw e;
    }
  }

  private void listen() throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      stopQuietly();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot listen on %s:%d: %s"
              .formatted(options.host(), options.port(), cause.getMessage()),
          e);
    }
    if (!options.watch().isZero()) {
      slot.watch(options.watch());
    }
  }

  private int queued() {
    try (Lease<Scheduler> lease = slot.acquire()) {
      return lease.value().queued();
    }
  }

  /// {@return the port that it listens on}
  public int port() {
    return connector.getLocalPort();
  }

  /// {@return the model and its version, for people}
  public String description() {
    try (Lease<Scheduler> lease = slot.acquire()) {
      return "%s (%s), version %s"
          .formatted(options.name(), lease.value().engine().description(), lease.name());
    }
  }

  /// Stops as a balancer likes it: says that it is not ready, goes on for a while, then refuses
  /// connections, answers what is under way, and gives everything back. Calling it again waits for
  /// the end of the first call.
  @Override
  public void close() {
    if (stopping.compareAndSet(false, true)) {
      try {
        pause();
      } finally {
        stopQuietly();
        slot.close();
        metrics.close();
        stopped.countDown();
      }
    } else {
      join();
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(options.notice().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopQuietly() {
    try {
      server.stop();
    } catch (Exception e) {
      System.getLogger(InferenceServer.class.getName())
          .log(System.Logger.Level.WARNING, "requests were cut off: " + e);
    }
  }

  /// Waits until the server has stopped.
  public void join() {
    boolean interrupted = false;
    while (true) {
      try {
        stopped.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
