package dev.gatun.demo.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatun.Gatun;
import dev.gatun.demo.oip.Refusal;
import dev.gatun.demo.oip.Signature;
import dev.gatun.nn.serve.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/// What is behind each address.
final class Endpoints {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final String name;
  private final ModelSlot slot;
  private final Inference inference;
  private final Metrics metrics;
  private final Page page;
  private final BooleanSupplier stopping;

  Endpoints(
      String name,
      ModelSlot slot,
      Inference inference,
      Metrics metrics,
      Page page,
      BooleanSupplier stopping) {
    this.name = name;
    this.slot = slot;
    this.inference = inference;
    this.metrics = metrics;
    this.page = page;
    this.stopping = stopping;
  }

  /// Answers a request.
  ///
  /// @param route where it goes
  /// @param path its path
  /// @param request the request
  /// @return the answer
  /// @throws Refusal if there is none
  /// @throws InterruptedException if the thread is interrupted
  Answer answer(Route route, String path, Request request) throws InterruptedException {
    if (route == Route.UNKNOWN) {
      throw new Refusal(404, "no such address: " + path);
    }
    if (!route.methods().contains(request.getMethod())) {
      String allowed = String.join(", ", route.methods());
      return Answer.error(405, "%s takes %s, got %s".formatted(path, allowed, request.getMethod()))
          .with("Allow", allowed);
    }
    return switch (route) {
      case PAGE -> page();
      case METRICS -> new Answer(200, TEXT, utf8(metrics.text()), Map.of());
      case SERVER -> server();
      case LIVE -> Answer.json(200, json -> json.writeBooleanField("live", true));
      case READY -> ready();
      case MODEL -> model(path);
      case MODEL_READY -> modelReady(path);
      case INFER -> {
        requireModel(path);
        yield inference.answer(request);
      }
      case UNKNOWN -> throw new IllegalStateException();
    };
  }

  private Answer page() {
    try (Lease<Scheduler> lease = slot.acquire()) {
      return new Answer(
          200,
          "text/html; charset=utf-8",
          page.html(name, lease.value().engine().signature()),
          Map.of(
              "Content-Security-Policy", page.policy(),
              "Referrer-Policy", "no-referrer",
              "Cache-Control", "no-cache"));
    }
  }

  private static Answer server() {
    return Answer.json(
        200,
        json -> {
          json.writeStringField("name", "gatun");
          json.writeStringField("version", Gatun.version());
          json.writeArrayFieldStart("extensions");
          json.writeString("binary_tensor_data");
          json.writeEndArray();
        });
  }

  private Answer ready() {
    if (stopping.getAsBoolean()) {
      return Answer.error(503, "server is stopping");
    }
    return Answer.json(200, json -> json.writeBooleanField("ready", true));
  }

  private Answer modelReady(String path) {
    requireModel(path);
    if (stopping.getAsBoolean()) {
      return Answer.error(503, "server is stopping");
    }
    return Answer.json(
        200,
        json -> {
          json.writeStringField("name", name);
          json.writeBooleanField("ready", true);
        });
  }

  private Answer model(String path) {
    requireModel(path);
    try (Lease<Scheduler> lease = slot.acquire()) {
      Engine engine = lease.value().engine();
      Signature signature = engine.signature();
      return Answer.json(
          200,
          json -> {
            json.writeStringField("name", name);
            json.writeArrayFieldStart("versions");
            json.writeString(lease.name());
            json.writeEndArray();
            json.writeStringField("platform", engine.platform());
            tensor(json, "inputs", Signature.INPUT, signature.features());
            tensor(json, "outputs", Signature.OUTPUT, signature.outputs());
          });
    }
  }

  private static void tensor(JsonGenerator json, String list, String tensor, int size)
      throws IOException {
    json.writeArrayFieldStart(list);
    json.writeStartObject();
    json.writeStringField("name", tensor);
    json.writeStringField("datatype", Signature.DATATYPE);
    json.writeArrayFieldStart("shape");
    json.writeNumber(-1);
    json.writeNumber(size);
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private void requireModel(String path) {
    String asked = Route.model(path);
    if (!asked.equals(name)) {
      throw new Refusal(404, "no such model: '%s'; this server has '%s'".formatted(asked, name));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
