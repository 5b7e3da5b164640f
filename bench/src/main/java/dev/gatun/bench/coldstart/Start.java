package dev.gatun.bench.coldstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One start of a process, up to its first answer.
///
/// @param millis from before the process is made until its answer has arrived
/// @param mebibytes resident at most
/// @param logits the answer
record Start(double millis, double mebibytes, List<Double> logits) {
  static Start of(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("coldstart", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      long start = System.nanoTime();
      Process process = builder.start();
      process.getOutputStream().close();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String logits = lines.readLine();
        double millis = (System.nanoTime() - start) / 1e6;
        String kibibytes = lines.readLine();
        if (process.waitFor() != 0 || logits == null || kibibytes == null) {
          throw new IOException(
              "coldstart: %s: status %d: %s"
                  .formatted(command, process.exitValue(), Files.readString(errors)));
        }
        return new Start(millis, Integer.parseInt(kibibytes) / 1024.0, numbers(logits));
      }
    } finally {
      Files.delete(errors);
    }
  }

  private static List<Double> numbers(String line) {
    return Arrays.stream(line.strip().split(" ", -1)).map(Double::valueOf).toList();
  }

  /// Whether both computed the same network.
  boolean agrees(Start other) {
    for (int i = 0; i < logits.size(); i++) {
      // not `>`: that lets NaN pass
      if (!(Math.abs(logits.get(i) - other.logits.get(i)) <= 1e-4)) {
        return false;
      }
    }
    return logits.size() == other.logits.size();
  }
}
