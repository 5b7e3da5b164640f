package dev.gatun.testing;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A program in a JVM of its own, on the class path of this test, with nothing but the flags it is
/// given.
///
/// @param status the exit status
/// @param out what it wrote, standard error included, without white space at the ends
public record ChildJvm(int status, String out) {
  /// The flags that a program needs to be fast and quiet, and to leave nothing when it crashes.
  public static final List<String> FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+ErrorFileToStderr",
          "-XX:-CreateCoredumpOnCrash");

  /// Runs a program to its end, for at most a minute.
  ///
  /// @param flags of the JVM
  /// @param main has a method main
  /// @param args what it is given
  /// @return how it ended
  /// @throws IOException if it cannot be started
  /// @throws InterruptedException if this thread is to end
  public static ChildJvm run(List<String> flags, Class<?> main, String... args)
      throws IOException, InterruptedException {
    return start(flags, main, args).end();
  }

  /// Starts a program.
  ///
  /// @param flags of the JVM
  /// @param main has a method main
  /// @param args what it is given
  /// @return while it runs
  /// @throws IOException if it cannot be started
  public static Running start(List<String> flags, Class<?> main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(main), main.getName()));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return new Running(builder.start());
  }

  /// Everything that this process sees: modules and, patched into one of them, the tests.
  private static String classPath(Class<?> main) {
    List<String> paths = new ArrayList<>();
    paths.add(root(main).toString());
    for (String property :
        List.of("jdk.module.path", "surefire.real.class.path", "java.class.path")) {
      String value = System.getProperty(property);
      if (value != null && !value.isEmpty()) {
        paths.add(value);
      }
    }
    return String.join(File.pathSeparator, paths);
  }

  /// The folder that holds the classes of `main`.
  private static Path root(Class<?> main) {
    String name = main.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(main.getResource("/" + name));
    try {
      String file = Path.of(url.toURI()).toString();
      return Path.of(file.substring(0, file.length() - name.length()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// One that has been started.
  ///
  /// @param process of it
  public record Running(Process process) {
    /// Waits for its end, for at most a minute.
    ///
    /// @return how it ended
    /// @throws IOException if its output cannot be read
    /// @throws InterruptedException if this thread is to end
    public ChildJvm end() throws IOException, InterruptedException {
      return end(60);
    }

    /// Waits for its end.
    ///
    /// @param seconds for how long at most
    /// @return how it ended
    /// @throws IOException if its output cannot be read
    /// @throws InterruptedException if this thread is to end
    public ChildJvm end(long seconds) throws IOException, InterruptedException {
      Thread watchdog = Thread.startVirtualThread(() -> stopAfter(seconds));
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      watchdog.interrupt();
      return new ChildJvm(status, out.strip());
    }

    private void stopAfter(long seconds) {
      try {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        // it has ended
      }
    }
  }
}
