package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class InfoCommandTest {
  @Test
  void tellsWhatRunsAndOnWhat() {
    List<String> lines = Cli.lines("info");
    for (String topic :
        List.of(
            "gatun", "java", "cpu", "backend", "threads", "openblas", "vector", "memory", "heap")) {
      assertTrue(lines.stream().anyMatch(line -> line.startsWith(topic)), topic + ": " + lines);
    }
  }
}
