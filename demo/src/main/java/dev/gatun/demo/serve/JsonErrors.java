package dev.gatun.demo.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What Jetty itself refuses, such as a request that is no HTTP, in the same form as all else.
final class JsonErrors extends ErrorHandler {
  private final Metrics metrics;
  private final ServerOptions.Bounds bounds;

  JsonErrors(Metrics metrics, ServerOptions.Bounds bounds) {
    this.metrics = metrics;
    this.bounds = bounds;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    metrics.request(
        Route.UNKNOWN, request.getMethod(), code, System.nanoTime() - request.getBeginNanoTime());
    Answer answer = Answer.error(code, line(code, message));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    answer.fields().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  private String line(int code, @Nullable String message) {
    return switch (code) {
      case 408 -> "request came too slowly";
      case 414 -> "address is too long: at most %d bytes".formatted(bounds.head());
      case 431 -> "header fields are too large: at most %d bytes".formatted(bounds.head());
      case 503 -> "server is stopping";
      // Where Jetty has nothing to say it gives the status's name.
      default ->
          message == null || message.equals(HttpStatus.getMessage(code))
              ? "request cannot be read"
              : "request cannot be read: " + message;
    };
  }
}
