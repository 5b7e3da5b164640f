package dev.gatun.demo;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The options that choose what multiplies matrices, and on how many threads.
///
/// The library decides once, when it is first used. So these become system properties while the
/// command line is being parsed, before a command touches the library.
final class BackendOptions {
  private static final List<String> BACKENDS = List.of("auto", "openblas", "vector", "scalar");

  static final int MAX_THREADS = 1024;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private String requested = "auto";

  BackendOptions() {}

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "auto, openblas, vector or scalar; auto takes the first that works.")
  void backend(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!BACKENDS.contains(lower)) {
      throw bad("unknown backend '%s' (expected auto, openblas, vector or scalar)".formatted(name));
    }
    requested = lower;
    System.setProperty("gatun.backend", lower);
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Worker threads; all cores unless given.")
  void threads(int count) {
    if (count < 1 || count > MAX_THREADS) {
      throw bad(threadsMessage(count));
    }
    System.setProperty("gatun.threads", Integer.toString(count));
  }

  /// Makes the library choose now, so that what cannot run is refused before any work is done.
  ///
  /// @return what runs
  /// @throws IllegalArgumentException if the backend that was asked for cannot run
  Backend choose() {
    checkThreads();
    Backend chosen;
    try {
      chosen = Backends.current();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (!requested.equals("auto") && !requested.equals(nameOf(chosen))) {
      throw new IllegalArgumentException(
          "backend %s runs in this process already; %s needs another one"
              .formatted(nameOf(chosen), requested));
    }
    return chosen;
  }

  /// Refuses a bad number of threads; it may come from `-Dgatun.threads` too.
  ///
  /// @throws IllegalArgumentException if it is none
  void checkThreads() {
    try {
      int _ = Backends.threads();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static String nameOf(Backend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }

  static String threadsMessage(int count) {
    return "--threads must be 1 to %d, got %d".formatted(MAX_THREADS, count);
  }

  private ParameterException bad(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
