package dev.gatun.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// The main class of a measuring process: one library, one group of workloads. Each result is
/// written at once: a library that crashes takes the JVM with it.
public final class Worker {
  private final String peer;
  private final Pace pace;
  private final Path out;

  private Worker(String peer, Pace pace, Path out) {
    this.peer = peer;
    this.pace = pace;
    this.out = out;
  }

  /// Measures.
  ///
  /// @param args the class of the [Peer], the group, the pace, whether the peer is Java, a pattern
  ///   for names of workloads, the file to append to
  /// @throws Exception if the library cannot be loaded
  public static void main(String[] args) throws Exception {
    Pace.Speed speed = Pace.Speed.valueOf(args[2]);
    Pace pace = Pace.of(speed, Boolean.parseBoolean(args[3]));
    Path out = Path.of(args[5]);
    Worker worker = new Worker(args[0], pace, out);
    Peer peer = ComparisonBenchmark.load(args[0]);
    worker.append(Section.VERSION, peer.version());
    Section done = Section.read(out);
    for (Workload workload : Workload.all()) {
      if (workload.group().name().equals(args[1])
          && Pattern.compile(args[4]).matcher(workload.name()).find()
          && Pace.takes(speed, workload)
          && peer.supports(workload)
          && !done.started().contains(workload.name())) {
        worker.measure(workload);
      }
    }
    // Libraries leave threads behind.
    System.exit(0);
  }

  private void measure(Workload workload) throws IOException {
    append(Section.START, workload.name());
    var options =
        pace.apply(
            new OptionsBuilder()
                .include(Pattern.quote(ComparisonBenchmark.class.getName() + ".run"))
                .param("peer", peer)
                .param("workload", workload.name())
                .shouldFailOnError(true));
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      StringJoiner nanos = new StringJoiner(" ");
      for (RunResult result : results) {
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
          for (IterationResult iteration : fork.getIterationResults()) {
            double score = iteration.getPrimaryResult().getScore() / workload.repeats();
            nanos.add(Double.toString(score));
          }
        }
      }
      append(Section.RESULT, workload.name(), nanos.toString());
    } catch (RunnerException e) {
      Throwable cause = e;
      while (cause.getCause() != null || cause.getSuppressed().length > 0) {
        cause = cause.getCause() != null ? cause.getCause() : cause.getSuppressed()[0];
      }
      append(
          Section.FAILURE, workload.name(), String.valueOf(cause).lines().findFirst().orElse(""));
    }
  }

  private void append(String... cells) throws IOException {
    Files.write(
        out,
        List.of(String.join("\t", cells)),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
