package dev.gatun.bench.compare;

import dev.gatun.bench.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// Results as Markdown: how they were made, a table of what matters for each number of threads, and
/// a table of every library.
final class Tables {
  private final Results results;
  private final StringBuilder text = new StringBuilder();

  private Tables(Results results) {
    this.results = results;
  }

  static String markdown(Results results) {
    Tables tables = new Tables(results);
    tables.head();
    for (int threads : results.threads()) {
      tables.summary(threads);
    }
    for (int threads : results.threads()) {
      tables.everything(threads);
    }
    return tables.text.toString();
  }

  private void head() {
    results
        .facts()
        .forEach((fact, value) ->
            text.append("- ").append(fact).append(": ").append(value).append('\n'));
    String versions =
        results.versions().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining("; "));
    text.append("- versions: ").append(versions).append('\n');
    text.append(
            "\nMedian time of one repetition, F32 unless said; × is Gatun's speed relative to the")
        .append(
            " fastest other library of the row: above 1, Gatun is faster than all of them. `C` is")
        .append(
            " `cblas_sgemm` by a bare downcall, or a loop, into memory that is there; it does not")
        .append(" count as a library. –: cannot be done, or takes seconds.\n");
  }

  private void summary(int threads) {
    List<Subject> gatun = subjects(threads, Subject.Kind.GATUN);
    List<String> titles = new ArrayList<>();
    gatun.forEach(subject -> titles.add(subject.title()));
    titles.addAll(List.of("C", "fastest other library"));
    header(threads, titles);
    for (Workload workload : results.workloads(threads)) {
      List<String> cells = new ArrayList<>();
      gatun.forEach(subject -> cells.add(withRatio(subject, workload, threads)));
      cells.add(
          subjects(threads, Subject.Kind.REFERENCE).stream()
              .flatMap(subject -> results.cell(subject, workload, threads).stream())
              .map(cell -> Report.duration(cell.median()))
              .findFirst()
              .orElse("–"));
      cells.add(
          results
              .fastestPeer(workload, threads)
              .map(cell -> cell.subject() + " " + Report.duration(cell.median()))
              .orElse("–"));
      row(workload.name(), cells);
    }
    if (subjects(threads, Subject.Kind.PEER).isEmpty()) {
      return;
    }
    List<String> means = new ArrayList<>();
    gatun.forEach(subject -> means.add(mean(results.meanRatio(subject, threads))));
    means.addAll(List.of("", ""));
    row("geometric mean of ×", means);
  }

  private void everything(int threads) {
    List<Subject> subjects = subjects(threads, Subject.Kind.PEER);
    if (subjects.isEmpty()) {
      return;
    }
    text.append("\nEvery other library; the fastest in bold.\n");
    header(threads, subjects.stream().map(Subject::title).toList());
    for (Workload workload : results.workloads(threads)) {
      row(
          workload.name(),
          subjects.stream().map(subject -> withMark(subject, workload, threads)).toList());
    }
    for (Subject gatun : subjects(threads, Subject.Kind.GATUN)) {
      row(
          gatun.title() + ", geometric mean of ×",
          subjects.stream().map(peer -> mean(results.meanRatio(gatun, peer, threads))).toList());
    }
  }

  private void header(int threads, List<String> titles) {
    text.append('\n').append(threads == 1 ? "One thread" : threads + " threads").append(".\n\n");
    row("", titles);
    text.append("|---|").append("---:|".repeat(titles.size())).append('\n');
  }

  private void row(String name, List<String> cells) {
    text.append("| ").append(name).append(" | ").append(String.join(" | ", cells)).append(" |\n");
  }

  private List<Subject> subjects(int threads, Subject.Kind kind) {
    return results.subjects(threads).stream().filter(subject -> subject.kind() == kind).toList();
  }

  private String withRatio(Subject subject, Workload workload, int threads) {
    String time = time(subject, workload, threads);
    return results
        .ratio(subject, workload, threads)
        .map(ratio -> time + " (" + times(ratio) + ")")
        .orElse(time);
  }

  private String withMark(Subject subject, Workload workload, int threads) {
    String time = time(subject, workload, threads);
    boolean fastest =
        results
            .fastestPeer(workload, threads)
            .filter(cell -> cell.subject().equals(subject.title()))
            .isPresent();
    return fastest ? "**" + time + "**" : time;
  }

  private String time(Subject subject, Workload workload, int threads) {
    return results
        .cell(subject, workload, threads)
        .map(cell -> Report.duration(cell.median()))
        .orElse("–");
  }

  private static String mean(OptionalDouble mean) {
    return mean.isPresent() ? times(mean.getAsDouble()) : "–";
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "×%.2f", ratio);
  }
}
