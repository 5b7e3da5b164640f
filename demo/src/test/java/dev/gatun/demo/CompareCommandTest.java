package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;

class CompareCommandTest {
  @Test
  void measuresEveryBackendAndPrintsJson() throws IOException {
    Map<?, ?> report =
        (Map<?, ?>)
            parse(String.join("\n", Cli.lines("compare", "--json", "--quick", "--threads", 1)));
    assertEquals(Set.of("machine", "results", "missing"), report.keySet());
    assertEquals(
        Set.of("cpu", "cores", "os", "java"), ((Map<?, ?>) report.get("machine")).keySet());
    List<String> measured = new ArrayList<>();
    for (Object element : (List<?>) report.get("results")) {
      Map<?, ?> result = (Map<?, ?>) element;
      assertEquals(
          Set.of("workload", "backend", "threads", "medianNanos", "gflops"), result.keySet());
      assertEquals(1.0, result.get("threads"));
      assertTrue((double) result.get("medianNanos") > 0);
      assertTrue((double) result.get("gflops") > 0);
      measured.add(result.get("backend") + " " + result.get("workload"));
    }
    for (String backend : List.of("vector", "scalar")) {
      for (String workload : List.of("matmul 8", "matmul 16", "matmul 32", "training step")) {
        assertTrue(measured.remove(backend + " " + workload), backend + " " + workload);
      }
    }
    // OpenBLAS is there, or is said not to be.
    assertEquals(
        measured.isEmpty() ? Set.of("openblas") : Set.of(),
        ((Map<?, ?>) report.get("missing")).keySet());
    assertTrue(measured.stream().allMatch(name -> name.startsWith("openblas ")), measured + "");
  }

  @Test
  void printsATable() {
    String text = String.join("\n", Cli.lines("compare", "--quick"));
    assertTrue(text.contains("vector"), text);
    assertTrue(text.lines().anyMatch(line -> line.matches("matmul 32 .* [nµm]s .*")), text);
    assertTrue(text.lines().anyMatch(line -> line.startsWith("training step")), text);
  }

  private static Object parse(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      Object value = value(parser, parser.nextToken());
      assertEquals(null, parser.nextToken(), "more than one value");
      return value;
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          object.put(name, value(parser, parser.nextToken()));
        }
        return object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        for (var each = parser.nextToken();
            each != JsonToken.END_ARRAY;
            each = parser.nextToken()) {
          array.add(value(parser, each));
        }
        return array;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        return parser.getDoubleValue();
      }
      default -> {
        return parser.getText();
      }
    }
  }
}
