package dev.gatun;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The name of the processor. A guess at best, so nothing depends on it.
final class Cpu {
  private static final String UNKNOWN = "unknown";

  private Cpu() {}

  static String model() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String model;
    if (system.startsWith("windows")) {
      model = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "");
    } else if (system.startsWith("mac")) {
      model = output("sysctl", "-n", "machdep.cpu.brand_string");
    } else {
      model = modelName(Path.of("/proc/cpuinfo"));
    }
    return model.isBlank() ? UNKNOWN : model.strip();
  }

  /// ARM's kernels give no name, so this may be empty.
  static String modelName(Path cpuinfo) {
    try (Stream<String> lines = Files.lines(cpuinfo, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text;
      try (var out = process.inputReader(StandardCharsets.UTF_8)) {
        text = out.readLine();
      }
      return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0 && text != null
          ? text
          : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
