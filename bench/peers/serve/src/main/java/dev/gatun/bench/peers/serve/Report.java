package dev.gatun.bench.peers.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatun.demo.load.LoadResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What was measured, for people and for programs.
///
/// @param facts how: `machine`, `jdk`, `date`, `command` and so on
/// @param versions what each server says of itself
/// @param rows all measurements
record Report(Map<String, String> facts, Map<String, String> versions, List<Row> rows) {

  String markdown() {
    StringBuilder text = new StringBuilder();
    facts.forEach((name, fact) -> text.append("- %s: %s%n".formatted(name, fact)));
    versions.forEach((title, version) -> text.append("- %s: %s%n".formatted(title, version)));
    text.append(
        """

        One server program, one model, one row a request; each connection sends its next request when it has the answer
        to the last one, and client and server share the processors. Medians over the rounds; pauses of all rounds
        together. Every engine's answers were compared with `gatun predict` before. "In batches" is behind Gatun's
        batcher; Gatun is too unless it says otherwise.
        """);
    for (Client client : Client.values()) {
      List<Row> mine = rows.stream().filter(row -> row.client() == client).toList();
      if (!mine.isEmpty()) {
        text.append("%n%s:%n%n%s".formatted(client.title(), Row.HEADER));
        mine.forEach(row -> text.append(row.markdown()));
      }
    }
    return text.toString();
  }

  void write(Path json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      for (var fact : facts.entrySet()) {
        out.writeStringField(fact.getKey(), fact.getValue());
      }
      out.writeObjectFieldStart("versions");
      for (var version : versions.entrySet()) {
        out.writeStringField(version.getKey(), version.getValue());
      }
      out.writeEndObject();
      out.writeArrayFieldStart("results");
      for (Row row : rows) {
        write(row, out);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    Files.writeString(json, text + "\n");
  }

  private static void write(Row row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("engine", row.engine());
    out.writeStringField("client", row.client().title());
    out.writeNumberField("connections", row.connections());
    out.writeArrayFieldStart("rounds");
    for (LoadResult round : row.rounds()) {
      out.writeStartObject();
      out.writeNumberField("requestsPerSecond", round.perSecond());
      out.writeNumberField("p50Micros", round.p50());
      out.writeNumberField("p99Micros", round.p99());
      out.writeNumberField("p999Micros", round.p999());
      out.writeNumberField("maxMicros", round.max());
      out.writeNumberField("refused", round.refused());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("pausesMillis");
    for (Pauses.Pause pause : row.pauses().all()) {
      out.writeNumber(pause.millis());
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
