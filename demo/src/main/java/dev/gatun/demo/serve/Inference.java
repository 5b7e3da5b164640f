package dev.gatun.demo.serve;

import dev.gatun.demo.oip.InferAnswer;
import dev.gatun.demo.oip.InferRequest;
import dev.gatun.demo.oip.Refusal;
import dev.gatun.demo.oip.RequestReader;
import dev.gatun.demo.oip.Signature;
import dev.gatun.nn.serve.Lease;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Answers requests for inference, so many at once.
final class Inference {
  private final ModelSlot slot;
  private final String name;
  private final ServerOptions.Bounds bounds;
  private final Semaphore free;

  Inference(ModelSlot slot, String name, ServerOptions.Bounds bounds) {
    this.slot = slot;
    this.name = name;
    this.bounds = bounds;
    this.free = new Semaphore(bounds.requests());
  }

  /// {@return requests under way}
  int running() {
    return bounds.requests() - free.availablePermits();
  }

  Answer answer(Request request) throws InterruptedException {
    String jsonLength = request.getHeaders().get(RequestReader.JSON_LENGTH);
    checkType(request.getHeaders(), jsonLength);
    if (!free.tryAcquire()) {
      throw new Refusal(
          503, "infer: too many requests at once: at most %d".formatted(bounds.requests()));
    }
    try {
      return answer(Body.read(request, bounds), jsonLength);
    } finally {
      free.release();
    }
  }

  private Answer answer(byte[] body, @Nullable String jsonLength) throws InterruptedException {
    try (Lease<Scheduler> lease = slot.acquire()) {
      Scheduler scheduler = lease.value();
      Signature signature = scheduler.engine().signature();
      InferRequest request = RequestReader.read(body, jsonLength, signature);
      float[] scores =
          request.rows() == 0 ? new float[0] : scheduler.infer(request.values(), request.rows());
      InferAnswer answer = InferAnswer.of(name, lease.name(), request, scores, signature.outputs());
      return answer.jsonLength() < 0
          ? new Answer(200, Answer.JSON_TYPE, answer.bytes(), Map.of())
          : new Answer(
              200,
              Answer.BINARY_TYPE,
              answer.bytes(),
              Map.of(RequestReader.JSON_LENGTH, Integer.toString(answer.jsonLength())));
    }
  }

  /// A page of another site can make a browser send forms and text here, but not these types.
  private static void checkType(HttpFields fields, @Nullable String jsonLength) {
    String type = fields.get(HttpHeader.CONTENT_TYPE);
    if (type != null) {
      String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      boolean known =
          bare.equals(Answer.JSON_TYPE) || (jsonLength != null && bare.equals(Answer.BINARY_TYPE));
      if (!known) {
        throw new Refusal(
            415,
            "infer: unsupported Content-Type '%s'; send %s, or %s with %s"
                .formatted(bare, Answer.JSON_TYPE, Answer.BINARY_TYPE, RequestReader.JSON_LENGTH));
      }
    }
    String encoding = fields.get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Refusal(
          415,
          "infer: unsupported Content-Encoding '%s'; send the body as it is".formatted(encoding));
    }
  }
}
