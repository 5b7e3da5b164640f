package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompareCommandTest {
  @Test
  void measuresEveryBackendAndPrintsJson() throws IOException {
    List<String> lines = Cli.lines("compare", "--json", "--quick", "--threads", 1);
    Map<?, ?> report = map(parse(String.join("\n", lines)));
    assertEquals(Set.of("machine", "results", "missing"), report.keySet());
    assertEquals(Set.of("cpu", "cores", "os", "java"), map(report.get("machine")).keySet());
    List<String> measured = new ArrayList<>();
    for (Object element : assertInstanceOf(List.class, report.get("results"))) {
      Map<?, ?> result = map(element);
      assertEquals(
          Set.of("workload", "backend", "threads", "medianNanos", "gflops"), result.keySet());
      assertEquals(1.0, result.get("threads"));
      assertTrue(number(result.get("medianNanos")) > 0);
      assertTrue(number(result.get("gflops")) > 0);
      measured.add(result.get("backend") + " " + result.get("workload"));
    }
    for (String backend : List.of("vector", "scalar")) {
      for (String workload :
          List.of(
              "matmul 8",
              "matmul 16",
              "matmul 32",
              "inference, batch 1",
              "inference, batch 64",
              "training step")) {
        assertTrue(measured.remove(backend + " " + workload), backend + " " + workload);
      }
    }
    // OpenBLAS is there, or is said not to be.
    assertEquals(
        measured.isEmpty() ? Set.of("openblas") : Set.of(), map(report.get("missing")).keySet());
    assertTrue(measured.stream().allMatch(name -> name.startsWith("openblas ")), measured + "");
  }

  private static Object parse(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      Object value = value(parser, parser.nextToken());
      assertEquals(null, parser.nextToken(), "more than one value");
      return value;
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> parser.getText();
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    for (var each = parser.nextToken(); each != JsonToken.END_ARRAY; each = parser.nextToken()) {
      array.add(value(parser, each));
    }
    return array;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return assertInstanceOf(Map.class, value);
  }

  private static double number(@Nullable Object value) {
    return assertInstanceOf(Double.class, value);
  }
}
