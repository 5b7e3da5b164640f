package dev.gatun.demo.serve;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Accepts connections, and ends those whose requests never get to the end of their head.
final class TimedConnector extends ServerConnector {
  private static final long LOOKS = 8;

  private final long limit;
  private final Metrics metrics;

  TimedConnector(
      Server server, HttpConfiguration http, ServerOptions.Bounds bounds, Metrics metrics) {
    super(server, 1, -1, new HttpConnectionFactory(http));
    this.limit = bounds.time().toNanos();
    this.metrics = metrics;
    setIdleTimeout(bounds.idle().toMillis());
    // Bodies that are under way at the end have the time that all have.
    setShutdownIdleTimeout(bounds.time().toMillis());
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    CompletableFuture<Void> done = super.shutdown();
    endUnused();
    return done;
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    TimedEndPoint connection =
        new TimedEndPoint(channel, selector, key, getScheduler(), this::isShutdown);
    connection.setIdleTimeout(getIdleTimeout());
    return connection;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    lookLater();
  }

  private void lookLater() {
    var _ = getScheduler().schedule(this::look, limit / LOOKS, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    for (EndPoint connection : getConnectedEndPoints()) {
      if (connection instanceof TimedEndPoint timed && timed.endIfSlow(now, limit)) {
        metrics.request(Route.UNKNOWN, "OTHER", 408, limit);
      }
    }
    if (isShutdown()) {
      // Those that were being accepted when it began.
      endUnused();
    }
    if (!isStopped()) {
      lookLater();
    }
  }

  private void endUnused() {
    for (EndPoint connection : getConnectedEndPoints()) {
      if (connection instanceof TimedEndPoint timed) {
        timed.endIfUnused();
      }
    }
  }
}
