package dev.gatun.demo.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another JVM that measures one backend: a process decides for a backend once.
final class MeasuringProcess {
  private MeasuringProcess() {}

  /// What a backend's process told.
  ///
  /// @param measurements one for each workload; empty where the backend is not available
  /// @param complaint why it is not available, on one line; else empty
  record Outcome(List<Measurement> measurements, String complaint) {}

  /// Runs the worker to its end.
  ///
  /// @param backend what to measure, in lower case
  /// @param quick whether to skip the large sizes and the repetitions, to test the machinery only
  /// @return what it measured, or why it could not
  /// @throws IOException if no JVM could be started
  static Outcome run(String backend, boolean quick) throws IOException {
    Path errors = Files.createTempFile("gatun-compare", ".log");
    try {
      Process process =
          new ProcessBuilder(command(backend, quick)).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      List<Measurement> measurements = new ArrayList<>();
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          measurements.add(Measurement.parse(line));
        }
      } finally {
        if (Thread.currentThread().isInterrupted()) {
          process.destroy();
        }
      }
      int status = process.waitFor();
      return status == 0
          ? new Outcome(measurements, "")
          : new Outcome(List.of(), complaint(errors, status));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("compare: interrupted", e);
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  private static List<String> command(String backend, boolean quick) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    // Compile in the foreground: on a busy machine the compiler would come too late to be measured.
    command.add("-Xbatch");
    String classPath = System.getProperty("java.class.path", "");
    if (!classPath.isEmpty()) {
      command.addAll(List.of("--class-path", classPath));
    }
    System.getProperties().forEach((name, value) -> addProperty(command, name + "", value + ""));
    command.add("-Dgatun.backend=" + backend);
    command.addAll(mainClass());
    if (quick) {
      command.add("quick");
    }
    return command;
  }

  private static void addProperty(List<String> command, String name, String value) {
    if (name.startsWith("gatun.") && !name.equals("gatun.backend")) {
      command.add("-D" + name + "=" + value);
    }
  }

  /// The child finds its classes as this process does: on the module path or on the class path.
  private static List<String> mainClass() {
    Module module = CompareWorker.class.getModule();
    String name = CompareWorker.class.getName();
    if (!module.isNamed()) {
      return List.of("--enable-native-access=ALL-UNNAMED", name);
    }
    return List.of(
        "--enable-native-access=dev.gatun.natives,dev.gatun.bindings,dev.gatun.runtime",
        "--module-path",
        System.getProperty("jdk.module.path", ""),
        "--module",
        module.getName() + "/" + name);
  }

  private static String complaint(Path errors, int status) throws IOException {
    return Files.readAllLines(errors, StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith(CompareWorker.COMPLAINT))
        .map(line -> line.substring(CompareWorker.COMPLAINT.length()))
        .findFirst()
        .orElse("its process ended with status " + status);
  }
}
