package dev.gatun.bench.compare;

import dev.gatun.bench.Report;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Results as Markdown.
final class Tables {
  private final Results results;

  private Tables(Results results) {
    this.results = results;
  }

  static String markdown(Results results) {
    return new Tables(results).markdown();
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    results
        .facts()
        .forEach((fact, value) -> text.append(fact).append(": ").append(value).append("  \n"));
    text.append("\nMedian time of one repetition. × is Gatun's speed relative to the fastest other")
        .append(" library of the row, which is in bold; above 1, Gatun is faster than all of them.")
        .append(" `cblas` and `C loop` write into memory that is there and are not among them.")
        .append(" –: not measured, because the library cannot do it.\n");
    for (int threads : results.threads()) {
      table(threads, text);
    }
    text.append("\nVersions: ");
    text.append(
        String.join(
            "; ",
            results.versions().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList()));
    return text.append(".\n").toString();
  }

  private void table(int threads, StringBuilder text) {
    List<Subject> subjects = results.subjects(threads);
    text.append('\n').append(threads == 1 ? "One thread" : threads + " threads").append(".\n\n| |");
    subjects.forEach(subject -> text.append(' ').append(subject.title()).append(" |"));
    text.append("\n|---|").append("---:|".repeat(subjects.size())).append('\n');
    for (Workload workload : results.workloads(threads)) {
      text.append("| ").append(workload.name()).append(" |");
      for (Subject subject : subjects) {
        text.append(' ').append(cell(subject, workload, threads)).append(" |");
      }
      text.append('\n');
    }
    mean(subjects, threads, text);
  }

  private void mean(List<Subject> subjects, int threads, StringBuilder text) {
    if (results.workloads(threads).stream()
        .allMatch(w -> results.fastestPeer(w, threads).isEmpty())) {
      return;
    }
    text.append("| geometric mean of × |");
    for (Subject subject : subjects) {
      double[] logarithms =
          results.workloads(threads).stream()
              .filter(_ -> subject.kind() == Subject.Kind.GATUN)
              .flatMap(workload -> results.ratio(subject, workload, threads).stream())
              .mapToDouble(Math::log)
              .toArray();
      double mean = Arrays.stream(logarithms).average().orElse(Double.NaN);
      text.append(' ').append(Double.isNaN(mean) ? "" : times(Math.exp(mean))).append(" |");
    }
    text.append('\n');
  }

  private String cell(Subject subject, Workload workload, int threads) {
    Optional<Cell> cell = results.cell(subject, workload, threads);
    if (cell.isEmpty()) {
      return "–";
    }
    String time = Report.duration(cell.get().median());
    if (cell.equals(results.fastestPeer(workload, threads))) {
      return "**" + time + "**";
    }
    return subject.kind() != Subject.Kind.GATUN
        ? time
        : results
            .ratio(subject, workload, threads)
            .map(ratio -> time + " (" + times(ratio) + ")")
            .orElse(time);
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "×%.2f", ratio);
  }
}
