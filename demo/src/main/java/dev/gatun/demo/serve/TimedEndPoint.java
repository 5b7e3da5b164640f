package dev.gatun.demo.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/// A connection that knows since when the head of a request has been arriving. A client that sends
/// a byte now and then is never idle, and would keep the connection for as long as it likes.
final class TimedEndPoint extends SocketChannelEndPoint {
  private static final Object BETWEEN_REQUESTS = new Object();

  /// One of: between requests, a [Head] that is arriving, the request that is being answered.
  private final AtomicReference<Object> phase = new AtomicReference<>(BETWEEN_REQUESTS);

  /// @param since when its first byte came, in [System#nanoTime()]
  private record Head(long since) {}

  private final BooleanSupplier stopping;

  /// @param stopping whether connections end with the request that they have
  TimedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      BooleanSupplier stopping) {
    super(channel, selector, key, scheduler);
    this.stopping = stopping;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0 && phase.get() == BETWEEN_REQUESTS) {
      phase.compareAndSet(BETWEEN_REQUESTS, new Head(System.nanoTime()));
    }
    return filled;
  }

  /// Tells the connection of a request that its head is complete.
  static void begin(Request request) {
    if (of(request) instanceof TimedEndPoint connection) {
      connection.phase.set(request.getId());
    }
  }

  /// Tells the connection of a request that it is answered. The next one may have begun already.
  static void end(Request request) {
    if (of(request) instanceof TimedEndPoint connection) {
      Object now = connection.phase.get();
      if (now.equals(request.getId())) {
        connection.phase.compareAndSet(now, BETWEEN_REQUESTS);
        if (connection.stopping.getAsBoolean()) {
          connection.endIfUnused();
        }
      }
    }
  }

  private static Object of(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  /// Ends the connection unless there is a request, or the beginning of one.
  void endIfUnused() {
    if (phase.get() == BETWEEN_REQUESTS) {
      close();
    }
  }

  /// Ends the connection if a head has been arriving for too long.
  ///
  /// @param now in [System#nanoTime()]
  /// @param limit nanoseconds that it may take
  /// @return whether it was ended
  boolean endIfSlow(long now, long limit) {
    Object head = phase.get();
    if (!(head instanceof Head arriving) || now - arriving.since < limit) {
      return false;
    }
    if (!phase.compareAndSet(head, BETWEEN_REQUESTS)) {
      return false;
    }
    Answer answer = Answer.error(408, "request came too slowly");
    String text =
        """
        HTTP/1.1 408 Request Timeout\r
        Content-Type: %s\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(answer.type(), answer.body().length);
    write(
        Callback.from(this::close),
        ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)),
        ByteBuffer.wrap(answer.body()));
    return true;
  }
}
