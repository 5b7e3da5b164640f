package dev.gatun.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the comparison, or draws one that was run. `bench/compare` starts it.
public final class Compare {
  private final Options options;
  private final Launcher launcher;
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final List<Cell> cells = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private Compare(Options options) {
    this.options = options;
    launcher = new Launcher(options.folder(), options.peers(), options.speed(), options.only());
  }

  /// Runs it.
  ///
  /// @param args as [Options] takes them
  /// @throws Exception if results cannot be written
  public static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (!options.report().isEmpty()) {
      out.print(report(ResultsFile.read(Path.of(options.report())), options.base()));
      return;
    }
    Compare compare = new Compare(options);
    Results results = compare.measure();
    ResultsFile.write(results, Path.of(options.base() + ".json"));
    out.print(report(results, options.base()));
    compare.failures.forEach(failure -> System.err.println("compare: " + failure));
    if (!compare.failures.isEmpty()) {
      System.exit(1);
    }
  }

  private static String report(Results results, String base) throws IOException {
    String text = Tables.markdown(results);
    Files.writeString(Path.of(base + ".md"), text);
    StringBuilder written = new StringBuilder(text).append('\n');
    Charts.write(results, base).forEach(file -> written.append("wrote ").append(file).append('\n'));
    return written.toString();
  }

  /// The libraries take turns at each group of rows, so that what is compared is close in time.
  private Results measure() throws IOException, InterruptedException {
    Files.createDirectories(options.folder());
    long start = System.nanoTime();
    for (int threads : options.threads()) {
      for (Workload.Group group : Workload.Group.values()) {
        for (Subject subject : Subject.ALL) {
          if (options.takes(subject) && (threads == 1 || subject.traits().parallel())) {
            measure(subject, group, threads);
          }
        }
      }
    }
    return new Results(facts(Duration.ofNanos(System.nanoTime() - start)), versions, cells);
  }

  private void measure(Subject subject, Workload.Group group, int threads)
      throws IOException, InterruptedException {
    if (!launcher.canRun(subject)) {
      if (group == Workload.Group.GEMM) {
        failures.add(subject.title() + " is not there");
      }
      return;
    }
    long start = System.nanoTime();
    Section section = launcher.run(subject, group, threads);
    System.err.printf(
        "compare: %-18s %-9s threads %d: %2d rows, %d s%n",
        subject.title(),
        group,
        threads,
        section.nanos().size(),
        Duration.ofNanos(System.nanoTime() - start).toSeconds());
    if (!section.version().isEmpty()) {
      versions.put(subject.title(), section.version());
    }
    section
        .nanos()
        .forEach(
            (workload, nanos) -> cells.add(new Cell(subject.title(), threads, workload, nanos)));
    for (String workload : section.started()) {
      if (!section.nanos().containsKey(workload)) {
        failures.add(
            "%s, %s, threads %d: %s"
                .formatted(
                    subject.title(),
                    workload,
                    threads,
                    section.failures().getOrDefault(workload, "its process ended")));
      }
    }
    if (section.version().isEmpty()) {
      failures.add(subject.title() + ": did not start");
    }
  }

  private Map<String, String> facts(Duration time) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("machine", options.machine());
    facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("command", options.command());
    facts.put("native code", Pace.of(options.speed(), false).toString());
    facts.put("Java code", Pace.of(options.speed(), true).toString());
    facts.put("took", time.toMinutes() + " min " + time.toSecondsPart() + " s");
    return facts;
  }
}
