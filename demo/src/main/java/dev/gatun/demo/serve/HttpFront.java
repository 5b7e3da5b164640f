package dev.gatun.demo.serve;

import dev.gatun.demo.oip.Refusal;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Takes requests from Jetty, each on a virtual thread of its own, and gives back answers.
final class HttpFront extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());

  private final Endpoints endpoints;
  private final Metrics metrics;
  private final BooleanSupplier stopping;

  HttpFront(Endpoints endpoints, Metrics metrics, BooleanSupplier stopping) {
    this.endpoints = endpoints;
    this.metrics = metrics;
    this.stopping = stopping;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    Route route = Route.of(path);
    TimedEndPoint.begin(request);
    Request.addCompletionListener(
        request,
        _ -> {
          TimedEndPoint.end(request);
          metrics.request(
              route,
              request.getMethod(),
              response.getStatus(),
              System.nanoTime() - request.getHeadersNanoTime());
        });
    // The time that a computation takes is not the connection's to bound.
    request.addIdleTimeoutListener(_ -> false);
    Answer answer = answer(route, path, request);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    answer.fields().forEach(response.getHeaders()::put);
    if (stopping.getAsBoolean()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private Answer answer(Route route, String path, Request request) {
    try {
      return endpoints.answer(route, path, request);
    } catch (Refusal e) {
      return Answer.error(e.status(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.error(503, "server is stopping");
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "request failed: " + path, e);
      // What it is in detail is no client's business.
      return Answer.error(500, "request failed in the server; its log says why");
    }
  }
}
