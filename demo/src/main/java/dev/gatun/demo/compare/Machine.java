package dev.gatun.demo.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the numbers were measured on.
///
/// @param cpu the processor's name
/// @param cores how many processors the JVM may use
/// @param os name, version and architecture of the operating system
/// @param java version and vendor of the JVM
public record Machine(String cpu, int cores, String os, String java) {

  /// @return this machine
  public static Machine here() {
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        property("java.vm.version") + " " + property("java.vendor"));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String cpuName() {
    return fromProc()
        .or(Machine::fromSysctl)
        .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
        .orElseGet(() -> property("os.arch"));
  }

  private static Optional<String> fromProc() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> fromSysctl() {
    if (!property("os.name").startsWith("Mac")) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(List.of("sysctl", "-n", "machdep.cpu.brand_string")).start();
      try (var out = process.getInputStream()) {
        String name = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
