package dev.gatun;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files in which Linux tells about itself. What cannot be read is empty: none of this is needed.
///
/// @param root above `proc` and `sys`
record SystemFiles(Path root) {
  static final SystemFiles HERE = new SystemFiles(Path.of("/"));

  /// The lines of a file, such as `proc/self/cgroup`.
  List<String> lines(String file) {
    return lines(root.resolve(file));
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  /// The first line, or nothing.
  static String line(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }

  /// What stands behind a name and a colon, or nothing.
  String value(String file, String name) {
    return lines(file).stream()
        .filter(line -> line.startsWith(name) && line.startsWith(":", name.length()))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
