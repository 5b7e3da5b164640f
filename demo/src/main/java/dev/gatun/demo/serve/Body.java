package dev.gatun.demo.serve;

import dev.gatun.demo.oip.Refusal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/// Reads the body of a request, within a size and a time: all of it, however slowly it drips.
final class Body {
  /// What a client says of its body's length is not believed at once: memory follows the bytes.
  private static final int FIRST = 16 << 10;

  private final Request request;
  private final int limit;
  private final long deadline;
  private byte[] bytes;
  private int filled;

  private Body(Request request, ServerOptions.Bounds bounds) {
    this.request = request;
    this.limit = bounds.body();
    long told = request.getLength();
    this.bytes = new byte[told < 0 ? FIRST : (int) Math.min(told, FIRST)];
    this.deadline = System.nanoTime() + bounds.time().toNanos();
  }

  /// Reads the body.
  ///
  /// @param request whose body it is
  /// @param bounds size and time
  /// @return all of it
  /// @throws Refusal if it is too large (413), too slow (408) or broken (400)
  /// @throws InterruptedException if the thread is interrupted
  static byte[] read(Request request, ServerOptions.Bounds bounds) throws InterruptedException {
    if (request.getLength() > bounds.body()) {
      throw tooLarge(bounds.body());
    }
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    try {
      return new Body(request, bounds).read(connection);
    } finally {
      connection.setIdleTimeout(bounds.idle().toMillis());
    }
  }

  private byte[] read(EndPoint connection) throws InterruptedException {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        await(connection);
      } else if (Content.Chunk.isFailure(chunk)) {
        throw failure(chunk.getFailure());
      } else {
        boolean last = chunk.isLast();
        try {
          append(chunk.getByteBuffer());
        } finally {
          chunk.release();
        }
        if (last) {
          return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
        }
      }
    }
  }

  private void append(ByteBuffer part) {
    int size = part.remaining();
    if (size > limit - filled) {
      throw tooLarge(limit);
    }
    if (size > bytes.length - filled) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, filled + size)));
    }
    part.get(bytes, filled, size);
    filled += size;
  }

  private void await(EndPoint connection) throws InterruptedException {
    long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (left <= 0) {
      throw tooSlow();
    }
    // The connection ends the wait: a demand that is given up is not allowed to be left behind.
    connection.setIdleTimeout(left);
    CountDownLatch ready = new CountDownLatch(1);
    request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, ready::countDown));
    ready.await();
  }

  private static Refusal failure(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return tooSlow();
    }
    return new Refusal(400, "infer: body broke off");
  }

  private static Refusal tooLarge(int limit) {
    return new Refusal(413, "infer: body is too large: at most %d bytes".formatted(limit));
  }

  private static Refusal tooSlow() {
    return new Refusal(408, "infer: body came too slowly");
  }
}
