package dev.gatun.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// A comparison that was made.
///
/// @param facts how it was made: `machine`, `jdk`, `date`, `command` and so on
/// @param versions of each column's library
/// @param cells all measurements
record Results(Map<String, String> facts, Map<String, String> versions, List<Cell> cells) {
  List<Integer> threads() {
    return cells.stream().map(Cell::threads).distinct().sorted().toList();
  }

  /// The columns that have a measurement, as they are shown.
  List<Subject> subjects(int threads) {
    return Subject.ALL.stream()
        .filter(s -> cells.stream().anyMatch(c -> is(c, s, threads)))
        .toList();
  }

  /// The rows that have a measurement, as they are shown.
  List<Workload> workloads(int threads) {
    return Workload.all().stream().filter(w -> !row(w, threads).isEmpty()).toList();
  }

  Optional<Cell> cell(Subject subject, Workload workload, int threads) {
    return row(workload, threads).stream().filter(c -> is(c, subject, threads)).findFirst();
  }

  /// The fastest library that a user would take instead.
  Optional<Cell> fastestPeer(Workload workload, int threads) {
    return row(workload, threads).stream()
        .filter(c -> Subject.titled(c.subject()).kind() == Subject.Kind.PEER)
        .min(Comparator.comparingDouble(Cell::median));
  }

  /// The speed relative to the fastest peer; above 1 is faster than every one.
  Optional<Double> ratio(Subject subject, Workload workload, int threads) {
    return cell(subject, workload, threads)
        .flatMap(cell -> fastestPeer(workload, threads).map(peer -> peer.median() / cell.median()));
  }

  /// The geometric mean of the speed relative to a library, over the rows that both have.
  OptionalDouble meanRatio(Subject subject, Subject peer, int threads) {
    return mean(
        workloads(threads).stream()
            .flatMap(workload ->
                cell(subject, workload, threads).stream()
                    .flatMap(mine ->
                        cell(peer, workload, threads).stream()
                            .map(other -> other.median() / mine.median()))));
  }

  /// The geometric mean of the speed relative to the fastest peer of each row.
  OptionalDouble meanRatio(Subject subject, int threads) {
    return mean(
        workloads(threads).stream()
            .flatMap(workload -> ratio(subject, workload, threads).stream()));
  }

  private static OptionalDouble mean(Stream<Double> ratios) {
    OptionalDouble mean = ratios.mapToDouble(Math::log).average();
    return mean.isPresent() ? OptionalDouble.of(Math.exp(mean.getAsDouble())) : mean;
  }

  private List<Cell> row(Workload workload, int threads) {
    List<Cell> row = new ArrayList<>(cells);
    row.removeIf(c -> c.threads() != threads || !c.workload().equals(workload.name()));
    return row;
  }

  private static boolean is(Cell cell, Subject subject, int threads) {
    return cell.threads() == threads && cell.subject().equals(subject.title());
  }
}
