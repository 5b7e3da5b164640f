package dev.gatun.bench.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/// Measures from the start of a process to its first answer of the network 784-256-128-10, and its
/// resident memory: processes in turns, so that what else the machine does hits all of them.
public final class ColdStart {
  private static final Pattern LIBRARY =
      Pattern.compile(".*[/\\\\](gatun-(native|bindings|runtime|nn)|openblas)-[^/\\\\]*\\.jar");

  private ColdStart() {}

  /// Prints a Markdown table.
  ///
  /// @param args the folder `bench`, the number of starts, part of the names of those to start, and
  ///   further flags for every JVM
  /// @throws IOException if a process cannot be started or ends badly
  /// @throws InterruptedException if this is to end
  public static void main(String[] args) throws IOException, InterruptedException {
    int starts = Integer.parseInt(args[1]);
    List<String> extra = List.of(args).subList(3, args.length);
    Path folder = Files.createDirectories(Path.of(args[0]).resolve("target/coldstart"));
    Path numbers = folder.resolve("numbers");
    Digits.write(numbers);
    Map<Contestant, List<Start>> results = new LinkedHashMap<>();
    for (Contestant contestant : Contestant.all(Path.of(args[0]), folder)) {
      if (contestant.matches(args[2])) {
        contestant.prepare(extra, numbers);
        results.put(contestant, new ArrayList<>());
        Start.of(contestant.command(extra, numbers)); // unpacks, and fills the system's caches
      }
    }
    for (int i = 0; i < starts; i++) {
      for (Map.Entry<Contestant, List<Start>> entry : results.entrySet()) {
        entry.getValue().add(Start.of(entry.getKey().command(extra, numbers)));
      }
    }
    print(results);
  }

  static boolean isLibrary(String jar) {
    return LIBRARY.matcher(jar).matches();
  }

  private static void print(Map<Contestant, List<Start>> results) {
    System.out.println("|  | median | least | resident |");
    System.out.println("|---|---:|---:|---:|");
    Start first = null;
    for (Map.Entry<Contestant, List<Start>> entry : results.entrySet()) {
      List<Start> starts = entry.getValue();
      first = Objects.requireNonNullElse(first, starts.getFirst());
      if (!first.agrees(starts.getFirst())) {
        throw new IllegalStateException("coldstart: wrong answer of " + entry.getKey().title());
      }
      System.out.printf(
          "| %s | %.0f ms | %.0f ms | %.0f MiB |%n",
          entry.getKey().title(),
          sorted(starts, Start::millis)[starts.size() / 2],
          sorted(starts, Start::millis)[0],
          sorted(starts, Start::mebibytes)[starts.size() / 2]);
    }
  }

  private static double[] sorted(List<Start> starts, ToDoubleFunction<Start> of) {
    return starts.stream().mapToDouble(of).sorted().toArray();
  }
}
