package dev.gatun.bench.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatun.bench.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Results as JSON.
final class ResultsFile {
  private ResultsFile() {}

  static void write(Results results, Path file) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      for (var fact : results.facts().entrySet()) {
        json.writeStringField(fact.getKey(), fact.getValue());
      }
      json.writeObjectFieldStart("versions");
      for (var version : results.versions().entrySet()) {
        json.writeStringField(version.getKey(), version.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("results");
      for (Cell cell : results.cells()) {
        write(cell, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    Files.writeString(file, text + "\n");
  }

  private static void write(Cell cell, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("library", cell.subject());
    json.writeNumberField("threads", cell.threads());
    json.writeStringField("workload", cell.workload());
    json.writeNumberField("medianNanos", cell.median());
    json.writeArrayFieldStart("nanos");
    for (double nanos : cell.nanos()) {
      json.writeNumber(nanos);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static Results read(Path file) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, String> versions = new LinkedHashMap<>();
    List<Cell> cells = new ArrayList<>();
    if (!(Json.read(file) instanceof Map<?, ?> object)) {
      throw new IOException("compare: not a result: no object");
    }
    object.forEach((key, value) -> {
      if (value instanceof String text) {
        facts.put(key.toString(), text);
      }
    });
    if (object.get("versions") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> versions.put(key.toString(), value.toString()));
    }
    if (object.get("results") instanceof List<?> list) {
      for (Object element : list) {
        cells.add(cell((Map<?, ?>) element));
      }
    }
    return new Results(facts, versions, cells);
  }

  private static Cell cell(Map<?, ?> json) {
    List<Double> nanos = new ArrayList<>();
    if (json.get("nanos") instanceof List<?> list) {
      list.forEach(value -> nanos.add(Double.valueOf(value.toString())));
    }
    return new Cell(
        String.valueOf(json.get("library")),
        Integer.parseInt(String.valueOf(json.get("threads"))),
        String.valueOf(json.get("workload")),
        nanos);
  }
}
