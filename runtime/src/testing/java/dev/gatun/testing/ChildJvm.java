package dev.gatun.testing;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A program in a process of its own, on the class path of this one: for what may kill a process,
/// or depends on how it is started.
public final class ChildJvm {
  /// How it ended.
  ///
  /// @param exit 0 where all went well
  /// @param output all that it wrote
  public record Outcome(int exit, String output) {}

  private ChildJvm() {}

  /// Runs `main` to its end, or kills it after the time.
  ///
  /// @param main class with a main method
  /// @param seconds how long at most
  /// @param options of the JVM
  /// @param args of the program
  /// @return its outcome
  public static Outcome run(Class<?> main, long seconds, List<String> options, String... args)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("gatun-child", ".log");
    Path folder = Files.createTempDirectory("gatun-child");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--add-modules=jdk.incubator.vector");
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
      command.add("-XX:-CreateCoredumpOnCrash");
      String backend = System.getProperty("gatun.backend");
      if (backend != null) {
        command.add("-Dgatun.backend=" + backend);
      }
      command.addAll(options);
      command.add("-cp");
      command.add(classPath(main));
      command.add(main.getName());
      command.addAll(List.of(args));
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String output = Files.readString(log);
      return ended
          ? new Outcome(process.exitValue(), output)
          : new Outcome(-1, output + "\nkilled after " + seconds + " s");
    } finally {
      Files.delete(log);
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /// Everything that this process sees: modules and, patched into one of them, the tests.
  private static String classPath(Class<?> main) {
    List<String> paths = new ArrayList<>();
    String name = "/" + main.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(main.getResource(name));
    try {
      Path file = Path.of(url.toURI());
      for (int i = 1; i < name.length(); i++) {
        if (name.charAt(i) == '/') {
          file = file.getParent();
        }
      }
      paths.add(file.getParent().toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    for (String property :
        List.of("jdk.module.path", "surefire.real.class.path", "java.class.path")) {
      String value = System.getProperty(property);
      if (value != null && !value.isEmpty()) {
        paths.add(value);
      }
    }
    return String.join(File.pathSeparator, paths);
  }
}
