package dev.gatun.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a measuring process wrote.
///
/// @param version of the library; empty where it could not be loaded
/// @param started the workloads that were begun
/// @param nanos samples of those that were measured
/// @param failures why others were not
record Section(
    String version,
    Set<String> started,
    Map<String, List<Double>> nanos,
    Map<String, String> failures) {
  static final String VERSION = "version";
  static final String START = "start";
  static final String RESULT = "result";
  static final String FAILURE = "failure";

  /// Reads a file, or nothing where there is none.
  static Section read(Path file) throws IOException {
    String version = "";
    Set<String> started = new LinkedHashSet<>();
    Map<String, List<Double>> nanos = new LinkedHashMap<>();
    Map<String, String> failures = new LinkedHashMap<>();
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      switch (cells[0]) {
        case VERSION -> version = cells[1];
        case START -> started.add(cells[1]);
        case RESULT ->
            nanos.put(cells[1], Arrays.stream(cells[2].split(" ")).map(Double::valueOf).toList());
        case FAILURE -> failures.put(cells[1], cells[2]);
        default -> throw new IOException("compare: not a line of a measuring process: " + line);
      }
    }
    return new Section(version, started, nanos, failures);
  }
}
