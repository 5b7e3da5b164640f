package dev.gatun.demo.compare;

import dev.gatun.backend.Backends;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The main class of a measuring process: times every workload on the backend of this JVM and
/// prints a line for each.
public final class CompareWorker {
  /// Begins the line on the standard error that says why this backend cannot be measured.
  static final String COMPLAINT = "cannot measure: ";

  private static final long MILLI = 1_000_000;

  private CompareWorker() {}

  /// Measures.
  ///
  /// @param args `quick` to skip large sizes and repetitions, or nothing
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    try {
      measure(args.length > 0 && args[0].equals("quick"));
    } catch (RuntimeException | LinkageError e) {
      System.err.println(COMPLAINT + rootMessage(e));
      System.exit(1);
    }
  }

  private static void measure(boolean quick) {
    Stopwatch stopwatch = new Stopwatch(quick ? MILLI : 300 * MILLI);
    // What is printed as UTF-8 is read as UTF-8, whatever the terminal's encoding.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String backend = Backends.current().name().toLowerCase(Locale.ROOT);
    for (Workload workload : Workload.all(quick ? 32 : 1024)) {
      try (workload) {
        double nanos = stopwatch.median(workload.work(), workload.warmup());
        out.println(
            new Measurement(
                    workload.name(),
                    backend,
                    Backends.threads(),
                    nanos,
                    workload.operations() / nanos)
                .line());
      }
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return String.join(" ", message.lines().map(String::strip).toList());
  }
}
